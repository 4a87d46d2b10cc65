package dev.tandem.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.fold.Changes.Late;
import dev.tandem.fold.Made.Message;
import dev.tandem.fold.ResultRow.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StreamFoldTest {
    private static final long DELAY = 2 * Made.MINUTE;

    private final FoldPlan plan = Made.plan(DELAY, 10 * Made.MINUTE, Made.TUMBLING);
    private final StreamFold fold = new StreamFold(plan);
    private long position;

    @Nested
    class ARecord {
        @Test
        void isCountedUnderItsTag() {
            var changes = take(Message.of("a", 1, "java"), Message.of("b", 2, "java"), Message.of("c", 3, "Java"));
            assertThat(rows(changes, "view0"))
                    .extracting(ResultRow::key, ResultRow::events)
                    .containsExactlyInAnyOrder(tuple(List.of("java"), 2L), tuple(List.of("Java"), 1L));
        }

        @Test
        void withoutATagIsARowOfItsOwn() {
            assertThat(rows(take(Message.of("a", 1, null)), "view0"))
                    .extracting(ResultRow::key)
                    .containsExactly(Arrays.asList((Object) null));
        }

        @Test
        void atTheEndOfAWindowIsInTheNextOne() {
            assertThat(rows(take(Message.of("a", 5, "java")), "view0"))
                    .extracting(ResultRow::window)
                    .containsExactly(Made.span(5, 10));
        }

        @Test
        void leftOutIsFiltered() {
            assertThat(take(Message.of("a", 1, "java").leftOut()).total()).isEqualTo(new Fates(1, 0, 0, 0, 0, 1, 0, 0));
        }

        @Test
        void leftOutMovesTheWatermark() {
            take(Message.of("a", 20, "java").leftOut());
            assertThat(take().watermarks().close()).isEqualTo(Made.NOON + 18 * Made.MINUTE);
        }

        @Test
        void isLandedUnlessBrokenOrSeen() {
            var changes = take(
                    Message.of("a", 1, "java"),
                    Message.of("a", 1, "java"),
                    Message.of("b", 1, "java").broken(),
                    Message.of("c", 1, "java").leftOut());
            assertThat(changes.landed()).extracting(it -> it.at().position()).containsExactly(0L, 3L);
        }

        @Test
        void waitsUntilItsWindowCloses() {
            assertThat(take(Message.of("a", 1, "java"), Message.of("b", 7, "java"))
                            .waiting())
                    .isEqualTo(2);
            assertThat(take().waiting()).isEqualTo(1);
        }

        /** Was said to wait for the windows of views that it is not in. */
        @Test
        void withoutTagsWaitsForNothing() {
            var silent = new Message("a", Made.NOON, List.of(), 1, true, true);
            assertThat(take(silent).waiting()).isZero();
        }
    }

    @Nested
    class QuarantinedRecords {
        @Test
        void areKeptWithTheirReason() {
            assertThat(take(Message.of("a", 1, "java").broken()).quarantined())
                    .extracting(it -> it.rejection().orElseThrow().reason())
                    .containsExactly("broken");
        }

        @Test
        void neverMoveTheWatermark() {
            take(Message.of("a", 1, "java"));
            take(Message.of("b", 1_000_000, "java").broken());
            assertThat(take().watermarks().close()).isEqualTo(Made.NOON - Made.MINUTE);
        }

        @Test
        void areNotRemembered() {
            take(Message.of("a", 1, "java").broken());
            assertThat(take(Message.of("a", 1, "java")).total().accepted()).isOne();
        }
    }

    @Nested
    class AWindow {
        @Test
        void closesInTheFirstMicroBatchAfterTheWatermarkReachedItsEnd() {
            take(Message.of("a", 1, "java"));
            assertThat(take(Message.of("b", 7, "java")).closed()).isEmpty();
            assertThat(take().closed()).containsExactly(Made.span(0, 5));
        }

        @Test
        void staysOpenAMicrosecondBefore() {
            take(
                    Message.of("a", 1, "java"),
                    new Message("b", Made.NOON + 7 * Made.MINUTE - 1, List.of(), 1, true, true));
            assertThat(take().closed()).isEmpty();
        }

        @Test
        void takesRecordsInTheMicroBatchThatClosesIt() {
            take(Message.of("a", 1, "java"), Message.of("b", 7, "spark"));
            assertThat(rows(take(Message.of("c", 1, "java")), "view0"))
                    .extracting(ResultRow::status, ResultRow::events)
                    .containsExactly(tuple(Status.CLOSED, 2L));
        }

        @Test
        void refusesRecordsOfTheNextMicroBatch() {
            take(Message.of("a", 1, "java"), Message.of("b", 7, "spark"));
            take();
            var changes = take(Message.of("c", 1, "java"));
            assertThat(changes.late())
                    .extracting(Late::at, Late::view, Late::window, Late::whole)
                    .containsExactly(tuple(changes.landed().get(0).at(), "view0", Made.span(0, 5), true));
        }

        @Test
        void refusesNothingInTheMicroBatchThatMovesTheWatermark() {
            take(Message.of("a", 20, "java"), Message.of("b", 1, "java"));
            assertThat(take(Message.of("c", 1, "java")).late()).isEmpty();
        }

        @Test
        void isWrittenOnceMoreWhenItCloses() {
            take(Message.of("a", 1, "java"), Message.of("b", 7, "spark"));
            assertThat(rows(take(), "view0"))
                    .extracting(ResultRow::status, ResultRow::revision)
                    .containsExactly(tuple(Status.CLOSED, 2));
        }

        @Test
        void overEverythingNeverCloses() {
            var everything = new StreamFold(Made.plan(DELAY, Made.FOREVER, Made.GLOBAL));
            everything.apply(Made.records(Made.plan(DELAY, Made.FOREVER, Made.GLOBAL), Message.of("a", 1, "java")));
            assertThat(everything.closeAll().closed()).isEmpty();
        }
    }

    @Nested
    class ALateRecord {
        private final FoldPlan sliding = Made.plan(DELAY, Made.FOREVER, Made.SLIDING);
        private final StreamFold slidingFold = new StreamFold(sliding);

        @Test
        void isLateWhereNoWindowTookIt() {
            assertThat(late(1).total()).isEqualTo(new Fates(1, 0, 0, 0, 1, 0, 0, 0));
        }

        @Test
        void isAcceptedInPartWhereSomeWindowsTookIt() {
            assertThat(late(5).total()).isEqualTo(new Fates(1, 1, 0, 0, 0, 0, 0, 1));
        }

        @Test
        void isListedForEachWindowThatRefusedIt() {
            assertThat(late(5).late())
                    .extracting(Late::window, Late::whole)
                    .containsExactly(tuple(Made.span(0, 6), false), tuple(Made.span(2, 8), false));
        }

        @Test
        void isRememberedAsSeen() {
            late(1);
            var copies = Made.records(sliding, Message.of("late", 1, "java"));
            assertThat(slidingFold.apply(copies).duplicates()).hasSize(1);
        }

        /** A record at {@code minute} after the watermark reached minute 8 and all before it was closed. */
        private Changes late(double minute) {
            slidingFold.apply(Made.records(sliding, Message.of("a", 10, "java")));
            slidingFold.apply(List.of());
            return slidingFold.apply(Made.records(sliding, Message.of("late", minute, "java")));
        }
    }

    @Nested
    class ADuplicate {
        @Test
        void isToldWithWhereTheFirstStands() {
            take(Message.of("a", 1, "java"));
            assertThat(take(Message.of("a", 1, "java")).duplicates())
                    .extracting(Changes.Duplicate::of)
                    .containsExactly(new Coordinates(0, 0));
        }

        @Test
        void isFoundUntilTheWatermarkIsTheHorizonPastIt() {
            take(Message.of("a", 1, "java"), Message.of("b", 13, "java"));
            take();
            assertThat(take(Message.of("a", 12, "java")).duplicates()).hasSize(1);
        }

        @Test
        void isCountedAgainAfterwards() {
            take(Message.of("a", 1, "java"), Message.of("b", 13.1, "java"));
            take();
            assertThat(take(Message.of("a", 12, "java")).total().accepted()).isOne();
        }

        @Test
        void isFoundAgainAfterItWasCountedAgain() {
            take(Message.of("a", 1, "java"), Message.of("b", 13.1, "java"));
            take();
            take(Message.of("a", 12, "java"));
            assertThat(take(Message.of("a", 12, "java")).duplicates()).hasSize(1);
        }
    }

    @Nested
    class ATopList {
        @Test
        void ranksTheMostLikedFirst() {
            take(liked("spark", 5), liked("java", 7), liked("sql", 3), liked("c", 1));
            assertThat(ranks(fold.closeAll())).containsExactly(entry(1, "java"), entry(2, "spark"), entry(3, "sql"));
        }

        @Test
        void breaksTiesByTheKey() {
            take(liked("b", 5), liked("a", 5), liked("C", 5), liked("d", 5));
            assertThat(ranks(fold.closeAll())).containsExactly(entry(1, "C"), entry(2, "a"), entry(3, "b"));
        }

        @Test
        void breaksTiesWithNoTagFirst() {
            take(liked("a", 5), new Message("x", Made.NOON, Arrays.asList((String) null), 5, true, true));
            assertThat(rows(fold.closeAll(), "best0").get(0).measures().get(0)).isNull();
        }

        @Test
        void writesOnlyTheRanksThatChanged() {
            take(liked("java", 7), liked("spark", 5));
            assertThat(ranks(take(liked("spark", 1)))).containsExactly(entry(2, "spark"));
        }

        @Test
        void countsRevisionsByRank() {
            take(liked("java", 7), liked("spark", 5));
            take(liked("spark", 1));
            assertThat(rows(fold.closeAll(), "best0"))
                    .extracting(ResultRow::revision)
                    .containsExactly(2, 3);
        }

        private Message liked(String tag, int likes) {
            return Message.of(tag + position + "-" + likes, 1, tag).liked(likes);
        }

        private List<Map.Entry<Object, Object>> ranks(Changes changes) {
            var ranks = new ArrayList<Map.Entry<Object, Object>>();
            for (var row : rows(changes, "best0")) {
                ranks.add(entry(row.key().get(0), row.measures().get(0)));
            }
            return ranks;
        }

        private static Map.Entry<Object, Object> entry(@Nullable Object rank, @Nullable Object tag) {
            return Map.entry(String.valueOf(rank), String.valueOf(tag));
        }
    }

    @Nested
    class ARevision {
        @Test
        void isOneMoreEachTimeARowIsWritten() {
            take(Message.of("a", 1, "java"));
            take(Message.of("b", 1, "java"));
            assertThat(rows(take(Message.of("c", 1, "java")), "view0"))
                    .extracting(ResultRow::revision)
                    .containsExactly(3);
        }

        @Test
        void staysWhereNothingChanged() {
            take(Message.of("a", 1, "java"));
            take(Message.of("b", 1, "spark"));
            assertThat(rows(fold.closeAll(), "view0"))
                    .extracting(ResultRow::revision)
                    .containsOnly(2);
        }
    }

    @Nested
    class Closing {
        @Test
        void allClosesWhateverIsOpen() {
            take(Message.of("a", 1, "java"), Message.of("b", 33, "java"));
            assertThat(fold.closeAll().closed()).containsExactlyInAnyOrder(Made.span(0, 5), Made.span(30, 35));
        }

        @Test
        void allLeavesNothingOpenOrWaiting() {
            take(Message.of("a", 1, "java"));
            assertThat(fold.closeAll().waiting()).isZero();
            assertThat(fold.anyOpen()).isFalse();
        }

        @Test
        void untilAMomentClosesWhatEndsByThen() {
            take(Message.of("a", 1, "java"), Message.of("b", 5, "java"));
            assertThat(fold.closeUntil(Made.NOON + 5 * Made.MINUTE).closed()).containsExactly(Made.span(0, 5));
        }

        @Test
        void untilAnEarlierMomentMovesNothingBack() {
            take(Message.of("a", 20, "java"));
            take();
            assertThat(fold.closeUntil(Made.NOON).watermarks().close()).isEqualTo(Made.NOON + 18 * Made.MINUTE);
        }

        @Test
        void countsAsAMicroBatch() {
            fold.closeAll();
            assertThat(fold.closeUntil(0).number()).isEqualTo(2);
        }

        @Test
        void refusesWhatComesAfterwards() {
            take(Message.of("a", 1, "java"));
            fold.closeAll();
            assertThat(take(Message.of("b", 1, "java")).total().late()).isOne();
        }
    }

    @Nested
    class TheFates {
        @Test
        void areKeptByPartition() {
            assertThat(take(Message.of("a", 1, "java"), Message.of("a", 1, "java"))
                            .fates())
                    .isEqualTo(Map.of(0, new Fates(1, 1, 0, 0, 0, 0, 0, 0), 1, new Fates(1, 0, 0, 1, 0, 0, 0, 0)));
        }

        @Test
        void balanceOrStopTheRun() {
            assertThatThrownBy(() -> new Fates(3, 1, 0, 0, 1, 0, 0, 0).requireBalance("micro-batch 7"))
                    .hasMessageStartingWith("Cannot go on after micro-batch 7: read 3 records but know the fate of 2 (")
                    .hasMessageEndingWith("); this is a defect in Tandem, nothing was committed");
        }

        @Test
        void takeTheWaitingOutOfTheCounted() {
            assertThat(new Fates(9, 5, 1, 1, 1, 1, 0, 0).byWord(2))
                    .containsEntry("counted", 3L)
                    .containsEntry("waiting", 2L);
        }
    }

    private Changes take(Message... messages) {
        var records = new ArrayList<Prepared>();
        for (var message : messages) {
            records.add(message.at(position++, plan));
        }
        return fold.apply(records);
    }

    private static List<ResultRow> rows(Changes changes, String view) {
        return changes.rows().stream().filter(row -> row.view().equals(view)).toList();
    }
}
