package dev.tandem.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.fold.Made.Message;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.fold.recount.Recount;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.model.View;
import dev.tandem.model.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Sessions with a gap of 5 minutes, and a delay of 2. */
class SessionTest {
    private static final FoldPlan PLAN =
            Made.plan(2 * Made.MINUTE, Made.FOREVER, new Window.Session(Duration.ofMinutes(5)));

    private final StreamFold fold = new StreamFold(PLAN);
    private final List<Changes> all = new ArrayList<>();
    private final List<List<Prepared>> cut = new ArrayList<>();
    private long position;

    @Nested
    class ASession {
        @Test
        void lastsUntilTheGapAfterItsLastEvent() {
            assertThat(take(at("a", 1), at("b", 4)).rows())
                    .extracting(ResultRow::window, ResultRow::events)
                    .containsExactly(tuple(Made.span(1, 9), 2L));
        }

        @Test
        void leavesAnEventAtItsEndToTheNextOne() {
            assertThat(take(at("a", 1), at("b", 6)).rows())
                    .extracting(ResultRow::window)
                    .containsExactlyInAnyOrder(Made.span(1, 6), Made.span(6, 11));
        }

        @Test
        void isEachKeysOwn() {
            assertThat(take(at("a", 1), Message.of("b", 4, "spark")).rows())
                    .extracting(ResultRow::window)
                    .containsExactlyInAnyOrder(Made.span(1, 6), Made.span(4, 9));
        }

        @Test
        void thatGrowsTakesThePlaceOfItsOldRow() {
            take(at("a", 1));
            var changes = take(at("b", 4));
            assertThat(changes.gone()).containsExactly(new ResultRow.Id("view0", Made.span(1, 6), List.of("java")));
            assertThat(changes.rows()).extracting(ResultRow::revision).containsExactly(2);
        }

        @Test
        void meetsAnotherOneThroughAnEventBetween() {
            take(at("a", 1), at("b", 9));
            var changes = take(at("c", 5));
            assertThat(changes.gone()).hasSize(2);
            assertThat(changes.rows())
                    .extracting(ResultRow::window, ResultRow::events)
                    .containsExactly(tuple(Made.span(1, 14), 3L));
        }

        @Test
        void closesWhenTheWatermarkReachesItsEnd() {
            take(at("a", 1), at("b", 8));
            assertThat(take().rows())
                    .extracting(ResultRow::window, ResultRow::status)
                    .containsExactly(tuple(Made.span(1, 6), Status.CLOSED));
        }

        @Test
        void keepsItsRecordsWaitingUntilItCloses() {
            take(at("a", 1), at("b", 4));
            assertThat(take(at("c", 8)).waiting()).isEqualTo(3);
            assertThat(fold.closeAll().waiting()).isZero();
            assertThat(fold.anyOpen()).isFalse();
        }

        @Test
        void isNothingToRank() {
            var top = new View.Top("best", "view0", 3, List.of());
            assertThatThrownBy(() -> new FoldPlan(
                            PLAN.grouped(),
                            PLAN.arguments(),
                            PLAN.derivations(),
                            List.of(Shape.ofTop(top, PLAN.grouped().get(0))),
                            List.of(),
                            PLAN.closedOnly(),
                            false,
                            PLAN.keep(),
                            1,
                            1))
                    .hasMessage(
                            "Cannot rank the rows of 'view0' in 'best': sessions are each key's own, so there is nothing to rank in one of them; rank a view with another window");
        }
    }

    @Nested
    class ALateRecord {
        @Test
        void isRefusedWhereTheSessionItWouldBeAloneHasEnded() {
            take(at("a", 20));
            take();
            assertThat(take(at("b", 12)).total()).isEqualTo(Fates.LATE);
        }

        @Test
        void thatWouldHaveJoinedTwoSessionsIsTheirBridge() {
            take(at("a", 1), at("b", 9), at("c", 30));
            take();
            take(at("late", 5));
            assertThat(deviations(1, 6)).contains(Deviation.LATE, Deviation.SESSION_BRIDGE);
            assertThat(deviations(1, 14)).contains(Deviation.LATE, Deviation.SESSION_BRIDGE);
        }

        @Test
        void inTimeForItselfStandsApartFromTheClosedSession() {
            take(at("a", 1), Message.of("other", 9, "spark"));
            take();
            assertThat(take(at("b", 5)).total()).isEqualTo(Fates.ACCEPTED);
            assertThat(deviations(5, 10)).containsExactly(Deviation.SESSION_BRIDGE);
            assertThat(deviations(1, 6)).containsExactly(Deviation.SESSION_BRIDGE);
        }
    }

    private List<Deviation> deviations(double from, double until) {
        var ledger = new HashMap<Long, Watermarks>();
        all.forEach(it -> ledger.put(it.number(), it.watermarks()));
        var recount = Recount.ofBoth(PLAN, ledger);
        for (int index = 0; index < cut.size(); index++) {
            for (var record : cut.get(index)) {
                recount.take(record, index + 1L, Landed.As.KEPT);
            }
        }
        return List.copyOf(recount.deviations("view0", Made.span(from, until), List.of("java"))
                .keySet());
    }

    private static Message at(String id, double minutes) {
        return Message.of(id, minutes, "java");
    }

    private Changes take(Message... messages) {
        var records = new ArrayList<Prepared>();
        for (var message : messages) {
            records.add(message.at(position++, PLAN));
        }
        cut.add(records);
        all.add(fold.apply(records));
        return all.get(all.size() - 1);
    }
}
