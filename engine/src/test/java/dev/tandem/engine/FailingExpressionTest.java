package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.batch.BatchRun;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record on which an expression fails must not end a stream: it would end it again at every restart. */
class FailingExpressionTest {
    private static final String DEFINITION = """
            pipeline: points
            time: { event: at }
            source: { kafka: points, land: { table: points_raw, in: sqlite } }
            schema: who STRING, left INT, right INT, at TIMESTAMP
            steps:
              - set: { both: left + right }
              - watermark: { delay: 1 minute }
            views:
              sums: { by: [who], measures: { total: sum(both) } }
            outputs:
              - { view: sums, table: "${mode}_sums", in: sqlite }
            """;

    @TempDir
    static Path scratch;

    private static SparkRuntime spark;
    private static BatchRun batch;

    @BeforeAll
    static void countOnce() {
        spark = SparkRuntime.open("local[2]", scratch);
        var log = LogInMemory.of(Map.of(1, List.of(point(1, 2), point(Integer.MAX_VALUE, 1), point(3, 4))));
        batch = BatchRun.of(
                spark,
                Compiled.of(DefinitionReader.parse(DEFINITION, "points"), spark),
                new BatchRun.Over(log, log.end(), Watermarks.NONE));
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    private static String point(int left, int right) {
        return "{\"who\":\"a\",\"left\":%d,\"right\":%d,\"at\":\"2026-01-01T00:00:00Z\"}".formatted(left, right);
    }

    @Test
    void quarantinesTheRecordThatOverflows() {
        assertThat(batch.reasons()).containsExactly(Map.entry("expression_failed", 1L));
    }

    @Test
    void countsTheOthers() {
        assertThat(batch.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.measures()).containsExactly(10L));
    }
}
