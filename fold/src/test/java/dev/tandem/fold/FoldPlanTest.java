package dev.tandem.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.Made.Message;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldPlanTest {
    @Nested
    class TheReach {
        @Test
        void isTheLongestWindowOrTheHorizon() {
            assertThat(Made.plan(1, Made.MINUTE, Made.TUMBLING).reachMicros()).isEqualTo(5 * Made.MINUTE);
        }

        @Test
        void isEverythingWhereNoKeyIsForgotten() {
            assertThat(Made.plan(1, Made.FOREVER, Made.TUMBLING).reachMicros()).isEqualTo(Long.MAX_VALUE);
        }

        @Test
        void isEverythingWhereAViewIsNeverCut() {
            assertThat(Made.plan(1, 1, Made.TUMBLING, Made.GLOBAL).reachMicros())
                    .isEqualTo(Long.MAX_VALUE);
        }

        /** Was a second too short, so that a restart forgot keys that the stream still knew. */
        @ParameterizedTest
        @ValueSource(longs = {0, 1, 499_999, 500_000, 999_999})
        void coversEveryKeyThatIsRemembered(long micros) {
            var plan = Made.plan(Made.MINUTE, 10 * Made.MINUTE, Made.TUMBLING);
            var fold = new StreamFold(plan);
            fold.apply(Made.records(plan, Message.of("a", 0, "java"), Message.of("b", 100, "java")));
            fold.closeUntil(Made.NOON + plan.reachMicros() + micros);
            assertThat(fold.apply(Made.records(plan, Message.of("a", 0, "java")))
                            .duplicates())
                    .isEmpty();
        }

        @Test
        void isTheForgettingsGrainWhereNothingIsRemembered() {
            assertThat(Made.plan(1, 0).reachMicros()).isEqualTo(2_000_000L);
        }
    }

    @Nested
    class ItsShapes {
        @Test
        void areTheGroupedViewsBeforeTheLists() {
            assertThat(Made.plan(1, 1, Made.TUMBLING, Made.GLOBAL).shapes())
                    .extracting(Shape::name)
                    .containsExactly("view0", "view1", "best0", "best1");
        }

        @Test
        void giveAListItsRankAndTheColumnsOfTheView() {
            assertThat(Made.plan(1, 1, Made.TUMBLING).shapes().get(1).keys())
                    .extracting(Shape.Column::name)
                    .containsExactly("rank");
        }
    }
}
