package dev.tandem.store;

import dev.tandem.fold.Changes;
import dev.tandem.fold.Changes.Duplicate;
import dev.tandem.fold.Changes.Late;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Fates;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.Prepared.Raw;
import dev.tandem.fold.Prepared.Rejection;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.fold.Shape;
import dev.tandem.fold.StreamLedger.Entry;
import dev.tandem.fold.StreamLedger.Range;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.FieldType;
import dev.tandem.model.Instants;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Output.What;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Window;
import dev.tandem.model.Window.Span;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A small pipeline, its views' shapes, and micro-batches of it made by hand. */
final class Sample {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Span WINDOW = new Span(NOON, NOON.plus(Duration.ofMinutes(20)));

    static final Shape STATS = new Shape(
            "stats",
            new Window.Tumbling(Duration.ofMinutes(20)),
            List.of(column("tag", FieldType.TEXT), column("size", new FieldType.Whole(32))),
            List.of(
                    column("likes", FieldType.LONG),
                    column("spent", new FieldType.Decimal(38, 2)),
                    column("share", FieldType.DOUBLE),
                    column("first", new FieldType.Timestamp()),
                    column("day", new FieldType.Date()),
                    column("any", new FieldType.Truth())));
    static final Shape EVER =
            new Shape("ever", new Window.Global(), List.of(), List.of(column("tweets", FieldType.LONG)));

    static final What.Records EVENTS = new What.Records(What.Kind.EVENTS, "events");
    static final What.Records CANCELLED = new What.Records(What.Kind.BRANCH, "cancelled");

    static final List<Shape.Column> FIELDS = List.of(
            column("id", FieldType.TEXT),
            column("quantity", new FieldType.Whole(32)),
            column("price", new FieldType.Decimal(38, 2)),
            column("ratio", FieldType.DOUBLE),
            column("timestamp", new FieldType.Timestamp()),
            column("day", new FieldType.Date()),
            column("ok", new FieldType.Truth()),
            column("tags", new FieldType.ListOf(FieldType.TEXT)));

    static final Pipeline PIPELINE = withOutputs(DefinitionReader.parse("""
            pipeline: tweets
            time: { event: at }
            source: { kafka: feed, format: json, land: { table: tweet_raw, in: mysql, key: [id, price, at] } }
            schema: id STRING, price DECIMAL(38,10), at TIMESTAMP
            steps:
              - watermark: { delay: 2 minutes }
            views:
              stats: { window: { tumbling: 20 minutes }, measures: { likes: count(*) } }
              ever: { measures: { tweets: count(*) } }
            outputs:
              - { view: stats, table: "${mode}_stats", in: mysql }
              - { view: ever, table: "${mode}_ever", in: mysql }
            """, "sample"), moreOutputs());

    static final Layout LAYOUT = Layout.of(PIPELINE, List.of(STATS, EVER), FIELDS);
    static final Layout ELSEWHERE = Layout.in("reporting", PIPELINE, List.of(STATS, EVER), FIELDS);

    private Sample() {}

    private static List<Output> moreOutputs() {
        var stream = Optional.of(Mode.STREAM);
        var id = List.of("id");
        return List.of(
                new Output.Table(EVENTS, "${mode}_events", "mysql", id, Optional.empty()),
                new Output.Table(CANCELLED, "cancelled", "mysql", id, stream),
                new Output.Table(new What.OfView("stats"), "reported_stats", "reporting", List.of(), stream),
                new Output.Table(EVENTS, "reported_events", "reporting", id, stream));
    }

    /** {@code pipeline} with outputs that follow its own. */
    static Pipeline withOutputs(Pipeline pipeline, List<Output> more) {
        var outputs = new ArrayList<>(pipeline.outputs());
        outputs.addAll(more);
        return new Pipeline(
                pipeline.name(),
                pipeline.about(),
                pipeline.eventTime(),
                pipeline.zone(),
                pipeline.source(),
                pipeline.schema(),
                pipeline.dimensions(),
                pipeline.steps(),
                pipeline.watermark(),
                pipeline.dedup(),
                pipeline.views(),
                outputs,
                pipeline.stream(),
                pipeline.batch(),
                pipeline.parity(),
                pipeline.targets(),
                pipeline.generate(),
                pipeline.hash(),
                pipeline.meaning());
    }

    /** A record's values, of which only its id, its quantity and one more are there. */
    static List<@Nullable Object> fields(@Nullable String id, long quantity) {
        return Arrays.asList(id, quantity, null, null, Instants.micros(NOON), null, null, List.of("a", "b \"c\""));
    }

