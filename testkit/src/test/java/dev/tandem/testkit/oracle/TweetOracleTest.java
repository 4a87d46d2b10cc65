package dev.tandem.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who checks the checker: known results by hand, and results with one thing wrong, each of which it must catch. */
class TweetOracleTest {
    private static final long ARRIVED = Instant.parse("2026-01-01T01:00:00Z").toEpochMilli();

    private static String tweet(String id, String time, String tags, Object likes) {
        return "{\"tweet_id\":\"%s\",\"user_id\":\"u\",\"text\":\"\",\"hashtags\":[%s],\"likes\":%s,\"retweets\":0,\"created_at\":\"2026-01-01T%sZ\"}"
                .formatted(id, tags, likes, time);
    }

    private static TweetOracle over(String... messages) {
        var log = new ArrayList<LogRecord>();
        for (var message : messages) {
            log.add(new LogRecord(0, log.size(), ARRIVED, message.getBytes(StandardCharsets.UTF_8)));
        }
        return TweetOracle.over(log);
    }

    @Nested
    class ByHand {
        @Test
        void countsTagsTheWayAPersonWould() {
            try (var oracle = over(
                    tweet("a", "00:19:59.999", "\"Kafka\",\" kafka \",\"Spark\"", 3),
                    tweet("b", "00:00:00.000", "\"spark\",\" \"", 4),
                    tweet("a", "00:19:59.999", "\"Kafka\",\" kafka \",\"Spark\"", 3),
                    tweet("c", "00:20:00.000", "", "null"))) {
                assertThat(oracle.expected(TweetView.WINDOW_STATS, Side.BATCH).told())
                        .containsExactlyInAnyOrder(
                                "2026-01-01 00:00:00.0|2026-01-01 00:20:00.0|kafka|1|2|3.000000|0.000000",
                                "2026-01-01 00:00:00.0|2026-01-01 00:20:00.0|spark|2|2|3.500000|0.000000");
            }
        }

        /** Was passed over as a record without a time. */
        @Test
        void readsATimeWithoutAFraction() {
            try (var oracle = over(tweet("a", "00:01:00", "", 1), tweet("b", "00:02:00.5", "", 1))) {
                assertThat(oracle.fates()).containsEntry("counted", 2L).doesNotContainKey("missing_time");
            }
        }

        @Test
        void leavesAnAverageOfNothingEmpty() {
            try (var oracle = over(tweet("c", "00:20:00.000", "", "null"))) {
                assertThat(oracle.expected(TweetView.WINDOW_TOTALS, Side.BATCH).told())
                        .containsExactly("2026-01-01 00:20:00.0|2026-01-01 00:40:00.0|1|1|0|0|null|0.000000");
            }
        }

        @Test
        void ranksTiesByName() {
            try (var oracle = over(tweet("a", "00:01:00.000", "\"b\",\"a\",\"c\",\"c\"", 1))) {
                assertThat(oracle.expected(TweetView.TOP_HASHTAGS, Side.BATCH).told())
                        .extracting(row -> row.substring(44, 47))
                        .containsExactlyInAnyOrder("1|c", "2|a", "3|b");
            }
        }

        @Test
        void namesTheRuleThatRefusesARecord() {
            try (var oracle = over(
                    "not json",
                    tweet("a", "00:01:00.000", "", 1) + "}{",
                    tweet("a", "00:01:00.000", "", "\"many\""),
                    tweet(" ", "00:01:00.000", "", 1),
                    tweet("b", "00:01:00.000", "", -1),
                    tweet("c", "01:01:00.001", "", 1),
                    tweet("d", "01:01:00.000", "", 1))) {
                assertThat(oracle.fates())
                        .isEqualTo(Map.of(
                                "malformed",
                                3L,
                                "missing_id",
                                1L,
                                "negative_likes",
                                1L,
                                "future_dated",
                                1L,
                                "counted",
                                1L,
                                "duplicate",
                                0L));
            }
        }

        @Test
        void refusesByTheMarkOfTheMicroBatchBefore() {
            try (var oracle = over(
                    tweet("a", "00:30:00.000", "", 1),
                    tweet("b", "00:01:00.000", "", 1),
                    tweet("c", "00:02:00.000", "", 1))) {
                oracle.cutInto(
                        List.of(new MicroBatch(1, 0, 0, 1), new MicroBatch(2, 0, 1, 2), new MicroBatch(3, 0, 2, 3)),
                        Duration.ofMinutes(2));
                assertThat(oracle.late()).containsExactly("0-2");
            }
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class AgainstMutants {
        private static final int TWEETS = 400;

        private final TweetOracle oracle = many();

        private static TweetOracle many() {
            var random = new SplittableRandom(5);
            var messages = new String[TWEETS];
            for (int number = 0; number < TWEETS; number++) {
                var time = "%02d:%02d:00.000".formatted(number * 3 / TWEETS, random.nextInt(60));
                var tags = "\"t%d\",\"T%d\"".formatted(random.nextInt(9), random.nextInt(30));
                messages[number] =
                        tweet("id-" + number, time, tags, random.nextInt(100)).replace("2026-01-01", "2025-12-31");
            }
            return over(messages);
        }

        @AfterAll
        void close() {
            oracle.close();
        }

        @ParameterizedTest
        @EnumSource
        void findsNothingInACorrectResult(TweetView view) {
            var right = oracle.expected(view, Side.BATCH);
            assertThat(right.cells()).hasSizeGreaterThan(2);
            assertThat(oracle.differences(view, Side.BATCH, right)).isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void catchesEachMutantInEachView(Mutant mutant) {
            for (var view : TweetView.values()) {
                for (long seed = 1; seed <= 3; seed++) {
                    var wrong = mutant.of(oracle.expected(view, Side.BATCH), new SplittableRandom(seed));
                    assertThat(oracle.differences(view, Side.BATCH, wrong))
                            .as("%s in %s, seed %d", mutant, view, seed)
                            .isNotEmpty();
                }
            }
        }
    }
}
