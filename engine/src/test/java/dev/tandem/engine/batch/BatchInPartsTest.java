package dev.tandem.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.LogInSlices;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.FieldType;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Window;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.sink.Content;
import dev.tandem.sink.Sinks;
import dev.tandem.sink.TaskSink;
import dev.tandem.sink.Tuples;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch that is cut into several slices, parts by dedup key and parts by group key, beside the same counts in plain Java. */
class BatchInPartsTest {
    private static final String DEFINITION = """
            pipeline: visits
            time: { event: at }
            source: { kafka: visits }
            schema: id STRING, visitor STRING, amount BIGINT, at TIMESTAMP
            steps:
              - require: { negative: amount >= 0 }
              - watermark: { delay: 1 minute }
              - dedup: { by: [id], keep: %s, within: forever }
              - split: { large: amount >= 90 }
            views:
              by_visitor: { by: [visitor], measures: { visits: count(*), total: sum(amount) } }
              sessions: { window: { session: 10 minutes }, by: [visitor], measures: { visits: count(*) } }
              best: { from: by_visitor, top: { n: 3, order: [total desc, visitor asc] } }
            outputs:
              - { rows: events, lake: "${mode}/events" }
              - { rows: large, lake: "${mode}/large" }
              - { rows: quarantine, lake: "${mode}/quarantine" }
            """;

    private static final Instant BEGIN = Instant.parse("2025-12-31T00:00:00Z");
    private static final int VISITS = 30_000;
    private static final int IDS = 20_000;
    private static final int VISITORS = 50;
    private static final int A_SESSION = 3_000;

    /** Record {@code number} of the log, without a library. */
    private record Visit(int number) {
        String id() {
            return "v" + number % IDS;
        }

        String visitor() {
            return "u%02d".formatted(number % VISITORS);
        }

        long amount() {
            return number * 7L % 103 - 5;
        }

        /** Visits come half an hour after those of the session before. */
        int session() {
            return number / A_SESSION;
        }

        String json() {
            var at = BEGIN.plusSeconds(1_800L * session()).plusMillis(number % A_SESSION);
            return "{\"id\":\"%s\",\"visitor\":\"%s\",\"amount\":%d,\"at\":\"%s\"}"
                    .formatted(id(), visitor(), amount(), at);
        }
    }

    @TempDir
    static Path scratch;

    private static SparkRuntime spark;
    private static int lakes;

    @BeforeAll
    static void start() {
        spark = SparkRuntime.open("local[3]", scratch);
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    /** The visits that count, in the order of the log. */
    private static List<Visit> kept(boolean last) {
        var byId = new LinkedHashMap<String, Visit>();
        for (int number = 0; number < VISITS; number++) {
            var visit = new Visit(number);
            if (visit.amount() >= 0 && (last || !byId.containsKey(visit.id()))) {
                byId.put(visit.id(), visit);
            }
        }
        return byId.values().stream()
                .sorted(Comparator.comparingInt(Visit::number))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"first, 1", "first, 5", "last, 5"})
    void countsWhatPlainJavaCounts(String keep, int slices) {
        var visits = new ArrayList<String>();
        for (int number = 0; number < VISITS; number++) {
            visits.add(new Visit(number).json());
        }
        var log = LogInSlices.of(visits, slices);
        var compiled = Compiled.of(DefinitionReader.parse(DEFINITION.formatted(keep), "definition.yaml"), spark);
        var kept = kept(keep.equals("last"));
        try (var batch = BatchRun.of(spark, compiled, new BatchRun.Over(log, log.end(), Watermarks.NONE))) {
            assertRecords(batch, kept, keep.equals("first"));
            var counted = kept.stream().filter(it -> it.amount() < 90).toList();
            assertTotals(batch, counted);
            assertSessions(batch, counted);
            assertLakes(batch, kept);
        }
    }

    private static void assertRecords(BatchRun batch, List<Visit> kept, boolean inOrder) {
        long refused = 0;
        for (int number = 0; number < VISITS; number++) {
            refused += new Visit(number).amount() < 0 ? 1 : 0;
        }
        var events = numbers(batch.records(Output.What.Kind.EVENTS, ""));
        var expected = kept.stream()
                .filter(it -> it.amount() < 90)
                .map(it -> (long) it.number())
                .toList();
        assertThat(inOrder ? events : events.stream().sorted().toList()).isEqualTo(expected);
        assertThat(numbers(batch.records(Output.What.Kind.BRANCH, "large")))
                .containsExactlyInAnyOrderElementsOf(kept.stream()
                        .filter(it -> it.amount() >= 90)
                        .map(it -> (long) it.number())
                        .toList());
        assertThat(numbers(batch.records(Output.What.Kind.QUARANTINE, "")))
                .hasSize((int) refused)
                .isSorted();
        var fates = batch.fates();
        assertThat(List.of(fates.read(), fates.quarantined(), fates.duplicate(), fates.split(), fates.accepted()))
                .containsExactly(
                        (long) VISITS,
                        refused,
                        VISITS - refused - kept.size(),
                        (long) kept.size() - expected.size(),
                        (long) expected.size());
    }

