package dev.tandem.engine.stream;

import dev.tandem.engine.Settings;
import dev.tandem.engine.Stopwatch;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.stage.Stages;
import dev.tandem.fold.Landed;
import dev.tandem.fold.StreamLedger;
import dev.tandem.fold.stream.GroupPart.Stopped;
import dev.tandem.fold.stream.GroupPart.WrittenRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Rebuilds a stream's state from what it landed, piece by piece, so that it never needs more memory than a micro-batch. */
final class Restart {
    private static final int PIECE = 50_000;

    private final SparkSession session;
    private final Compiled compiled;
    private final StreamHistory history;

    Restart(SparkSession session, Compiled compiled, StreamHistory history) {
        this.session = session;
        this.compiled = compiled;
        this.history = history;
    }

    /** Brings new stages to where the stream stopped: from the saved state that fits, and from all that was landed after it. */
    Optional<RestoredState> rebuild(Stages stages, SavedState saved, StreamLedger.Resumption from) {
        if (from.lastNumber() == 0) {
            return Optional.empty();
        }
        var watch = new Stopwatch();
        long known = saved.restore(stages, from).orElse(0L);
        var replaying = stages.replay(new Stopped(from.watermarks(), from.last()));
        long records = 0;
        try (var landed = history.keptSince(known, reach(from))) {
            var piece = new ArrayList<Landed>();
            while (landed.hasNext()) {
                piece.add(landed.next());
                if (piece.size() == PIECE || !landed.hasNext()) {
                    Settings.of(session, () -> {
                        replaying.take(piece);
                        return piece;
                    });
                    records += piece.size();
                    piece.clear();
                }
            }
        }
        var written = written();
        var reports = replaying.done(written);
        stages.progress().rebuilt(from, reports.ofKeys(), reports.ofGroups());
        written.forEach(stages.progress()::revision);
        return Optional.of(new RestoredState(known, records, stages.stateRows(), watch.lap() / 1e3));
    }

    /** Event time in microseconds before which no record is needed. */
    private long reach(StreamLedger.Resumption from) {
        var plan = compiled.plan();
        long close = from.last().close();
        boolean everything = plan.reachMicros() == Long.MAX_VALUE || close == Long.MIN_VALUE;
        return everything ? Long.MIN_VALUE : close - plan.reachMicros();
    }

    private List<WrittenRow> written() {
        var rows = new ArrayList<WrittenRow>();
        for (var shape : compiled.shapes()) {
            rows.addAll(history.openRows(shape));
        }
        return rows;
    }
}
