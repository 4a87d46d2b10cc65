package dev.tandem.proof;

import static dev.tandem.proof.Stored.row;
import static dev.tandem.proof.Stored.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.ResultRow;
import dev.tandem.model.Window.Span;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
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
            assertThat(lines).extracting(Report.WindowLine::status).containsExactly("agree", "unexplained", "open");
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
                    .returns("agree", Report.WindowLine::status);
        }

        @Test
        void areOpenWhereNoneHasClosed() {
            assertThat(lines("visits", List.of(row("visits", window(10), "java", 9, 1)), List.of()))
                    .singleElement()
                    .returns("open", Report.WindowLine::status);
        }
    }

    @Test
    void aRunningTotalHasNoBounds() {
        var rows = List.of(row("running", Span.ALL, "java", 3, 2));
        assertThat(lines("running", rows, rows))
                .singleElement()
                .returns(Optional.empty(), Report.WindowLine::start)
                .returns("agree", Report.WindowLine::status);
    }
}
