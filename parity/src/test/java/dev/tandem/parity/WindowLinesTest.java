package dev.tandem.parity;

import static dev.tandem.parity.Stored.row;
import static dev.tandem.parity.Stored.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Window;
import dev.tandem.model.Window.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WindowLinesTest {
    private static List<Report.WindowLine> lines(String view, List<ResultRow> stream, List<ResultRow> batch) {
        return Stored.of(stream, batch).compared(view).tally().lines().lines(2);
    }

    @Nested
    class OfWindows {
        private final List<Report.WindowLine> lines = lines(
                "windows",
                List.of(
                        row("windows", window(0), "java", 3, 1),
                        row("windows", window(0), "spark", 2, 1),
                        row("windows", window(0), "lake", 1, 1),
                        row("windows", window(5), "java", 7, 1),
                        row("windows", window(10), "java", 1, 1)),
                List.of(
                        row("windows", window(0), "java", 3, 1),
                        row("windows", window(0), "spark", 2, 1),
                        row("windows", window(0), "lake", 1, 1),
                        row("windows", window(5), "java", 8, 1)));

        @Test
        void sumTheFirstMeasureOverTheKeysOfEach() {
            assertThat(lines).extracting(Report.WindowLine::measure).containsOnly("n");
            assertThat(lines)
                    .extracting(Report.WindowLine::stream)
                    .containsExactly(new BigDecimal(6), new BigDecimal(7), BigDecimal.ONE);
            assertThat(lines)
                    .extracting(Report.WindowLine::batch)
                    .containsExactly(new BigDecimal(6), new BigDecimal(8), BigDecimal.ZERO);
        }

        @Test
        void tellWhetherTheModesAgreeInIt() {
            assertThat(lines)
                    .extracting(Report.WindowLine::state)
                    .containsExactly(Report.WindowState.AGREE, Report.WindowState.UNEXPLAINED, Report.WindowState.OPEN);
        }

        @Test
        void showTheLargestKeysOnly() {
            assertThat(lines.get(0).largest()).extracting(Report.Bar::key).containsExactly("java", "spark");
            assertThat(lines.get(0).keys()).isEqualTo(3);
        }
    }

    @Nested
    class OfSessions {
        @Test
        void standInOneLineForAllThatHaveClosed() {
            var rows = List.of(
                    row("visits", window(0), "java", 3, 1),
                    row("visits", window(2), "spark", 2, 1),
                    row("visits", window(10), "java", 9, 1));
            assertThat(lines("visits", rows, rows.subList(0, 2)))
                    .singleElement()
                    .returns(Optional.empty(), Report.WindowLine::start)
                    .returns(new BigDecimal(5), Report.WindowLine::stream)
                    .returns(Report.WindowState.AGREE, Report.WindowLine::state);
        }

        @Test
        void areOpenWhereNoneHasClosed() {
            assertThat(lines("visits", List.of(row("visits", window(10), "java", 9, 1)), List.of()))
                    .singleElement()
                    .returns(Report.WindowState.OPEN, Report.WindowLine::state);
        }
    }

    /** Of two keys of one window, with two numbers each: 3 and 4, 9 and 5; in the batch only the second one. */
    @Nested
    class OfNumbers {
        private static Report.WindowLine line(List<String> keys, Set<String> additive) {
            var shape = new Shape(
                    "any",
                    new Window.Tumbling(Duration.ofMinutes(5)),
                    keys.stream()
                            .map(key -> new Shape.Column(key, FieldType.TEXT))
                            .toList(),
                    List.of(new Shape.Column("most", FieldType.LONG), new Shape.Column("likes", FieldType.LONG)));
            var lines = new WindowLines(shape, additive);
            lines.add(row("java", Optional.of(List.of(3L, 4L)), Optional.empty()), WindowLines.Standing.DIFFERS);
            lines.add(
                    row("spark", Optional.of(List.of(9L, 5L)), Optional.of(List.of(9L, 5L))),
                    WindowLines.Standing.AGREES);
            return lines.lines(2).get(0);
        }

        private static WindowLines.Row row(
                String key, Optional<List<@Nullable Object>> stream, Optional<List<@Nullable Object>> batch) {
            return new WindowLines.Row(window(0), List.of(key), stream, batch);
        }

        /** A maximum and an average of several keys are no number of the window, but how many keys there are is. */
        @Test
        void thatMayNotBeSummedCountTheRows() {
            assertThat(line(List.of("tag"), Set.of()))
                    .returns(WindowLines.ROWS, Report.WindowLine::measure)
                    .returns(new BigDecimal(2), Report.WindowLine::stream)
                    .returns(BigDecimal.ONE, Report.WindowLine::batch);
        }

        @Test
        void skipThoseThatMayNotBeSummed() {
            assertThat(line(List.of("tag"), Set.of("likes")))
                    .returns("likes", Report.WindowLine::measure)
                    .returns(new BigDecimal(9), Report.WindowLine::stream)
                    .returns(new BigDecimal(5), Report.WindowLine::batch);
        }

        @Test
        void mayBeAnyWhereAWindowHasOneRow() {
            assertThat(line(List.of(), Set.of())).returns("most", Report.WindowLine::measure);
        }
    }

    @Test
    void aRunningTotalHasNoBounds() {
        var rows = List.of(row("running", Span.ALL, "java", 3, 2));
        assertThat(lines("running", rows, rows))
                .singleElement()
                .returns(Optional.empty(), Report.WindowLine::start)
                .returns(Report.WindowState.AGREE, Report.WindowLine::state);
    }
}
