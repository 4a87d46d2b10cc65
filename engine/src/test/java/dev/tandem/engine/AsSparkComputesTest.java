package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.Recount;
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

        private final Recount counted = counted(
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

    private Recount counted(String definition, List<String> records) {
        var pipeline = DefinitionReader.parse(definition, "definition.yaml");
        var log = LogInMemory.of(Map.of(1, records));
        return new LandedRun(spark, Compiled.of(pipeline, spark), log)
                .batch(log.end())
                .recount();
    }

    private static List<ResultRow> rows(Recount counted, String view) {
        return counted.batchRows(Watermarks.NONE).stream()
                .filter(row -> row.view().equals(view))
                .toList();
    }

    private List<Object> asked(String sql) {
        var values = new ArrayList<Object>();
        for (Row row : spark.session().sql(sql).collectAsList()) {
            values.add(row.get(0));
        }
        return values;
    }
}