    /** Positions, which are the numbers of the visits. */
    private static List<Long> numbers(Iterator<Prepared> records) {
        var numbers = new ArrayList<Long>();
        records.forEachRemaining(it -> numbers.add(it.at().position()));
        return numbers;
    }

    private static void assertTotals(BatchRun batch, List<Visit> counted) {
        Map<String, List<Long>> expected = new TreeMap<>();
        counted.forEach(it -> expected.merge(
                it.visitor(),
                List.of(1L, it.amount()),
                (one, other) -> List.of(one.get(0) + other.get(0), one.get(1) + other.get(1))));
        var found = new TreeMap<String, List<Long>>();
        batch.rows("by_visitor")
                .forEach(row -> found.put(
                        (String) row.key().get(0),
                        row.measures().stream()
                                .map(it -> ((Number) it).longValue())
                                .toList()));
        assertThat(found).isEqualTo(expected);
        var best = expected.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, List<Long>>, Long>comparing(
                                it -> -it.getValue().get(1))
                        .thenComparing(Map.Entry::getKey))
                .limit(3)
                .map(Map.Entry::getKey)
                .toList();
        assertThat(batch.rows("best").map(row -> row.measures().get(0))).containsExactlyElementsOf(List.copyOf(best));
    }

    private static void assertSessions(BatchRun batch, List<Visit> counted) {
        var expected = new TreeMap<String, Long>();
        counted.forEach(it -> expected.merge(it.visitor() + " " + it.session(), 1L, Long::sum));
        var found = new TreeMap<String, Long>();
        batch.rows("sessions")
                .forEach(row -> found.put(row.key().get(0) + " " + session(row), (Long)
                        row.measures().get(0)));
        assertThat(found).isEqualTo(expected);
    }

    /** The values of {@code column} in a lake that three tasks have written. */
    private static List<String> lake(BatchRun batch, Output.What what, Content content, String column) {
        var console = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var root = scratch.resolve("lakes-" + lakes++);
        var setting = new Sinks.Setting("visits", Mode.BATCH, root, "run", "", Clock.systemUTC(), console);
        try (var sink =
                (TaskSink) Sinks.open(new Output.Lake(what, "lake", List.of(), Optional.empty()), content, setting)) {
            sink.publish(1, batch.tasks(what, VISITS / 4).orElseThrow().write(sink.begin(1)));
        }
        var rows = spark.session().read().parquet(root.resolve("lake").toString());
        return rows.select(column).as(Encoders.STRING()).collectAsList();
    }

    /** The lakes that several tasks write, as Spark reads them. */
    private static void assertLakes(BatchRun batch, List<Visit> kept) {
        var large = kept.stream().filter(it -> it.amount() >= 90).map(Visit::id).toList();
        var events = kept.stream().filter(it -> it.amount() < 90).map(Visit::id).toList();
        var fields = Tuples.ofRecords(
                "visits",
                List.of(
                        new Shape.Column("id", FieldType.TEXT),
                        new Shape.Column("visitor", FieldType.TEXT),
                        new Shape.Column("amount", FieldType.LONG),
                        new Shape.Column("at", new FieldType.Timestamp())));
        assertThat(lake(batch, new Output.What.Records(Output.What.Kind.EVENTS, "events"), fields, "id"))
                .containsExactlyInAnyOrderElementsOf(events);
        assertThat(lake(batch, new Output.What.Records(Output.What.Kind.BRANCH, "large"), fields, "id"))
                .containsExactlyInAnyOrderElementsOf(large);
        var rows = Tuples.ofView(new Shape(
                "by_visitor",
                new Window.Global(),
                List.of(new Shape.Column("visitor", FieldType.TEXT)),
                List.of(new Shape.Column("visits", FieldType.LONG), new Shape.Column("total", FieldType.LONG))));
        assertThat(lake(batch, new Output.What.OfView("by_visitor"), rows, "visitor"))
                .containsExactlyInAnyOrderElementsOf(kept.stream()
                        .filter(it -> it.amount() < 90)
                        .map(Visit::visitor)
                        .distinct()
                        .toList());
        assertThat(batch.tasks(new Output.What.OfView("best"), 1)).isEmpty();
        assertThat(batch.tasks(new Output.What.OfView("by_visitor"))).isEmpty();
    }

    private static long session(ResultRow row) {
        return (row.window().start().getEpochSecond() - BEGIN.getEpochSecond()) / 1_800;
    }
}
