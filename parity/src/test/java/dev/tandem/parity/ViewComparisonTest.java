package dev.tandem.parity;

import static dev.tandem.parity.Stored.row;
import static dev.tandem.parity.Stored.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.fold.ResultRow;
import dev.tandem.model.Window.Span;
import dev.tandem.parity.Stored.Circumstances;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ViewComparisonTest {
    @Nested
    class AWindow {
        @Test
        void agreesWhereBothModesStoreTheSame() {
            var rows = List.of(row("windows", window(0), "java", 3, 2), row("windows", window(5), "java", 1, 1));
            var view = Stored.of(rows, rows).compared("windows");
            assertThat(view.tally().count())
                    .returns(2L, Report.ViewCount::compared)
                    .returns(2L, Report.ViewCount::agreeing);
            assertThat(view.tally().causeRows()).isEmpty();
        }

        @Test
        void isNotComparedWhileItIsOpen() {
            var view = Stored.of(List.of(row("windows", window(10), "java", 3, 2)), List.of())
                    .compared("windows");
            assertThat(view.tally().count())
                    .returns(0L, Report.ViewCount::compared)
                    .returns(1L, Report.ViewCount::open);
            assertThat(view.tally().causeRows()).containsOnlyKeys(Cause.OPEN);
        }

        @Test
        void isUnexplainedWhereNoRecordMakesTheDifference() {
            var view = Stored.of(
                            List.of(row("windows", window(0), "java", 3, 2)),
                            List.of(row("windows", window(0), "java", 4, 2)))
                    .compared("windows");
            assertThat(view.tally().causeRows()).containsOnlyKeys(Cause.UNEXPLAINED);
            assertThat(view.tally().lines().lines(1))
                    .extracting(Report.WindowLine::state)
                    .containsExactly(Report.WindowState.UNEXPLAINED);
        }

        /** The same direction in which an explanation leads: from the stream's number to the batch's. */
        @Test
        void isWhatTheBatchHasMore() {
            var view = Stored.of(
                            List.of(row("windows", window(0), "java", 3, 9)),
                            List.of(row("windows", window(0), "java", 4, 2)))
                    .compared("windows");
            assertThat(view.differences())
                    .extracting(
                            Report.Difference::measure, it -> it.difference().map(BigDecimal::intValueExact))
                    .containsExactly(tuple("n", Optional.of(1)), tuple("users", Optional.of(-7)));
        }

        @Test
        void isUnexplainedWhereOneModeHasNoRow() {
            var view = Stored.of(List.of(), List.of(row("windows", window(0), "java", 4, 2)))
                    .compared("windows");
            assertThat(view.tally().causeRows()).containsOnlyKeys(Cause.UNEXPLAINED);
            assertThat(view.differences())
                    .extracting(Report.Difference::measure)
                    .containsExactly("n", "users");
        }
    }

    @Nested
    class AnApproximateMeasure {
        @Test
        void isACauseOfItsOwnWhereItAloneDiffers() {
            var view = Stored.of(
                            List.of(row("windows", window(0), "java", 100, 51)),
                            List.of(row("windows", window(0), "java", 100, 50)))
                    .compared("windows");
            assertThat(view.tally().causeRows()).containsOnlyKeys(Cause.APPROX);
            assertThat(view.tally().lines().lines(1))
                    .extracting(Report.WindowLine::state)
                    .containsExactly(Report.WindowState.EXPLAINED);
        }

        @Test
        void doesNotExcuseAnExactOneBesideIt() {
            var view = Stored.of(
                            List.of(row("windows", window(0), "java", 100, 51)),
                            List.of(row("windows", window(0), "java", 101, 50)))
                    .compared("windows");
            assertThat(view.tally().causeRows()).containsOnlyKeys(Cause.UNEXPLAINED);
        }
    }

    @Nested
    class AStoredRow {
        private final List<ResultRow> computed = List.of(row("windows", window(0), "java", 3, 2));
        private final List<ResultRow> changed = List.of(row("windows", window(0), "java", 4, 2));

        /** Even where both modes hold the same wrong number. */
        @Test
        void thatNobodyComputedIsTheSinks() {
            var view = Stored.of(changed, changed).compared("windows", computed);
            assertThat(view.tally().causeRows()).containsOnlyKeys(Cause.SINK);
            assertThat(view.tally().lines().lines(1))
                    .extracting(Report.WindowLine::state)
                    .containsExactly(Report.WindowState.UNEXPLAINED);
            assertThat(view.differences()).hasSize(2);
        }

        /** Was a crash: nobody had a key for the row. */
        @Test
        void thatBothTablesHaveLostIsTheSinks() {
            var view = Stored.of(List.of(), List.of()).compared("windows", computed);
            assertThat(view.tally().causeRows()).containsOnlyKeys(Cause.SINK);
        }

        /** The stream's row is of the definition before, so nobody else need have written it. */
        @Test
        void mayComeFromAnotherDefinition() {
            var now = Stored.PIPELINE.hash();
            var view = Stored.of(changed, computed)
                    .under(Circumstances.USUAL.withDefinitions("before", now))
                    .compared("windows", computed);
            assertThat(view.tally().causeRows()).containsOnlyKeys(Cause.DEFINITION);
            assertThat(view.tally().lines().lines(1))
                    .extracting(Report.WindowLine::state)
                    .containsExactly(Report.WindowState.EXPLAINED);
        }

        @Test
        void mayComeFromAnotherDefinitionInBothModes() {
            var view = Stored.of(changed, changed)
                    .under(Circumstances.USUAL.withDefinitions("before", "before"))
                    .compared("windows", computed);
            assertThat(view.tally().causeRows()).containsOnlyKeys(Cause.DEFINITION);
        }

        /** The other mode's definition explains nothing about a row of this one. */
        @Test
        void isTheSinksWhereOnlyTheOtherModeHadAnotherDefinition() {
            var now = Stored.PIPELINE.hash();
            var view = Stored.of(changed, computed)
                    .under(Circumstances.USUAL.withDefinitions(now, "before"))
                    .compared("windows", computed);
            assertThat(view.tally().causeRows()).containsOnlyKeys(Cause.SINK);
        }

        @Test
        void mayComeFromAnotherVersionOfADimension() {
            var view = Stored.of(changed, computed)
                    .under(Circumstances.USUAL.withBatchDimension("b"))
                    .compared("windows", computed);
            assertThat(view.tally().causeRows()).containsOnlyKeys(Cause.DIMENSION);
            assertThat(view.tally().lines().lines(1))
                    .extracting(Report.WindowLine::state)
                    .containsExactly(Report.WindowState.EXPLAINED);
        }
    }

    @Nested
    class ARunningTotal {
        private final List<ResultRow> rows = List.of(row("running", Span.ALL, "java", 3, 2));

        @Test
        void isComparedWhereTheStreamStandsAtTheCut() {
            assertThat(Stored.of(rows, rows).compared("running").tally().count().agreeing())
                    .isEqualTo(1);
        }

        @Test
        void isAheadWhereTheStreamHasCommittedMore() {
            var more = List.of(row("running", Span.ALL, "java", 5, 3));
            var view = Stored.of(more, rows)
                    .under(Circumstances.USUAL.withMicroBatches(2))
                    .compared("running");
            assertThat(view.tally().count().compared()).isZero();
            assertThat(view.tally().causeRows()).containsOnlyKeys(Cause.AHEAD);
        }
    }
}
