package dev.tandem.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.LogInSlices;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.reading.DefinitionReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * An expression with a lambda keeps the variable's value in itself: two tasks that shared one counted each other's tags and the
 * averages came out wrong, now and then.
 */
class ParallelTasksTest {
    private static final int TWEETS = 8_000;
    private static final int TAGS = 7;

    @TempDir
    static Path scratch;

    private static SparkRuntime spark;
    private static LandedLog log;
    private static EndOffsets end;

    @BeforeAll
    static void land() {
        spark = SparkRuntime.open("local[4]", scratch);
        var tweets = new ArrayList<String>();
        for (int number = 0; number < TWEETS; number++) {
            tweets.add(tweet(number));
        }
        var inSlices = LogInSlices.of(tweets, 8);
        log = inSlices;
        end = inSlices.end();
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    /** Tweet n has the tag of n twice, once as it is and once in need of cleaning, and that of n + 1 once. */
    private static String tweet(int number) {
        return "{\"tweet_id\":\"id-%d\",\"user_id\":\"u\",\"text\":\"\",\"hashtags\":[\"tag%d\",\" TAG%d\",\"Tag%d\"],\"likes\":%d,\"retweets\":1,\"created_at\":\"2026-01-01T00:05:00Z\"}"
                .formatted(number, number % TAGS, number % TAGS, (number + 1) % TAGS, number % TAGS);
    }

    /** Tweets, mentions and the average of likes by tag, in plain Java. */
    private static Map<String, List<Object>> sums() {
        var sums = new TreeMap<String, List<Object>>();
        for (int tag = 0; tag < TAGS; tag++) {
            long own = countOf(tag);
            int before = (tag + TAGS - 1) % TAGS;
            long fromBefore = countOf(before);
            var likes = BigDecimal.valueOf(own * tag + fromBefore * before)
                    .divide(BigDecimal.valueOf(own + fromBefore), 6, RoundingMode.HALF_UP);
            sums.put("tag" + tag, List.of(own + fromBefore, 2 * own + fromBefore, likes));
        }
        return sums;
    }

    private static long countOf(int remainder) {
        return ((long) TWEETS - remainder + TAGS - 1) / TAGS;
    }

    @RepeatedTest(3)
    void countEachTheirOwnRecords() {
        var pipeline = DefinitionReader.read(Path.of("../pipelines/tweets/pipeline.yaml"), "tweets");
        var counted = new TreeMap<String, List<Object>>();
        var over = new BatchRun.Over(log, end, Watermarks.NONE);
        try (var batch = BatchRun.of(spark, Compiled.of(pipeline, spark), over)) {
            batch.rows("window_stats")
                    .forEach(row -> counted.put(
                            String.valueOf(row.key().get(0)),
                            List.copyOf(row.measures().subList(0, 3))));
        }
        assertThat(counted).isEqualTo(sums());
    }
}
