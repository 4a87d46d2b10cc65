package dev.tandem.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.fold.Made.Message;
import dev.tandem.fold.Prepared.Exit;
import dev.tandem.fold.recount.BatchFate;
import dev.tandem.fold.recount.Recount;
import dev.tandem.model.Dedup.Keep;
import dev.tandem.model.FieldType;
import dev.tandem.model.Measure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Dedup that keeps the last copy, and records that are led out before and after it. */
class LastCopyTest {
    private final FoldPlan plan = Made.plan(Keep.LAST, 2 * Made.MINUTE, Made.FOREVER, Made.TUMBLING);
    private final StreamFold fold = new StreamFold(plan);
    private long position;

    @Nested
    class ALaterCopy {
        @Test
        void takesThePlaceOfTheEarlierOne() {
            take(Message.of("a", 1, "java").liked(3));
            assertThat(take(Message.of("a", 1, "java").liked(5)).rows())
                    .filteredOn(row -> row.view().equals("view0"))
                    .extracting(row -> row.measures().get(1), ResultRow::events, ResultRow::revision)
                    .containsExactly(tuple(5L, 1L, 2));
        }

        @Test
        void isADuplicateThatIsLandedAndAnEvent() {
            take(Message.of("a", 1, "java"));
            var changes = take(Message.of("a", 1, "java"));
            assertThat(changes.total()).isEqualTo(Fates.DUPLICATE);
            assertThat(changes.duplicates()).isEmpty();
            assertThat(changes.landed()).hasSize(1).isEqualTo(changes.events());
        }

        @Test
        void leavesNoRowWhereNothingIsLeft() {
            take(Message.of("a", 1, "java"));
            assertThat(take(Message.of("a", 1, "spark")).gone())
                    .extracting(ResultRow.Id::view, ResultRow.Id::key)
                    .containsExactly(tuple("view0", List.of("java")));
        }

        @Test
        void changesNoWindowThatHasClosed() {
            take(Message.of("a", 1, "java"), Message.of("b", 20, "java"));
            take();
            assertThat(take(Message.of("a", 20, "spark")).rows())
                    .filteredOn(row -> row.view().equals("view0"))
                    .extracting(ResultRow::window)
                    .containsExactly(Made.span(20, 25));
        }
    }

    @Nested
    class AnApproximateMeasure {
        @Test
        void isRefused() {
            var arguments = List.of(new Shape.Argument("users", Kind.APPROX_DISTINCT, FieldType.TEXT));
            assertThatThrownBy(() -> new FoldPlan(
                            plan.grouped(),
                            List.of(arguments),
                            plan.derivations(),
                            List.of(),
                            List.of(),
                            Set.of(),
                            false,
                            Keep.LAST,
                            1,
                            1))
                    .hasMessage(
                            "Cannot keep the last copy of a record: 'users' of view 'view0' counts approximately, and a sketch cannot give back what it took in; use distinct, or keep the first");
        }
    }

    @Nested
    class ARecordThatIsLedOut {
        private final FoldPlan first = Made.plan(2 * Made.MINUTE, Made.FOREVER, Made.TUMBLING);
        private final StreamFold firsts = new StreamFold(first);

        @Test
        void goesToItsBranch() {
            var changes = firsts.apply(List.of(led("a", 0, false)));
            assertThat(changes.total()).isEqualTo(Fates.SPLIT);
            assertThat(changes.branches().get("cancelled")).isEqualTo(changes.landed());
        }

        @Test
        void beforeTheDedupIsNoCopy() {
            firsts.apply(List.of(led("a", 0, false)));
            assertThat(firsts.apply(List.of(led("a", 1, false))).total()).isEqualTo(Fates.SPLIT);
        }

        @Test
        void behindTheDedupIsACopyFirst() {
            firsts.apply(List.of(led("a", 0, true)));
            assertThat(firsts.apply(List.of(led("a", 1, true))).total()).isEqualTo(Fates.DUPLICATE);
        }

        @Test
        void isCountedByBranchInTheRecount() {
            var recount = Recount.ofBatch(first);
            assertThat(recount.take(led("a", 0, true), 1, Landed.As.KEPT)).isEqualTo(BatchFate.SPLIT);
            assertThat(recount.splits()).containsEntry("cancelled", 1L);
        }

        private Prepared led(String id, long at, boolean afterDedup) {
            var it = Message.of(id, 1, "java").at(at, first);
            return new Prepared(
                    it.at(),
                    0,
                    it.raw(),
                    Optional.empty(),
                    Optional.of(new Exit(Optional.of("cancelled"), afterDedup)),
                    it.eventMicros(),
                    it.identity(),
                    it.landKey(),
                    List.of(),
                    List.of(),
                    List.of());
        }
    }

    private Changes take(Message... messages) {
        var records = new ArrayList<Prepared>();
        for (var message : messages) {
            records.add(message.at(position++, plan));
        }
        return fold.apply(records);
    }
}
