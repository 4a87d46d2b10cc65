package dev.tandem.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DisorderTest {

    private static final Duration BOUND = Duration.ofSeconds(5);

    private final Feed ordered = Made.feed(3_000, FaultPlan.none());

    @Nested
    class ADisorderedFeed extends FeedContract {
        @Override
        protected Feed feed() {
            return new Disorder(BOUND, 7).of(ordered);
        }

        @Test
        void isAPermutation() {
            assertThat(events(feed()))
                    .isNotEqualTo(events(ordered))
                    .containsExactlyInAnyOrderElementsOf(events(ordered));
        }

        @Test
        void dependsOnTheSeed() {
            assertThat(events(feed())).isNotEqualTo(events(new Disorder(BOUND, 8).of(ordered)));
        }

        @Test
        void isNeverLaterThanTheBound() {
            var highest = Instant.MIN;
            for (var sent : Made.records(feed())) {
                var time = sent.eventTime().orElseThrow();
                assertThat(time.plus(BOUND)).isAfter(highest);
                highest = time.isAfter(highest) ? time : highest;
            }
        }
    }

    @Test
    void ofNothingChangesNothing() {
        assertThat(events(new Disorder(Duration.ZERO, 7).of(ordered))).isEqualTo(events(ordered));
    }

    @Test
    void keepsTheDelayOfALateRecord() {
        var late = Made.feed(100, FaultPlan.none().withLate(1, Duration.ofMinutes(1), Duration.ofMinutes(1)));

        assertThat(Made.records(new Disorder(BOUND, 7).of(late)))
                .allSatisfy(sent -> assertThat(sent.delay().orElseThrow())
                        .isBetween(Duration.ofMinutes(1), Duration.ofMinutes(1).plus(BOUND)));
    }

    private static List<Long> events(Feed feed) {
        return Made.records(feed).stream().map(FeedRecord::event).toList();
    }
}
