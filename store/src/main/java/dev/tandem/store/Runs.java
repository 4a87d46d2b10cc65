package dev.tandem.store;

import dev.tandem.fold.EndOffsets;
import dev.tandem.model.Mode;
import dev.tandem.store.RowBatch.Collision;
import dev.tandem.store.Session.Cells;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The book of runs: who computed what from which definition, up to where, and how it ended. */
public final class Runs {
    /** A run as it begins; {@code definition} is the pipeline's hash, {@code cut} known beforehand by a batch only. */
    public record Start(
            String runId, String pipeline, Mode mode, String definition, Optional<EndOffsets> cut, Instant started) {}

    /** How a run ended: a word such as {@code finished}, the cut it reached, and its metrics as a JSON object. */
    public record End(Instant finished, String outcome, Optional<EndOffsets> cut, String metrics) {}

    /** A run as the book has it; {@code end} is empty while it runs, and for ever if it was killed. */
    public record Run(Start start, Optional<End> end) {
        /** Where the run ended, or meant to. */
        public Optional<EndOffsets> cut() {
            return end.flatMap(End::cut).or(start::cut);
        }
    }

    private static final Pattern MICRO_BATCH = Pattern.compile("\"microBatch\":(\\d+)");
    private static final Pattern POSITION = Pattern.compile("\"(\\d+)\":(\\d+)");

    private final DatabaseAddress address;

    public Runs(DatabaseAddress address) {
        this.address = address;
    }

    public void start(Start start) {
        Session.inTransaction(address, "write down the run '%s'".formatted(start.runId()), session -> {
            try (var batch = new RowBatch(session, OwnTables.RUN, Collision.REFUSE)) {
                batch.add(
                        start.runId(),
                        start.pipeline(),
                        start.mode().word(),
                        start.definition(),
                        start.cut().map(Runs::json).orElse(null),
                        start.started().truncatedTo(ChronoUnit.MICROS),
                        null,
                        null,
                        null);
                batch.flush();
            }
            return start;
        });
    }

    /** Writes down the end of a run; throws if the book does not have the run. */
    public void finish(String runId, End end) {
        int changed = Session.with(address, "write down the end of the run '%s'".formatted(runId), session -> {
            session.execute(
                    "update tandem_run set finished = ?, outcome = ?, metrics = ? where run_id = ?",
                    end.finished().truncatedTo(ChronoUnit.MICROS),
                    end.outcome(),
                    end.metrics(),
                    runId);
            if (end.cut().isPresent()) {
                session.execute(
                        "update tandem_run set cut = ? where run_id = ?",
                        json(end.cut().get()),
                        runId);
            }
            return session.list("select run_id from tandem_run where run_id = ?", it -> it.text("run_id"), runId)
                    .size();
        });
        if (changed == 0) {
            throw new StoreException(
                    "Cannot write down the end of the run '%s': %s has no such run; write down its start first"
                            .formatted(runId, address.told()));
        }
    }

    /** The run of this mode that started last, ended or not. */
    public Optional<Run> latest(String pipeline, Mode mode) {
        return all(pipeline, mode).stream().findFirst();
    }

    public Optional<Run> named(String runId) {
        return runs("where run_id = ?", runId).stream().findFirst();
    }

    /** The latest first. */
    public List<Run> all(String pipeline, Mode mode) {
        return runs("where pipeline = ? and mode = ? order by started desc, run_id desc", pipeline, mode.word());
    }

    private List<Run> runs(String condition, Object... values) {
        return Session.with(
                address,
                "read the runs",
                session -> session.list("select * from tandem_run " + condition, Runs::run, values));
    }

    private static Run run(Cells cells) throws SQLException {
        var cut = cells.optionalText("cut").map(Runs::cut);
        var start = new Start(
                cells.text("run_id"),
                cells.text("pipeline"),
                Mode.valueOf(cells.text("mode").toUpperCase(Locale.ROOT)),
                cells.text("definition"),
                cut,
                cells.time("started"));
        var outcome = cells.text("outcome");
        var metrics = cells.text("metrics");
        return new Run(start, cells.optionalTime("finished").map(it -> new End(it, outcome, cut, metrics)));
    }

    /** As in {@code {"microBatch":42,"positions":{"0":17,"1":23}}}. */
    static String json(EndOffsets cut) {
        var positions = new TreeMap<>(cut.positions())
                .entrySet().stream()
                        .map(it -> "\"%d\":%d".formatted(it.getKey(), it.getValue()))
                        .collect(Collectors.joining(","));
        return "{\"microBatch\":%d,\"positions\":{%s}}".formatted(cut.microBatch(), positions);
    }

    static EndOffsets cut(String json) {
        var microBatch = MICRO_BATCH.matcher(json);
        if (!microBatch.find()) {
            throw new StoreException(
                    "Cannot read the cut '%s' of a run: it has no micro-batch; was it edited by hand?".formatted(json));
        }
        var positions = new HashMap<Integer, Long>();
        var position = POSITION.matcher(json);
        while (position.find()) {
            positions.put(Integer.valueOf(position.group(1)), Long.valueOf(position.group(2)));
        }
        return new EndOffsets(Long.parseLong(microBatch.group(1)), positions);
    }
}
