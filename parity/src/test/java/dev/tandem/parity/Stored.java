package dev.tandem.parity;

import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.ComparedPart;
import dev.tandem.fold.recount.Recount;
import dev.tandem.model.FieldType;
import dev.tandem.model.Instants;
import dev.tandem.model.Measure.Kind;
import dev.tandem.model.Pipeline;
import dev.tandem.model.View;
import dev.tandem.model.Window.Span;
import dev.tandem.model.reading.DefinitionReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rows as two modes have stored them, made by hand. Each view counts by tag, once exactly and once approximately; no record is behind
 * any of them, so that nothing but the rows and the circumstances can explain a difference.
 */
record Stored(List<ResultRow> stream, List<ResultRow> batch, Circumstances circumstances) {
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    static final Pipeline PIPELINE = DefinitionReader.parse("""
            pipeline: shop
            time: { event: at }
            source: { kafka: raw, land: { table: raw, in: sqlite } }
            schema: id STRING, tag STRING, at TIMESTAMP
            steps:
              - watermark: { delay: 1 minute }
            views:
              windows: { window: { tumbling: 5 minutes }, by: [tag], measures: { n: count(*), users: approx_distinct(id) } }
              running: { by: [tag], measures: { n: count(*), users: approx_distinct(id) } }
              visits: { window: { session: 5 minutes }, by: [tag], measures: { n: count(*), users: approx_distinct(id) } }
            outputs:
              - { view: windows, table: "${mode}_windows", in: sqlite }
              - { view: running, table: "${mode}_running", in: sqlite }
              - { view: visits, table: "${mode}_visits", in: sqlite }
            """, "shop.yaml");

    /**
     * What is known beside the rows.
     *
     * @param closedUntil windows that end later are open
     * @param microBatches that the stream has committed; the cut is at the first
     */
    record Circumstances(
            Instant closedUntil,
            long microBatches,
            String streamDimension,
            String batchDimension,
            String streamDefinition,
            String batchDefinition) {
        static final Circumstances USUAL =
                new Circumstances(NOON.plus(Duration.ofMinutes(10)), 1, "a", "a", PIPELINE.hash(), PIPELINE.hash());

        Circumstances withMicroBatches(long committed) {
            return new Circumstances(
                    closedUntil, committed, streamDimension, batchDimension, streamDefinition, batchDefinition);
        }

        Circumstances withBatchDimension(String version) {
            return new Circumstances(
                    closedUntil, microBatches, streamDimension, version, streamDefinition, batchDefinition);
        }

        Circumstances withDefinitions(String ofStream, String ofBatch) {
            return new Circumstances(closedUntil, microBatches, streamDimension, batchDimension, ofStream, ofBatch);
        }
    }

    static Stored of(List<ResultRow> stream, List<ResultRow> batch) {
        return new Stored(stream, batch, Circumstances.USUAL);
    }

    Stored under(Circumstances other) {
        return new Stored(stream, batch, other);
    }

    /** The window of five minutes that begins so many minutes after noon. */
    static Span window(int minute) {
        var start = NOON.plus(Duration.ofMinutes(minute));
        return new Span(start, start.plus(Duration.ofMinutes(5)));
    }

    static ResultRow row(String view, Span window, String tag, long n, long users) {
        return new ResultRow(view, window, List.of(tag), List.of(n, users), ResultRow.Status.CLOSED, 1, n);
    }

    /** The comparison of {@code view}, where each mode has stored what was computed. */
    ViewComparison compared(String view) {
        return compared(view, stream);
    }

    /** The same where the stream should have stored {@code expected}. */
    ViewComparison compared(String view, List<ResultRow> expected) {
        var shape = shapes().stream()
                .filter(it -> it.name().equals(view))
                .findFirst()
                .orElseThrow();
        var part = new ComparedPart(stream, batch, expected, batch, (ofView, window, key) -> Map.of());
        return new ViewComparison(evidence(), shape, part);
    }

    private Evidence evidence() {
        var at = new Watermarks(Long.MIN_VALUE, Instants.micros(circumstances.closedUntil()));
        var facts = new Evidence.Facts(
                new EndOffsets(1, Map.of()),
                circumstances.microBatches(),
                new Evidence.RunVersions(
                        circumstances.streamDefinition(), Map.of("customers", circumstances.streamDimension())),
                new Evidence.RunVersions(
                        circumstances.batchDefinition(), Map.of("customers", circumstances.batchDimension())),
                new TreeMap<>(),
                Report.Runs.NOT_MEASURED,
                Report.Refusals.NONE,
                new Report.Provenance(NOON, Map.of(), List.of()));
        return new Evidence(PIPELINE, shapes(), new InMemory(Recount.ofBatch(plan()), at, stream, batch), at, facts);
    }

    private static List<Shape> shapes() {
        return PIPELINE.grouped().stream().map(Stored::shape).toList();
    }

    private static Shape shape(View.Grouped view) {
        return Shape.ofGrouped(view, List.of(FieldType.TEXT), arguments(), List.of());
    }

    private static List<Shape.Argument> arguments() {
        return List.of(
                new Shape.Argument("n", Kind.COUNT, FieldType.LONG),
                new Shape.Argument("users", Kind.APPROX_DISTINCT, FieldType.TEXT));
    }

    private static FoldPlan plan() {
        var views = shapes();
        return FoldPlan.of(
                PIPELINE,
                views,
                views.stream().map(view -> arguments()).toList(),
                new ArrayList<>(views.stream()
                        .map(view -> Optional.<dev.tandem.fold.Derivation>empty())
                        .toList()),
                List.of(),
                List.of());
    }
}
