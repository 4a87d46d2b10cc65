package dev.tandem.app.run;

import dev.tandem.engine.Compiled;
import dev.tandem.engine.EngineException;
import dev.tandem.engine.LogSearch;
import dev.tandem.engine.SparkRuntime;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Cut;
import dev.tandem.fold.Recount.RowOf;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Instants;
import dev.tandem.model.Mode;
import dev.tandem.model.View;
import dev.tandem.model.Window.Span;
import dev.tandem.proof.explain.Answer;
import dev.tandem.proof.explain.Candidate;
import dev.tandem.proof.explain.Explaining;
import dev.tandem.proof.explain.Explanation;
import dev.tandem.proof.explain.RowEvidence;
import dev.tandem.proof.explain.RowEvidence.Cell;
import dev.tandem.store.LedgerReader.MicroBatch;
import dev.tandem.store.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explains a stored row: reads it in both modes, counts it again from the landed log, and finds the records behind each cause. */
final class ExplainJob {
    private static final int LISTED = 10;
    /** How often a row is read again because the stream committed while it was read. */
    private static final int PATIENCE = 50;

    private final SparkRuntime spark;
    private final Compiled compiled;
    private final PipelineStore store;
    private final Wiring wiring;

    ExplainJob(SparkRuntime spark, Compiled compiled, PipelineStore store, Wiring wiring) {
        this.spark = spark;
        this.compiled = compiled;
        this.store = store;
        this.wiring = wiring;
    }

    Answer run(RowQuestion question) {
        var pipeline = compiled.pipeline();
        var shapes = question.shapes(pipeline, store.stored());
        var runs = ComparedRuns.latest(store.runs(), pipeline.name(), "explain");
        var last = last();
        var ledger = store.ledgerReader().watermarks();
        var at = ledger.getOrDefault(last.microBatch(), Watermarks.NONE);
        int chosen = question.row().orElse(1);
        var worst = new RowSearch(store, question, at::closes).worst(shapes, Math.max(LISTED, chosen));
        var rows = worst.worst();
        if (chosen < 1 || chosen > rows.size()) {
            throw new EngineException("Cannot explain row %d: %d rows fit; choose one of 1 to %d"
                    .formatted(chosen, worst.rows(), rows.size()));
        }
        var row = rows.get(chosen - 1);
        if (!row.differs() && worst.rows() > 1 && question.row().isEmpty()) {
            return Answer.of(pipeline.name(), worst, 0, List.of());
        }
        wiring.narrator().tell("counting the row again from the landed log");
        return Answer.of(pipeline.name(), worst, chosen, explained(row, runs, question.records()));
    }

    private Cut last() {
        return store.ledgerReader()
                .lastCut()
                .orElseThrow(() -> ComparedRuns.missing(compiled.pipeline().name(), "explain", "stream"));
    }

    /** The row itself, or for a rank the rows that stand there in either mode. */
    private List<Explanation> explained(Candidate row, ComparedRuns runs, int records) {
        var shape = row.shape();
        var keys = new LinkedHashSet<List<@Nullable Object>>();
        var top = compiled.pipeline().view(shape.name()).flatMap(View::asTop);
        if (top.isPresent()) {
            shape = shape(top.get().from());
            int columns = shape.keys().size();
            row.stream().ifPresent(it -> keys.add(new ArrayList<>(it.measures().subList(0, columns))));
            row.batch().ifPresent(it -> keys.add(new ArrayList<>(it.measures().subList(0, columns))));
        } else {
            keys.add(row.key());
        }
        int view = compiled.plan().grouped().indexOf(shape);
        var rows = new LinkedHashSet<RowOf>();
        keys.forEach(key -> rows.add(new RowOf(view, row.window(), key)));
        return explained(shape, rows, runs, records);
    }

    private Shape shape(String view) {
        return compiled.plan().grouped().stream()
                .filter(it -> it.name().equals(view))
                .findFirst()
                .orElseThrow();
    }

