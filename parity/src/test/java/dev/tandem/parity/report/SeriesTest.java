package dev.tandem.parity.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.parity.Report;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The windows of a view, of which a chart has room for some. */
class SeriesTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration SIZE = Duration.ofMinutes(20);

    /** {@code count} windows with 10 in the batch; {@code missing} by the number of the window. */
    private static Series windows(int count, Map<Integer, Integer> missing) {
        var lines = new ArrayList<Report.WindowLine>();
        for (int index = 0; index < count; index++) {
            int less = missing.getOrDefault(index, 0);
            lines.add(new Report.WindowLine(
                    "stats",
                    "n",
                    Optional.of(START.plus(SIZE.multipliedBy(index))),
                    Optional.of(START.plus(SIZE.multipliedBy(index + 1L))),
                    less == 0 ? Report.WindowState.AGREE : Report.WindowState.EXPLAINED,
                    BigDecimal.valueOf(10 - less),
                    BigDecimal.valueOf(10),
                    10,
                    less,
                    List.of()));
        }
        return new Series("stats", "n", lines);
    }

    private static String drawn(Series series) {
        var canvas = new SvgCanvas();
        new OverlayChart(series, "stats-windows").draw(canvas, 820);
        return canvas.elements();
    }

    @Nested
    class OfManyWindows {
        /** 96 around number 150 are those from 102 on; the other difference is smaller. */
        @Test
        void shownAreThoseAroundTheOneThatDiffersMost() {
            var shown = windows(200, Map.of(3, 1, 150, 4)).around(96);
            assertThat(shown.windows()).hasSize(96);
            assertThat(shown.windows().get(0).start()).contains(START.plus(SIZE.multipliedBy(102)));
        }

        @Test
        void shownAreTheLastWhereNoneDiffers() {
            var shown = windows(200, Map.of()).around(96);
            assertThat(shown.windows().get(95).start()).contains(START.plus(SIZE.multipliedBy(199)));
        }

        @Test
        void countedAreAll() {
            var chart = new OverlayChart(windows(200, Map.of(3, 1, 150, 4)), "stats-windows");
            assertThat(chart.title()).isEqualTo("stats: the sums differ in 2 of 200 closed windows");
            assertThat(chart.subtitle()).endsWith(" · 96 of 200 windows, around the one that differs most");
        }
    }

    @Nested
    class AChart {
        @Test
        void isNoneOfASingleWindowOrOfZeros() {
            assertThat(windows(1, Map.of()).isLine()).isFalse();
            assertThat(windows(2, Map.of()).isLine()).isTrue();
            var zeros = windows(2, Map.of()).windows().stream()
                    .map(it -> new Report.WindowLine(
                            it.view(),
                            it.measure(),
                            it.start(),
                            it.end(),
                            it.state(),
                            BigDecimal.ZERO,
                            BigDecimal.ZERO,
                            0,
                            0,
                            List.of()))
                    .toList();
            assertThat(new Series("stats", "n", zeros).isLine()).isFalse();
        }

        @Test
        void hasNoPanelOfDifferencesWhereTheSumsAreTheSame() {
            var same = new OverlayChart(windows(6, Map.of()), "stats-windows");
            var other = new OverlayChart(windows(6, Map.of(2, 1)), "stats-windows");
            assertThat(same.height(820)).isLessThan(other.height(820));
        }
    }

    /** A tenth of 10 below the lowest, which is 9. */
    @Test
    void saysWhereAnAxisBeginsThatDoesNotBeginAtZero() {
        assertThat(drawn(windows(6, Map.of(2, 1)))).contains("this axis begins at 8, not at 0");
        assertThat(drawn(windows(6, Map.of(2, 9)))).doesNotContain("this axis begins");
    }

    @Test
    void beginsItsAxisWithTheDay() {
        assertThat(windows(3, Map.of()).firstLabel()).isEqualTo("2026-03-01 00:00");
        assertThat(windows(3, Map.of()).label(1)).isEqualTo("00:20");
    }
}
