package dev.tandem.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ActivityOracleTest {
    private static final long ARRIVED = Instant.parse("2026-01-01T13:00:00Z").toEpochMilli();

    private static String event(String time, String user, String page, String type) {
        return "{\"event_time\":\"2026-01-01T%sZ\",\"user_id\":\"%s\",\"page_url\":\"%s\",\"event_type\":\"%s\"}"
                .formatted(time, user, page, type);
    }

    private static ActivityOracle over(String... events) {
        return ActivityOracle.over(LogRecord.ofLines(List.of(events), ARRIVED));
    }

    private static ActivityOracle small() {
        return over(
                event("12:00:59.999", "a", "/home", "page_view"),
                event("12:00:00", "b", "/home", "page_view"),
                event("12:01:00", "a", "/home", "page_view"),
                event("12:01:00", "a", "/cart", "click"),
                event("12:00:10", "a", "/", "session_start"),
                event("12:30:09.999", "a", "/", "session_end"),
                event("13:00:09.999", "a", "/", "session_end"),
                event("13:00:20", "a", "/", "session_start"),
                event("12:00:10", "c", "/", "session_start"),
                event("12:00:10", "c", "/", "jump"),
                event("12:00:10", " ", "/", "click"),
                event("13:01:00.001", "c", "/", "click"),
                "{\"event_time\":\"yesterday\"}");
    }

    @Nested
    class ByHand {
        @Test
        void countPageViewsByTheMinute() {
            try (var oracle = small()) {
                assertThat(oracle.expected(ActivityView.PAGE_VIEW_COUNTS, Side.BATCH)
                                .told())
                        .containsExactlyInAnyOrder(
                                "2026-01-01 12:00:00.0|2026-01-01 12:01:00.0|/home|2",
                                "2026-01-01 12:01:00.0|2026-01-01 12:02:00.0|/home|1");
            }
        }

        @Test
        void countEachUserOncePerSlidingWindow() {
            try (var oracle = small()) {
                assertThat(oracle.expected(ActivityView.ACTIVE_USERS, Side.BATCH)
                                .told())
                        .contains(
                                "2026-01-01 11:56:00.0|2026-01-01 12:01:00.0|3",
                                "2026-01-01 12:00:00.0|2026-01-01 12:05:00.0|3",
                                "2026-01-01 12:01:00.0|2026-01-01 12:06:00.0|1")
                        .hasSize(6 + 5 + 5);
            }
        }

        /** A pause of 30:00.000 starts a session anew; the second one ends before it starts: 10.001 s, cut to 10. */
        @Test
        void startASessionAnewAfterExactlyTheGap() {
            try (var oracle = small()) {
                assertThat(oracle.expected(ActivityView.USER_SESSIONS, Side.BATCH)
                                .told())
                        .containsExactlyInAnyOrder(
                                "a|2026-01-01 12:00:10.0|2026-01-01 12:30:09.999|1799",
                                "a|2026-01-01 13:00:20.0|2026-01-01 13:00:09.999|-10");
            }
        }

        @Test
        void tellWhatBecameOfEachEvent() {
            try (var oracle = small()) {
                assertThat(oracle.fates())
                        .isEqualTo(Map.of(
                                "counted",
                                9L,
                                "known_type",
                                1L,
                                "future_dated",
                                1L,
                                "malformed",
                                1L,
                                "missing_user",
                                1L));
            }
        }

        @Test
        void leaveOutOnlyTheSlidingWindowsThatHadClosed() {
            try (var oracle = over(
                    event("12:10:00", "a", "/", "click"),
                    event("12:10:00", "a", "/", "click"),
                    event("12:04:30", "b", "/", "click"))) {
                oracle.cutInto(
                        List.of(new MicroBatch(1, 0, 0, 1), new MicroBatch(2, 0, 1, 2), new MicroBatch(3, 0, 2, 3)),
                        Duration.ofMinutes(2));
                assertThat(oracle.expected(ActivityView.ACTIVE_USERS, Side.STREAM)
                                .told())
                        .hasSize(5 + 1)
                        .contains("2026-01-01 12:04:00.0|2026-01-01 12:09:00.0|1");
                assertThatThrownBy(() -> oracle.expected(ActivityView.USER_SESSIONS, Side.STREAM))
                        .hasMessageStartingWith("Cannot tell the sessions of a stream");
            }
        }
    }

    @Nested
    class Promises extends OracleContract<ActivityView> {
        Promises() {
            super(small(), ActivityView.class, 13);
        }
    }
}
