package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How a demo's feed is played and where its micro-batches end. */
class LivePlanTest {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    @Nested
    class APlan {
        @Test
        void ofManyEventsHasSixtyFineMicroBatches() {
            var plan = LivePlan.of(60_000, Duration.ofMillis(120), TWO_MINUTES, OptionalDouble.empty());
            assertThat(plan.perSecond()).isEqualTo(4_000);
            assertThat(plan.sizes()).isEqualTo(new FeedCuts.Sizes(1_000, 8_000, 24_000));
        }

        /** Three tenths of two minutes have 36 events of a second each. */
        @Test
        void ofFewEventsCutsWithinTheDelay() {
            var plan = LivePlan.of(7_200, Duration.ofSeconds(1), TWO_MINUTES, OptionalDouble.empty());
            assertThat(plan.perSecond()).isEqualTo(480);
            assertThat(plan.sizes().fine()).isEqualTo(36);
        }

        /** Three tenths of half an hour are 540 events; a sixtieth of all are 100. */
        @Test
        void ofFewEventsHasSixtyMicroBatchesWhereTheDelayIsLong() {
            var plan = LivePlan.of(6_000, Duration.ofSeconds(1), Duration.ofMinutes(30), OptionalDouble.empty());
            assertThat(plan.perSecond()).isEqualTo(400);
            assertThat(plan.sizes().fine()).isEqualTo(100);
        }

        @Test
        void ofASlowFeedLetsNoRecordWaitLongerThanHalfASecond() {
            var plan = LivePlan.of(100_000, Duration.ofMillis(72), TWO_MINUTES, OptionalDouble.of(100));
            assertThat(plan.perSecond()).isEqualTo(100);
            assertThat(plan.sizes().fine()).isEqualTo(50);
        }
    }

    @Nested
    class TheCuts {
        /** Twice 20, then 5 at a time; of 47 records two of three go to partition 0. */
        private static final List<Map<Integer, Long>> PLANNED =
                List.of(Map.of(0, 14L, 1, 6L), Map.of(0, 27L, 1, 13L), Map.of(0, 30L, 1, 15L), Map.of(0, 32L, 1, 15L));

        @Test
        void areThoseOfTheFeedsOrderHoweverFarItIs() {
            for (int askEvery : new int[] {1, 3, 47}) {
                assertThat(cuts(askEvery))
                        .as("asked every %d records", askEvery)
                        .isEqualTo(PLANNED);
            }
        }

        private static List<Map<Integer, Long>> cuts(int askEvery) {
            var plan = new FeedCuts(new FeedCuts.Sizes(5, 20, 40));
            var cuts = new ArrayList<>(List.of(Map.of(0, 0L, 1, 0L)));
            LongStream.rangeClosed(1, 47).forEach(records -> {
                plan.after(records, ends(records));
                if (records % askEvery == 0) {
                    plan.after(cuts.get(cuts.size() - 1)).ifPresent(cuts::add);
                }
            });
            plan.ended(ends(47));
            for (var next = plan.after(cuts.get(cuts.size() - 1));
                    next.isPresent();
                    next = plan.after(cuts.get(cuts.size() - 1))) {
                cuts.add(next.get());
            }
            return cuts.subList(1, cuts.size());
        }

        private static Map<Integer, Long> ends(long records) {
            return Map.of(0, records - records / 3, 1, records / 3);
        }
    }
}
