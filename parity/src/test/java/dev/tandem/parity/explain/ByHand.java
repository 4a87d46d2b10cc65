package dev.tandem.parity.explain;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared.Raw;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.PartLog.Counted;
import dev.tandem.fold.recount.PartLog.Piece;
import dev.tandem.fold.recount.PartLog.Share;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.fold.recount.RowShares;
import dev.tandem.model.FieldType;
import dev.tandem.model.Instants;
import dev.tandem.model.Measure.Kind;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Window.Span;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.parity.explain.RowEvidence.Cell;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One row's records, given by hand with what each mode does with them. */
final class ByHand {
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    static final Pipeline PIPELINE = DefinitionReader.parse("""
            pipeline: shop
            time: { event: at }
            source: { kafka: raw, land: { table: raw, in: sqlite } }
            schema: id STRING, tag STRING, likes INT, at TIMESTAMP
            steps:
              - watermark: { delay: 1 minute }
            views:
              stats:
                window: { tumbling: 5 minutes }
                by: [tag]
                measures: { n: count(*), likes: sum(likes), mean: avg(likes), most: max(likes), last: last(id) }
            outputs:
              - { view: stats, table: "${mode}_stats", in: sqlite }
            """, "shop.yaml");

    static final List<Shape.Argument> ARGUMENTS = List.of(
            new Shape.Argument("n", Kind.COUNT, FieldType.LONG),
            new Shape.Argument("likes", Kind.SUM, new FieldType.Whole(32)),
            new Shape.Argument("mean", Kind.AVG, new FieldType.Whole(32)),
            new Shape.Argument("most", Kind.MAX, new FieldType.Whole(32)),
            new Shape.Argument("last", Kind.LAST, FieldType.TEXT));
    static final Shape SHAPE =
            Shape.ofGrouped(PIPELINE.grouped().get(0), List.of(FieldType.TEXT), ARGUMENTS, List.of());
    static final RowKey ROW =
            new RowKey(0, new Span(NOON, NOON.plus(Duration.ofMinutes(5))), List.<@Nullable Object>of("java"));

    private final RowShares cut = shares(at -> true);
    /** The stream has read no more than the batch, so none of its records came after. */
    private final RowShares now = shares(at -> false);

    private final Map<Coordinates, Landed> landed = new HashMap<>();
    private Optional<Cell> stream = Optional.empty();
    private Optional<Cell> batch = Optional.empty();
    private String streamDefinition = PIPELINE.hash();
    private boolean closed = true;

    private static RowShares shares(Predicate<Coordinates> shown) {
        var plan = FoldPlan.of(
                PIPELINE, List.of(SHAPE), List.of(ARGUMENTS), List.of(Optional.empty()), List.of(), List.of());
        return new RowShares(plan, Set.of(ROW), new RowShares.Selection(shown, 3));
    }

    /** A record that both modes count. */
    ByHand both(long position, int likes) {
        return record(position, likes, Share.BOTH);
    }

    ByHand only(Counted by, Deviation why, long position, int likes) {
        return record(position, likes, new Share(by, Optional.of(why)));
    }

    private ByHand record(long position, int likes, Share share) {
        var at = new Coordinates(0, position);
        long event = Instants.micros(NOON.plusSeconds(position));
        long count = likes;
        var piece = new Piece(ROW, at, event, Arrays.asList(1L, count, count, count, "t-" + position));
        cut.take(piece, share);
        now.take(piece, share);
        var raw = "{\"id\":\"t-%d\",\"likes\":%d}".formatted(position, likes);
        long arrival = NOON.plusSeconds(position).plus(Duration.ofMinutes(10)).toEpochMilli();
        landed.put(at, new Landed(at, arrival, new Raw(raw.getBytes(StandardCharsets.UTF_8)), 7, Landed.As.KEPT));
        return this;
    }

    ByHand stored(Cell inStream, Cell inBatch) {
        stream = Optional.of(inStream);
        batch = Optional.of(inBatch);
        return this;
    }

    ByHand streamedBy(String definition) {
        streamDefinition = definition;
        return this;
    }

    ByHand open() {
        closed = false;
        return this;
    }

    static Cell values(@Nullable Object... measures) {
        return new Cell.Values(Arrays.asList(measures));
    }

    Explanation explained() {
        var streamed = cut.made(ROW, Share::inStream).map(RowShares.RowValues::values);
        var batched = cut.made(ROW, Share::inBatch).map(RowShares.RowValues::values);
        var counted = new RowEvidence.Counted(cut, streamed, batched);
        var stored = new RowEvidence.Stored(
                stream.orElseGet(() -> streamed.<Cell>map(Cell.Values::new).orElseGet(Cell.NoRow::new)),
                batch.orElseGet(() -> batched.<Cell>map(Cell.Values::new).orElseGet(Cell.NoRow::new)));
        var late = Instants.micros(NOON.plus(Duration.ofMinutes(9)));
        var circumstances = new RowEvidence.Circumstances(
                closed,
                mode(streamDefinition, Optional.of(NOON.plus(Duration.ofMinutes(9)))),
                mode(PIPELINE.hash(), Optional.empty()),
                true,
                Map.of(7L, new Watermarks(late, late)),
                new RowEvidence.Records(landed, Map.of(new Coordinates(0, 4), new Coordinates(0, 1))));
        var ahead = new RowEvidence.Counted(now, streamed, batched);
        return RowExplainer.of(new RowEvidence(PIPELINE, SHAPE, ROW, stored, ahead, counted, circumstances));
    }

    private static Explanation.Mode mode(String definition, Optional<Instant> watermark) {
        return new Explanation.Mode(
                true,
                definition,
                7,
                Map.of(0, 12L, 1, 9L),
                watermark,
                NOON.plus(Duration.ofMinutes(20)),
                Duration.ofSeconds(90));
    }
}