    private List<Explanation> explained(Shape shape, Set<RowOf> rows, ComparedRuns runs, int records) {
        var stored = stored(shape, rows);
        var committed = store.ledgerReader().microBatches();
        var ledger = committed.stream().collect(Collectors.toMap(MicroBatch::number, MicroBatch::watermarks));
        var ends = new RowRecount.Ends(stored.last(), runs.cut(), ledger);
        var recount = new RowRecount(compiled.plan(), ends, rows, records);
        recount.read(new LogSearch(spark, compiled, store.log()));
        var shown = new ArrayList<Coordinates>();
        rows.forEach(row -> shown.addAll(Explaining.shown(recount.now(row), recount.cut(row), row)));
        var landed = new LedgerPositions(committed).read(store.log(), shown);
        var counterparts = new HashMap<Coordinates, Coordinates>();
        shown.forEach(at -> recount.copies().instead(at).ifPresent(other -> counterparts.put(at, other)));
        var found = new RowEvidence.Records(landed, counterparts);
        var modes = new Modes(runs, committed, stored.last(), wiring.clock().instant());
        var explained = new ArrayList<Explanation>();
        stored.rows()
                .forEach((row, its) -> explained.add(Explaining.of(new RowEvidence(
                        compiled.pipeline(),
                        shape,
                        row,
                        its,
                        recount.now(row),
                        recount.cut(row),
                        modes.circumstances(its, ends, row.window(), found)))));
        return explained;
    }

    /** Rows as both tables have them, and the end of what the stream had committed then. */
    private record StoredRows(Cut last, Map<RowOf, RowEvidence.Stored> rows) {}

    /** While a stream runs: rows of a moment at which it committed nothing. */
    private StoredRows stored(Shape shape, Set<RowOf> rows) {
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            var before = last();
            var stored = new LinkedHashMap<RowOf, RowEvidence.Stored>();
            rows.forEach(row -> stored.put(
                    row, new RowEvidence.Stored(cell(shape, row, Mode.STREAM), cell(shape, row, Mode.BATCH))));
            if (last().equals(before)) {
                return new StoredRows(before, stored);
            }
        }
        throw new EngineException(
                "Cannot explain a row of '%s' while its stream commits: each of %d readings of the row met a new micro-batch; stop the stream, or give it a longer trigger"
                        .formatted(compiled.pipeline().name(), PATIENCE));
    }

    private Cell cell(Shape shape, RowOf row, Mode mode) {
        if (store.stored().stream().noneMatch(it -> it.name().equals(shape.name()))) {
            return new Cell.NoTable();
        }
        var asked = new ResultRow(shape.name(), row.window(), row.key(), List.of(), ResultRow.Status.OPEN, 1, 0);
        return store.row(shape, mode, asked.rowKey())
                .filter(it -> it.window().equals(row.window()))
                .<Cell>map(it -> new Cell.Values(it.measures()))
                .orElseGet(Cell.NoRow::new);
    }

    /** Where both modes stood. */
    private record Modes(ComparedRuns runs, List<MicroBatch> committed, Cut last, Instant now) {
        RowEvidence.Circumstances circumstances(
                RowEvidence.Stored stored, RowRecount.Ends ends, Span window, RowEvidence.Records records) {
            return new RowEvidence.Circumstances(
                    ends.at(last).closes(window),
                    stream(stored.stream() instanceof Cell.Values, ends),
                    batch(stored.batch() instanceof Cell.Values),
                    runs.sameDimensions(),
                    ends.ledger(),
                    records);
        }

        private Explanation.Mode stream(boolean row, RowRecount.Ends ends) {
            var at = committed.stream()
                    .filter(it -> it.number() == last.microBatch())
                    .map(MicroBatch::committedAt)
                    .findFirst()
                    .orElse(now);
            long close = ends.at(last).close();
            return new Explanation.Mode(
                    row,
                    runs.stream().start().definition(),
                    last.microBatch(),
                    last.positions(),
                    close == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instants.ofMicros(close)),
                    at,
                    Duration.between(at, now));
        }

        private Explanation.Mode batch(boolean row) {
            var at = runs.batch().end().map(Runs.End::finished).orElse(now);
            return new Explanation.Mode(
                    row,
                    runs.batch().start().definition(),
                    runs.cut().microBatch(),
                    runs.cut().positions(),
                    Optional.empty(),
                    at,
                    Duration.between(at, now));
        }
    }
}
