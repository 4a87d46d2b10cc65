package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.landed.LogSearch;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Identity;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Instants;
import dev.tandem.model.Mode;
import dev.tandem.model.View;
import dev.tandem.model.Window.Span;
import dev.tandem.parity.DifferingRow;
import dev.tandem.parity.explain.Answer;
import dev.tandem.parity.explain.Bridges;
import dev.tandem.parity.explain.Candidate;
import dev.tandem.parity.explain.Explanation;
import dev.tandem.parity.explain.RowEvidence;
import dev.tandem.parity.explain.RowEvidence.Cell;
import dev.tandem.parity.explain.RowExplainer;
import dev.tandem.store.LedgerReader.MicroBatch;
import dev.tandem.store.Runs;
import dev.tandem.store.StoredRow;
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
    /** How many records a report shows for each cause of a row. */
    private static final int SHOWN = 5;
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
        store.definition().requireSame(runs, "explain");
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
        var wanted = rowsOf(row);
        var stored = stored(Set.copyOf(wanted))
                .orElseThrow(() -> new EngineException(
                        "Cannot explain a row of '%s' while its stream commits: each of %d readings of the row met a new micro-batch; stop the stream, or give it a longer trigger"
                                .formatted(pipeline.name(), PATIENCE)));
        var explained = explained(stored, runs, question.records());
        return Answer.of(
                pipeline.name(),
                worst,
                chosen,
                wanted.stream().map(explained::get).toList());
    }

    /** The rows of a comparison that its report shows, each with its bridges; the landed log is read once for all of them. */
    Bridges bridges(List<DifferingRow> differing) {
        var budget = new BridgeBudget();
        var wanted = new LinkedHashMap<DifferingRow, List<RowKey>>();
        var current = CurrentRows.read(
                store,
                differing.stream()
                        .map(row -> new CurrentRows.Wanted(stored(row), row.rowKey()))
                        .toList());
        for (var row : differing) {
            candidate(row, current).filter(budget::allows).ifPresent(it -> wanted.put(row, rowsOf(it)));
        }
        var rows = wanted.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        if (rows.isEmpty()) {
            return Bridges.NONE;
        }
        var stored = stored(rows);
        if (stored.isEmpty()) {
            wiring.narrator()
                    .tell("the report tells no reasons row by row: the stream commits too often to read the rows");
            return Bridges.NONE;
        }
        var runs = ComparedRuns.latest(store.runs(), compiled.pipeline().name(), "explain");
        var explained = explained(stored.get(), runs, SHOWN);
        var bridges = new LinkedHashMap<DifferingRow, List<Explanation>>();
        wanted.forEach(
                (row, its) -> bridges.put(row, its.stream().map(explained::get).toList()));
        return new Bridges(bridges);
    }

    /** The row as it stands in the tables now; empty if neither mode has it any more. */
    private Optional<Candidate> candidate(DifferingRow row, CurrentRows current) {
        var shape = stored(row);
        var window = row.start().isPresent() && row.end().isPresent()
                ? new Span(row.start().get(), row.end().get())
                : Span.ALL;
        var stream =
                inWindow(current.row(shape, Mode.STREAM, row.rowKey()), window).map(it -> RowSearch.result(shape, it));
        var batch =
                inWindow(current.row(shape, Mode.BATCH, row.rowKey()), window).map(it -> RowSearch.result(shape, it));
        return stream.isEmpty() && batch.isEmpty()
                ? Optional.empty()
                : Optional.of(new Candidate(shape, stream, batch, true));
    }

    private static Optional<StoredRow> inWindow(Optional<StoredRow> row, Span window) {
        return row.filter(it -> it.window().equals(window));
    }

    private Shape stored(DifferingRow row) {
        return store.stored().stream()
                .filter(it -> it.name().equals(row.view()))
                .findFirst()
                .orElseThrow();
    }

    private EndOffsets last() {
        return store.ledgerReader()
                .lastCut()
                .orElseThrow(() -> ComparedRuns.missing(compiled.pipeline().name(), "explain", "stream"));
    }

    /** The row itself, or for a rank the rows that stand there in either mode. */
    private List<RowKey> rowsOf(Candidate row) {
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
        return keys.stream().map(key -> new RowKey(view, row.window(), key)).toList();
    }

    private Shape shape(String view) {
        return compiled.plan().grouped().stream()
                .filter(it -> it.name().equals(view))
                .findFirst()
                .orElseThrow();
    }

    private Map<RowKey, Explanation> explained(StoredRows stored, ComparedRuns runs, int records) {
        var rows = stored.rows().keySet();
        var committed = store.ledgerReader().microBatches();
        var ledger = committed.stream().collect(Collectors.toMap(MicroBatch::number, MicroBatch::watermarks));
        var ends = new RowRecount.Ends(stored.last(), runs.cut(), ledger);
        var counts =
                new RowRecount(compiled.plan(), ends, rows, records).read(new LogSearch(spark, compiled, store.log()));
        var shown = new ArrayList<Coordinates>();
        rows.forEach(row -> shown.addAll(
                RowExplainer.shown(counts.now().of(row), counts.cut().of(row), row)));
        var landed = new LedgerPositions(committed).read(store.log(), shown);
        var counterparts = new HashMap<Coordinates, Coordinates>();
        shown.forEach(at -> counts.copies().instead(at).ifPresent(other -> counterparts.put(at, other)));
        var found = new RowEvidence.Records(landed, counterparts);
        var modes = new Modes(runs, committed, stored.last(), wiring.clock().instant());
        var explained = new HashMap<RowKey, Explanation>();
        stored.rows()
                .forEach((row, its) -> explained.put(
                        row,
                        RowExplainer.of(new RowEvidence(
                                compiled.pipeline(),
                                compiled.plan().grouped().get(row.view()),
                                row,
                                its,
                                counts.now().of(row),
                                counts.cut().of(row),
                                modes.circumstances(its, ends, row.window(), found)))));
        return explained;
    }

    /** Rows as both tables have them, and the end of what the stream had committed then. */
    private record StoredRows(EndOffsets last, Map<RowKey, RowEvidence.Stored> rows) {}

    /** While a stream runs: rows of a moment at which it committed nothing; empty if there is no such moment. */
    private Optional<StoredRows> stored(Set<RowKey> rows) {
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            var before = last();
            var stored = new LinkedHashMap<RowKey, RowEvidence.Stored>();
            var current = CurrentRows.read(
                    store,
                    rows.stream()
                            .filter(this::hasTable)
                            .map(row -> new CurrentRows.Wanted(shape(row), rowKey(row)))
                            .toList());
            rows.forEach(row -> stored.put(
                    row, new RowEvidence.Stored(cell(row, Mode.STREAM, current), cell(row, Mode.BATCH, current))));
            if (last().equals(before)) {
                return Optional.of(new StoredRows(before, stored));
            }
        }
        return Optional.empty();
    }

    private Shape shape(RowKey row) {
        return compiled.plan().grouped().get(row.view());
    }

    private boolean hasTable(RowKey row) {
        return store.stored().stream()
                .anyMatch(it -> it.name().equals(shape(row).name()));
    }

    private Identity rowKey(RowKey row) {
        return new ResultRow.Id(shape(row).name(), row.window(), row.key()).rowKey();
    }

    private Cell cell(RowKey row, Mode mode, CurrentRows current) {
        if (!hasTable(row)) {
            return new Cell.NoTable();
        }
        return inWindow(current.row(shape(row), mode, rowKey(row)), row.window())
                .<Cell>map(it -> new Cell.Values(it.measures()))
                .orElseGet(Cell.NoRow::new);
    }

    /** The end offsets of both modes. */
    private record Modes(ComparedRuns runs, List<MicroBatch> committed, EndOffsets last, Instant now) {
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