    /** A record that passed every step, or was split off. */
    static Prepared passed(long position, List<@Nullable Object> fields) {
        var record = record(position);
        return new Prepared(
                record.at(),
                record.arrivedMillis(),
                record.raw(),
                record.rejection(),
                record.exit(),
                record.eventMicros(),
                record.identity(),
                record.landKey(),
                record.contributions(),
                fields,
                List.of());
    }

    private static Shape.Column column(String name, FieldType type) {
        return new Shape.Column(name, type);
    }

    /** A record of partition 0 that arrived a second after its event. */
    static Prepared record(long position) {
        var event = NOON.plusMillis(position);
        var id = "id-" + position;
        return new Prepared(
                new Coordinates(0, position),
                event.plusSeconds(1).toEpochMilli(),
                raw("{\"id\":\"" + id + "\"}"),
                Optional.empty(),
                Optional.empty(),
                Instants.micros(event),
                Optional.of(Identity.of(List.of(id))),
                landKey(id, event),
                List.of(),
                List.of(),
                List.of());
    }

    private static List<@Nullable Object> landKey(String id, Instant event) {
        var key = new ArrayList<@Nullable Object>();
        key.add(id);
        key.add(null);
        key.add(Instants.micros(event));
        return key;
    }

    static Prepared at(int partition, Prepared record) {
        return new Prepared(
                new Coordinates(partition, record.at().position()),
                record.arrivedMillis(),
                record.raw(),
                record.rejection(),
                record.exit(),
                record.eventMicros(),
                record.identity(),
                record.landKey(),
                record.contributions(),
                record.fields(),
                record.unmatched());
    }

    static Prepared refused(long position, String reason) {
        var record = record(position);
        return new Prepared(
                record.at(),
                record.arrivedMillis(),
                record.raw(),
                Optional.of(new Rejection(reason, "it says 'no\0thing'")),
                Optional.empty(),
                0,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    static Raw raw(String text) {
        return new Raw(text.getBytes(StandardCharsets.UTF_8));
    }

    static ResultRow total(long tweets, int revision, Status status) {
        return new ResultRow("ever", Span.ALL, List.of(), List.of(tweets), status, revision, tweets);
    }

    static ResultRow stats(@Nullable String tag, long likes) {
        return stats(WINDOW, tag, likes);
    }

    static ResultRow stats(Span window, @Nullable String tag, long likes) {
        var key = new ArrayList<@Nullable Object>();
        key.add(tag);
        key.add(7);
        var measures = new ArrayList<@Nullable Object>();
        measures.add(likes);
        for (int more = 0; more < 5; more++) {
            measures.add(null);
        }
        return new ResultRow("stats", window, key, measures, Status.OPEN, 1, likes);
    }

    /** A micro-batch that lands {@code landed} and writes {@code rows}. */
    static Changes changes(long number, List<Prepared> landed, List<ResultRow> rows) {
        return changes(number, landed, List.of(), List.of(), List.of(), rows);
    }

    static Changes changes(
            long number,
            List<Prepared> landed,
            List<Prepared> quarantined,
            List<Duplicate> duplicates,
            List<Late> late,
            List<ResultRow> rows) {
        long read = landed.size() + (long) quarantined.size() + duplicates.size();
        var fates = new Fates(read, landed.size(), quarantined.size(), duplicates.size(), 0, 0, 0, 0);
        return new Changes(
                number,
                new Watermarks(
                        number == 1 ? Long.MIN_VALUE : Instants.micros(NOON) + number - 1,
                        Instants.micros(NOON) + number),
                landed,
                quarantined,
                duplicates,
                late,
                rows,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                read == 0 ? Map.of() : Map.of(0, fates),
                Instants.micros(NOON) + 10_000 * number,
                number,
                Set.of());
    }

    /** {@code changes} with what more a micro-batch may bring. */
    static Changes with(
            Changes changes, List<ResultRow.Id> gone, List<Prepared> events, Map<String, List<Prepared>> branches) {
        return new Changes(
                changes.number(),
                changes.watermarks(),
                changes.landed(),
                changes.quarantined(),
                changes.duplicates(),
                changes.late(),
                changes.rows(),
                gone,
                events,
                branches,
                Map.of("products", 2L, "customers", 1L),
                changes.fates(),
                changes.highestEvent(),
                changes.waiting(),
                changes.closed());
    }

    /** The row that {@code row} was is none any more. */
    static ResultRow.Id gone(ResultRow row) {
        return row.id();
    }

    /** The engine's micro-batch {@code number} of query q, with positions up to {@code until} of partition 0. */
    static Entry entry(long number, long until) {
        long millis = NOON.toEpochMilli() + number;
        return new Entry("q", number, Map.of(0, new Range(0, until)), millis, millis - 1);
    }
}
