package dev.tandem.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.LogInMemory;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchRunTest {
    private static final List<String> TWEETS = List.of(
            tweet("a", "00:05:00", "\"Kafka\", \" kafka \", \"Spark\"", 3),
            tweet("b", "00:06:00", "\"spark\"", 4),
            tweet("a", "00:05:00", "\"Kafka\", \" kafka \", \"Spark\"", 3),
            tweet("", "00:07:00", "", 0),
            "{\"tweet_id\": 7}",
            "not json",
            "{\"tweet_id\":\"f\",\"created_at\":\"2036-01-01T00:00:00Z\",\"hashtags\":[]}");

    @TempDir
    static Path scratch;

    private static SparkRuntime spark;
    private static BatchRun batch;

    private static String tweet(String id, String time, String tags, int likes) {
        return "{\"tweet_id\":\"%s\",\"user_id\":\"u\",\"text\":\"t\",\"hashtags\":[%s],\"likes\":%d,\"retweets\":0,\"created_at\":\"2026-01-01T%sZ\"}"
                .formatted(id, tags, likes, time);
    }

    @BeforeAll
    static void countOnce() {
        spark = SparkRuntime.open("local[2]", scratch);
        var pipeline = DefinitionReader.read(Path.of("../pipelines/tweets/pipeline.yaml"), "tweets");
        var log = LogInMemory.of(Map.of(1, TWEETS));
        batch = BatchRun.of(spark, Compiled.of(pipeline, spark), new BatchRun.Over(log, log.end(), Watermarks.NONE));
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @Test
    void knowsTheFateOfEachRecord() {
        assertThat(batch.fates().read()).isEqualTo(7);
        assertThat(batch.fates().accepted()).isEqualTo(2);
        assertThat(batch.fates().duplicate()).isEqualTo(1);
        assertThat(batch.reasons())
                .containsExactlyInAnyOrderEntriesOf(Map.of("malformed", 2L, "missing_id", 1L, "future_dated", 1L));
    }

    @Test
    void cleansAndCountsTagsPerWindow() {
        assertThat(rows("window_stats"))
                .extracting(row -> row.key().get(0) + " " + row.measures().subList(0, 2))
                .containsExactlyInAnyOrder("kafka [1, 2]", "spark [2, 2]");
    }

    @Test
    void ranksTiesByName() {
        assertThat(rows("top_hashtags"))
                .extracting(row -> row.key().get(0) + " " + row.measures().get(0))
                .containsExactly("1 kafka", "2 spark");
    }

    private static List<ResultRow> rows(String view) {
        return batch.rows().filter(row -> row.view().equals(view)).toList();
    }
}
