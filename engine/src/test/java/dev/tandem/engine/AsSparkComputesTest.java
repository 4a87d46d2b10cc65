package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.engine.batch.BatchRun;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measures, keys and duplicates over values that are easily mistaken, against the same question put to Spark SQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsSparkComputesTest {
    @TempDir
    static Path scratch;

    private SparkRuntime spark;

    @BeforeAll
    void open() {
        spark = SparkRuntime.open("local[2]", scratch);
    }

    @AfterAll
    void close() {
        spark.close();
    }

    @Nested
    class Text {
        private static final String DEFINITION = """
                pipeline: tags
                time: { event: at }
                source: { kafka: tags }
                schema: tag STRING, at TIMESTAMP
                views:
                  tags: { by: [tag], measures: { n: count(*) } }
                  ranked: { from: tags, top: { n: 10, per: window, order: [n desc, tag asc] } }
                  span: { measures: { least: min(tag), greatest: max(tag) } }
                outputs: [ { view: span, table: "${mode}_span", in: sqlite } ]
                """;

        private final List<String> tags =
                List.of("🍜", "ﾗｰﾒﾝ", "z", "é", "\uE000", "\uD7FF", "🍜🍜", "Z", "", "\uDBFF\uDFFF");

        private final BatchRun counted = counted(
                DEFINITION,
                tags.stream()
                        .map("{\"tag\":\"%s\",\"at\":\"2026-01-01T00:00:00Z\"}"::formatted)
                        .toList());

        @Test
        void isRankedInSparksOrder() {
            assertThat(rows(counted, "ranked"))
                    .extracting(row -> row.measures().get(0))
                    .containsExactlyElementsOf(asked("select tag from %s order by tag".formatted(table())));
        }

        @Test
        void hasSparksLeastAndGreatest() {
            assertThat(rows(counted, "span").get(0).measures())
                    .containsExactlyElementsOf(
                            asked("select explode(array(min(tag), max(tag))) from %s".formatted(table())));
        }

        private String table() {
            return tags.stream().collect(Collectors.joining("'), ('", "values ('", "') as t(tag)"));
        }
    }

    @Nested
    class Floats {
        private static final String DEFINITION = """
                pipeline: deltas
                time: { event: at }
                source: { kafka: deltas }
                schema: id STRING, text STRING, delta DOUBLE, at TIMESTAMP
                steps:
                  - set: { x: "coalesce(delta, double(text))", minus: "-1 * coalesce(delta, double(text))" }
                  - watermark: { delay: 1 minute }
                  - dedup: { by: [id, x], within: forever }
                views:
                  by_x: { by: [x], measures: { n: count(*) } }
                  by_minus: { by: [minus], measures: { n: count(*) } }
                  all_x: { measures: { n: count(*), many: distinct(x), least: min(x), greatest: max(x), total: sum(x) } }
                outputs: [ { view: all_x, table: "${mode}_x", in: sqlite } ]
                """;

        private final List<String> texts =
                List.of("-0.0", "0.0", "-0.0", "1.5", "NaN", "NaN", "Infinity", "-Infinity", "-1.5", "0.0");

        private final BatchRun counted = counted(DEFINITION, records());

        /** Each once, and the first once more as 0.0. */
        private List<String> records() {
            var records = new ArrayList<String>();
            for (int number = 0; number < texts.size(); number++) {
                var text = texts.get(number);
                var field = Character.isLetter(text.charAt(text.length() - 1))
                        ? "text\":\"" + text + "\""
                        : "delta\":" + text;
                records.add(record("r" + number, field));
            }
            records.add(record("r0", "delta\":0.0"));
            return records;
        }

        private static String record(String id, String field) {
            return "{\"id\":\"%s\",\"%s,\"at\":\"2026-01-01T00:00:00Z\"}".formatted(id, field);
        }

        @Test
        void ofBothZerosMakeOneDuplicate() {
            assertThat(counted.fates().duplicate()).isEqualTo(1);
            assertThat(counted.fates().accepted()).isEqualTo(texts.size());
        }

        @Test
        void makeSparksGroups() {
            assertThat(groups("by_x"))
                    .containsExactlyInAnyOrderElementsOf(
                            asked("select concat(x, ' ', count(*)) from %s group by x".formatted(table())));
        }

        @Test
        void makeSparksGroupsWhereAnExpressionGivesThem() {
            assertThat(groups("by_minus"))
                    .containsExactlyInAnyOrderElementsOf(
                            asked("select concat(y, ' ', count(*)) from (select -1 * x as y from %s) group by y"
                                    .formatted(table())));
        }

        @Test
        void haveSparksMeasures() {
            assertThat(rows(counted, "all_x").get(0).measures())
                    .extracting(it -> (Object) String.valueOf(it))
                    .containsExactlyElementsOf(asked(
                            "select explode(array(string(count(*)), string(count(distinct x)), string(min(x)), string(max(x)), string(sum(x)))) from "
                                    + table()));
        }

        private List<Object> groups(String view) {
            return rows(counted, view).stream()
                    .<Object>map(row -> row.key().get(0) + " " + row.measures().get(0))
                    .toList();
        }

        private String table() {
            return texts.stream().collect(Collectors.joining("')), (double('", "values (double('", "')) as t(x)"));
        }
    }

    @Nested
    class Distributions {
        private static final String DEFINITION = """
                pipeline: waits
                time: { event: at }
                source: { kafka: waits }
                schema: wait INT, at TIMESTAMP
                steps: [ { watermark: { delay: 1 minute } } ]
                views:
                  all: { measures: { p0: "percentile(wait, 0)", p50: median(wait), p90: "percentile(wait * 2, 0.9)", p95: "percentile(wait, 0.95)", p1: "percentile(wait, 1)", v: variance(wait), s: stddev(wait) } }
                outputs: [ { view: all, table: "${mode}_all", in: sqlite } ]
                """;
        private static final List<Integer> WAITS = List.of(17, 3, 250, 8, 8, 91, 4, 1_000, 12, 66, 5, 31);

        @Test
        void haveSparksPercentilesAndSpread() {
            var counted = counted(
                    DEFINITION,
                    WAITS.stream()
                            .map("{\"wait\":%d,\"at\":\"2026-01-01T00:00:00Z\"}"::formatted)
                            .toList());
            var table =
                    WAITS.stream().map(String::valueOf).collect(Collectors.joining("), (", "values (", ") as t(x)"));
            var spark = asked(
                    "select explode(array(percentile(x, 0), median(x), percentile(x * 2, 0.9), percentile(x, 0.95), percentile(x, 1), var_samp(x), stddev_samp(x))) from "
                            + table);
            var ours = rows(counted, "all").get(0).measures();
            assertThat(ours).hasSameSizeAs(spark);
            for (int index = 0; index < spark.size(); index++) {
                double expected = (Double) spark.get(index);
                assertThat((Double) ours.get(index)).isCloseTo(expected, within(Math.abs(expected) * 1e-14));
            }
        }
    }

    @Nested
    class NullsInAKey {
        private static final String DEFINITION = """
                pipeline: sales
                time: { event: at }
                source: { kafka: sales }
                schema: shop STRING, number BIGINT, at TIMESTAMP
                steps:
                  - watermark: { delay: 1 minute }
                  - dedup: { by: [shop, number], keep: %s, nulls: %s, within: forever }
                views:
                  all: { measures: { n: count(*) } }
                outputs: [ { view: all, table: "${mode}_all", in: sqlite } ]
                """;
        private static final String SALES =
                "values ('a', 1), ('a', 1), ('a', null), ('a', null), (null, 1), (null, null), (null, null), ('b', 1) as t(shop, number)";

        /** 'a' 1 once and 'b' 1 once; each of the five with a null. */
        @ParameterizedTest
        @ValueSource(strings = {"first", "last"})
        void makeARecordADuplicateOfNone(String keep) {
            var counted = counted(DEFINITION.formatted(keep, "distinct"), records());
            assertThat(rows(counted, "all").get(0).measures()).containsExactly(7L);
            assertThat(counted.fates().duplicate()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"first", "last"})
        void areValuesAsInSparksDropDuplicatesWhereThatIsSaid(String keep) {
            assertThat(rows(counted(DEFINITION.formatted(keep, "equal"), records()), "all")
                            .get(0)
                            .measures())
                    .containsExactlyElementsOf(
                            asked("select count(*) from (select distinct shop, number from %s)".formatted(SALES)));
        }

        private List<String> records() {
            return asked(
                            "select concat('{', concat_ws(',', '\"at\":\"2026-01-01T00:00:00Z\"', '\"shop\":\"' || shop || '\"', '\"number\":' || number), '}') from "
                                    + SALES)
                    .stream()
                    .map(Object::toString)
                    .toList();
        }
    }

    private BatchRun counted(String definition, List<String> records) {
        var pipeline = DefinitionReader.parse(definition, "definition.yaml");
        var log = LogInMemory.of(Map.of(1, records));
        return BatchRun.of(spark, Compiled.of(pipeline, spark), new BatchRun.Over(log, log.end(), Watermarks.NONE));
    }

    private static List<ResultRow> rows(BatchRun counted, String view) {
        return counted.rows().filter(row -> row.view().equals(view)).toList();
    }

    private List<Object> asked(String sql) {
        var values = new ArrayList<Object>();
        for (Row row : spark.session().sql(sql).collectAsList()) {
            values.add(row.get(0));
        }
        return values;
    }
}
