package dev.tandem.engine.definition;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.prepare.GeneratedPacker;
import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.prepare.PackedContents.Raw;
import dev.tandem.engine.prepare.RecordPacker;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.Identity;
import dev.tandem.fold.PackedRecords;
import dev.tandem.model.Instants;
import dev.tandem.model.Pipeline;
import dev.tandem.model.reading.DefinitionReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What definitions can say besides functions, packed by the generated class and by the projections. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedClassTest {
    private static final int RECORDS = 1_000;
    private static final Map<String, List<String>> USUAL = Map.of(
            "who", List.of("a", "b", "c"),
            "kind", List.of("x", "y"),
            "left", List.of("1", "2", "2147483647"),
            "right", List.of("0", "1", "3"),
            "at", List.of("2026-01-01T00:05:00Z"));

    private static final String DEFINITION = """
            pipeline: pairs
            time: { event: at }
            source: { kafka: pairs, land: { table: pairs_raw, in: sqlite, key: [who, left] } }
            schema: >
              who STRING, kind STRING, left INT, right INT, big BIGINT, ratio DOUBLE, price DECIMAL(12,2), wide DECIMAL(30,6),
              flag BOOLEAN, at TIMESTAMP, day DATE, words ARRAY<STRING>, prices ARRAY<DECIMAL(20,2)>, grid ARRAY<ARRAY<INT>>
            dimensions:
              pairs: { csv: pairs.csv, key: [who, kind], schema: "who STRING, kind STRING, worth DECIMAL(8,2), note STRING" }
              days: { csv: days.csv, key: day, schema: "day DATE, name STRING" }
              prices: { csv: prices.csv, key: price, schema: "price DECIMAL(12,2), label STRING" }
            steps:
            %s
            views:
            %s
            outputs:
              - { view: all, table: "${mode}_all", in: sqlite }
              - { rows: events, lake: "data/events/${mode}" }
            """;
    private static final String ANY_STEPS = "  - watermark: { delay: 1 minute }\n";
    private static final String ANY_VIEWS = "  all: { measures: { n: count(*) } }\n";

    private SparkRuntime spark;

    @BeforeAll
    void start(@TempDir Path scratch) {
        spark = SparkRuntime.open("local[1]", scratch);
    }

    @AfterAll
    void stop() {
        spark.close();
    }

    private static Pipeline pipeline(String steps, String views) {
        return DefinitionReader.parse(DEFINITION.formatted(steps, views), "pairs");
    }

    private Compiled compiled(String steps, String views) {
        var pipeline = pipeline(steps, views);
        var rows = Map.of(
                "pairs", List.of("a,x,1.50,first", "b,y,,"),
                "days", List.of("2026-01-01,new year"),
                "prices", List.of("1.00,one"));
        return Compiled.of(
                pipeline,
                spark,
                pipeline.dimensions().stream()
                        .map(it -> Dimensions.of(it, requireNonNull(rows.get(it.name()))))
                        .toList());
    }

    private static byte[] record(String fields) {
        return "{%s,\"at\":\"2026-01-01T00:05:00Z\"}".formatted(fields).getBytes(StandardCharsets.UTF_8);
    }

    /** The only record that {@code raw} makes. */
    private static BothPaths.Packed packed(Compiled compiled, String fields) {
        return BothPaths.packed(new BothPaths(compiled).generated(), List.of(record(fields)))
                .get(0);
    }

    static Stream<Arguments> definitions() {
        return Stream.of(
                Arguments.of("several views", "", ANY_STEPS, """
                          all: { measures: { n: count(*) } }
                          by_who: { by: [who, day], where: "kind = 'x'", measures: { s: sum(big), p: max(price), r: min(ratio), w: first(wide), f: last(flag) } }
                          by_hour: { window: { tumbling: 1 hour }, by: { h: hour(at), r: "round(ratio, 1)" }, measures: { n: count(*) FILTER (WHERE flag), d: distinct(who) } }
                        """),
                Arguments.of("exploded views", "", ANY_STEPS, """
                          all: { measures: { n: count(*) } }
                          words: { explode: { each: words, as: word }, by: [word, who], where: "length(word) > 0", measures: { n: count(*), o: count(*) FILTER (WHERE word = who) } }
                          own: { explode: { each: "array_distinct(split(who, ''))", as: letter }, by: [letter], measures: { s: "sum(size(filter(words, it -> it = letter)))" } }
                          sums: { explode: { each: prices, as: it }, by: { up: "it * 2" }, measures: { n: sum(it), k: "max(coalesce(it, price))" } }
                        """),
                Arguments.of("views of lists in lists", "", ANY_STEPS, """
                          all: { measures: { n: count(*) } }
                          rows: { explode: { each: grid, as: row }, by: { n: size(row) }, where: "exists(row, it -> it > 0)", measures: { t: "sum(aggregate(row, 0L, (t, it) -> t + coalesce(it, 0)))" } }
                        """),
                Arguments.of("side outputs before and after the dedup", "led", """
                          - split: { odd: "left % 2 = 1", both: "kind = 'x'" }
                          - keep: right < 3
                          - watermark: { delay: 1 minute }
                          - dedup: { by: [who, left], keep: first, within: 1 hour }
                          - set: { total: big % 1000 + left }
                          - split: { late: "total > 1" }
                          - drop: kind = 'y'
                        """, ANY_VIEWS),
                Arguments.of("a dedup key of every type", "", """
                          - set: { ratio: "coalesce(ratio, -0.0)" }
                          - watermark: { delay: 1 minute }
                          - dedup: { by: [who, left, big, ratio, price, wide, flag, at, day], keep: last, nulls: equal, within: forever }
                        """, ANY_VIEWS),
                Arguments.of("joins", "", """
                          - watermark: { delay: 1 minute }
                          - set: { who: "lower(who)" }
                          - join: [pairs, days]
                          - set: { more: "worth * 2", label_before: "concat(note, name)" }
                          - require: { cheap: "coalesce(worth, 0) < 100" }
                          - join: prices
                          - keep: label IS NULL OR label <> 'two'
                        """, """
                          all: { by: [label, name], measures: { n: count(*), w: sum(more) } }
                        """),
                Arguments.of("expressions that fail", "led failed", """
                          - set: { sum: left + right }
                          - require: { small: left * 3 > right }
                          - watermark: { delay: 1 minute }
                          - keep: sum - 2147483640 < 0 OR left > 5
                          - join: pairs
                          - set: { worth: worth * (left + 1) }
                        """, """
                          all: { by: { k: left + 1 }, where: "who = 'a'", measures: { n: sum(left * right) } }
                          words: { explode: { each: words, as: word }, by: { k: "left * length(word)" }, measures: { n: count(*) } }
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("definitions")
    void packsTheSame(String name, String fates, String steps, String views) {
        var compiled = compiled(steps, views);
        assertThat(Expressions.check(compiled.pipeline())).isEmpty();
        var met = new BothPaths(compiled).requireEqual(new AnyRecords(compiled.pipeline(), USUAL, 5).records(RECORDS));
        assertThat(met.accepted()).isGreaterThan(RECORDS / 100);
        assertThat(met.led() > 0).isEqualTo(fates.contains("led"));
        assertThat(met.failed() > 0).isEqualTo(fates.contains("failed"));
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class ARecordOnWhichAnExpressionFails {
        private final Compiled compiled = compiled("""
                  - set: { sum: left + right }
                  - require: { positive: left > 0 }
                  - watermark: { delay: 1 minute }
                """, "  all: { by: { k: left * 2 }, measures: { n: count(*) } }\n");

        @ParameterizedTest
        @CsvSource({"2147483647, 1", "1500000000, 0"})
        void isRejectedForThat(int left, int right) {
            var packed = packed(compiled, "\"left\":%d,\"right\":%d".formatted(left, right));
            assertThat(packed.flags()).isEqualTo(PackedRecords.REJECTED);
            assertThat(packed.text()).contains("expression_failed").contains("overflow");
        }

        /** Minus 1,500,000,000 twice is too much for the key of the view, which a rejected record does not have. */
        @Test
        void isNotRejectedForAViewThatItDoesNotReach() {
            var packed = packed(compiled, "\"left\":-1500000000,\"right\":0");
            assertThat(packed.text()).contains("positive").doesNotContain("expression_failed");
        }

        @Test
        void leavesTheNextOneAsItIs() {
            var good = record("\"left\":1,\"right\":2");
            var bad = record("\"left\":2147483647,\"right\":1");
            var packed = BothPaths.packed(new BothPaths(compiled).generated(), List.of(bad, good, bad, good));
            assertThat(packed.stream().map(BothPaths.Packed::flags)).containsExactly(1, 0, 1, 0);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WhatItTellsOfARecord {
        @Test
        void isTheIdentityOfItsKey() {
            var compiled = compiled("""
                      - watermark: { delay: 1 minute }
                      - dedup: { by: [who, left, price], keep: first, within: 1 hour }
                    """, ANY_VIEWS);
            var identity = Identity.of(List.of("ä", 7L, new BigDecimal("1.50")));
            assertThat(packed(compiled, "\"who\":\"ä\",\"left\":7,\"price\":1.5")
                            .identity())
                    .isEqualTo(identity.high() + " " + identity.low());
        }

        @Test
        void isItsEventTime() {
            assertThat(packed(compiled(ANY_STEPS, ANY_VIEWS), "\"who\":\"a\"").eventMicros())
                    .isEqualTo(Instants.micros(Instant.parse("2026-01-01T00:05:00Z")));
        }
    }

    /** Spark's own code leaves the value of the record before, 'a', in the list. */
    @Test
    void aCaseWithoutAnAnswerHasNothingOfTheRecordBefore() {
        var compiled = compiled("""
                  - set: { words: "array_append(words, CASE WHEN flag THEN who WHEN who = 'q' THEN 'r' END)" }
                  - watermark: { delay: 1 minute }
                """, ANY_VIEWS);
        var records = Stream.of("true", "false")
                .map(flag -> record("\"who\":\"a\",\"words\":[],\"flag\":" + flag))
                .toList();
        var packed = BothPaths.packed(new BothPaths(compiled).generated(), records);
        var fresh = BothPaths.packed(new BothPaths(compiled).generated(), records.subList(1, 2));
        assertThat(packed.get(1).fields()).isEqualTo(fresh.get(0).fields());
    }

    @ParameterizedTest
    @CsvSource({"NONE, false, false", "QUARANTINED, true, false", "ALL, false, true"})
    void carriesOnlyWhatIsWanted(Raw raw, boolean landKey, boolean fields) {
        var compiled = compiled("""
                  - require: { small: left < 3 }
                  - watermark: { delay: 1 minute }
                """, ANY_VIEWS);
        new BothPaths(compiled, new PackedContents(raw, landKey, fields))
                .requireEqual(new AnyRecords(compiled.pipeline(), USUAL, 5).records(RECORDS));
    }

    private static String rules(int count) {
        return IntStream.range(0, count)
                .mapToObj("      rule%1$d: \"length(concat(who, kind)) <> %1$d + length(who) * 1000\"\n"::formatted)
                .collect(Collectors.joining("", "  - require:\n", ""));
    }

    private static String alternatives(int count, String condition) {
        return IntStream.range(0, count).mapToObj(condition::formatted).collect(Collectors.joining(" OR "));
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class ALargeDefinition {
        @Test
        void isCutIntoMethods() {
            var compiled = compiled(
                    rules(200) + "  - keep: %s\n%s".formatted(alternatives(300, "left * right <> %d"), ANY_STEPS),
                    ANY_VIEWS);
            var fates = new BothPaths(compiled)
                    .requireEqual(new AnyRecords(compiled.pipeline(), USUAL, 5).records(RECORDS));
            assertThat(fates.rejected()).isGreaterThan(RECORDS / 100);
        }

        /** The body of a loop is not cut, because its variables are those of the method. */
        private Compiled uncut() {
            return compiled(
                    "  - set: { words: \"filter(words, it -> %s)\" }\n%s"
                            .formatted(alternatives(300, "length(concat(it, who)) = %d"), ANY_STEPS),
                    ANY_VIEWS);
        }

        @Test
        void isRunByProjectionsIfItCannotBeCut() {
            var packer = (GeneratedPacker) uncut().workers().value().packer();
            assertThat(packer.path()).isEqualTo(RecordPacker.Path.PROJECTIONS);
            assertThat(packer.obstacle()).isPresent();
        }

        @Test
        void isRunEitherWay() {
            var packed = BothPaths.packed(
                    uncut().workers().value(), List.of(record("\"who\":\"a\",\"words\":[\"bcd\",null]")));
            assertThat(packed.get(0).text()).contains("bcd");
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class APacker {
        private final Compiled compiled = compiled("""
                  - set: { words: "transform(words, it -> aggregate(split(it, ''), it, (all, one) -> concat(one, all)))" }
                  - watermark: { delay: 1 minute }
                """, ANY_VIEWS);
        private final List<byte[]> records = new AnyRecords(compiled.pipeline(), USUAL, 9).records(RECORDS);

        @Test
        void doesTheSameInAnotherProcess() {
            var workers = new BothPaths(compiled).generated();
            var sent = SerializationUtils.clone(workers);
            assertThat(BothPaths.packed(sent, records)).isEqualTo(BothPaths.packed(workers, records));
            assertThat(sent.packer().path()).isEqualTo(RecordPacker.Path.GENERATED);
        }

        /** An expression that is evaluated keeps the values of its variables in itself. */
        @Test
        void servesSeveralThreads() throws Exception {
            var workers = new BothPaths(compiled).generated();
            var expected = BothPaths.packed(workers, records);
            var tasks = new ArrayList<Callable<List<BothPaths.Packed>>>();
            for (int task = 0; task < 8; task++) {
                tasks.add(() -> BothPaths.packed(workers, records));
            }
            var threads = Executors.newFixedThreadPool(4);
            try {
                for (var done : threads.invokeAll(tasks)) {
                    assertThat(done.get()).isEqualTo(expected);
                }
            } finally {
                threads.shutdown();
            }
        }
    }
}
