package dev.tandem.engine;

import dev.tandem.fold.GroupPart.Stopped;
import dev.tandem.fold.GroupPart.WrittenRow;
import dev.tandem.fold.KeyPart;
import dev.tandem.fold.Landed;
import dev.tandem.fold.StreamLedger;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Rebuilds a stream's state from what it landed, piece by piece, so that it never needs more memory than a micro-batch. */
final class Restart {
    private static final int PIECE = 50_000;

    private final SparkRuntime spark;
    private final StreamRun.Setup setup;
    private final Preparation preparation;

    Restart(SparkRuntime spark, StreamRun.Setup setup, Preparation preparation) {
        this.spark = spark;
        this.setup = setup;
        this.preparation = preparation;
    }

    /** Brings new stages to where the stream stopped: from the saved state that fits, and from all that was landed after it. */
    Optional<Restored> rebuild(LocalStages stages, SavedState saved, StreamLedger.Resumption from) {
        if (from.lastNumber() == 0) {
            return Optional.empty();
        }
        var watch = new Stopwatch();
        long known = saved.restore(stages, from).orElse(0L);
        var replays = stages.replays(part -> part.replay(from.last(), stages.parts()));
        long records = 0;
        try (var landed = setup.history().keptSince(known, reach(from))) {
            var piece = new ArrayList<Landed>();
            while (landed.hasNext()) {
                piece.add(landed.next());
                if (piece.size() == PIECE || !landed.hasNext()) {
                    replay(piece, replays, stages, from.watermarks());
                    records += piece.size();
                    piece.clear();
                }
            }
        }
        var written = written();
        var sent = stages.onEach(part -> replays.get(part).done());
        var stopped = new Stopped(from.watermarks(), from.last());
        var reports = stages.onEach(part -> stages.groupPart(part)
                .rebuild(sent.stream().map(it -> it.groups().get(part)).toList(), written, stopped));
        stages.progress().rebuilt(from, sent.stream().map(KeyPart.Sent::report).toList(), reports);
        written.forEach(stages.progress()::revision);
        return Optional.of(new Restored(known, records, stages.stateRows(), watch.lap() / 1e3));
    }

    /** Event time in microseconds before which no record is needed. */
    private long reach(StreamLedger.Resumption from) {
        var plan = setup.compiled().plan();
        long close = from.last().close();
        boolean everything = plan.reachMicros() == Long.MAX_VALUE || close == Long.MIN_VALUE;
        return everything ? Long.MIN_VALUE : close - plan.reachMicros();
    }

    private List<WrittenRow> written() {
        var rows = new ArrayList<WrittenRow>();
        for (var shape : setup.compiled().shapes()) {
            for (var row : setup.history().openRows(shape)) {
                rows.add(new WrittenRow(shape.name(), row.window(), row.key(), row.revision()));
            }
        }
        return rows;
    }

    private void replay(
            List<Landed> piece, List<KeyPart.Replay> replays, LocalStages stages, Map<Long, Watermarks> ledger) {
        var context = JavaSparkContext.fromSparkContext(spark.session().sparkContext());
        var landed = context.parallelize(new ArrayList<>(piece));
        var read = Settings.of(spark.session(), () -> preparation.numbered(landed));
        stages.onEach(part -> {
            for (var blocks : read) {
                replay(new BlockReader(blocks.blocks().get(part)), replays.get(part), ledger);
            }
            return part;
        });
    }

    private static void replay(BlockReader in, KeyPart.Replay replay, Map<Long, Watermarks> ledger) {
        while (in.hasMore()) {
            long number = in.readLong();
            in.skip(1);
            var then = ledger.get(number);
            if (then == null) {
                throw new EngineException(
                        "Cannot rebuild the stream: a record was landed by micro-batch %d, which the ledger does not have; the landed log and the ledger do not belong together"
                                .formatted(number));
            }
            replay.take(number, then, in);
        }
    }
}
