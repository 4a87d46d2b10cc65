package dev.tandem.parity.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.parity.Report;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | 0", "999 | 999", "1000 | 1,000", "-1234567.50 | −1,234,567.50", "0.001 | 0.001", "1e3 | 1,000"
            })
    void groupsDigitsInThrees(String value, String told) {
        assertThat(Figures.grouped(new BigDecimal(value))).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"332.571429, 338, 2", "1.001, 1.002, 3", "0.12345, 0.12346, 5", "7, 7, 2"})
    void writesAsManyDecimalsAsTellTwoNumbersApart(String one, String other, int decimals) {
        assertThat(Figures.decimalsThatDiffer(new BigDecimal(one), new BigDecimal(other)))
                .isEqualTo(decimals);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"12.0625 | 12.06", "24.004 | 24", "-0.158 | −0.16", "386 | 386", "100.001 | 100", "9.8 | 9.8"})
    void roundsToFewDecimals(String value, String told) {
        assertThat(Figures.grouped(new BigDecimal(value), 2)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"PT12.5S | 12.5 s", "PT4M26S | 4 min 26 s", "PT26H3M | 26 h 3 min", "P333DT14H47M | 333 days 14 h"
            })
    void tellsHowLongSomethingLasted(Duration duration, String told) {
        assertThat(Figures.lasting(duration)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"99.98 | 99.98 %", "99.9999 | 99.99 %", "100 | 100.00 %", "0 | 0.00 %"})
    void neverRoundsAgreementUp(String percent, String told) {
        assertThat(Figures.flooredPercent(new BigDecimal(percent))).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | 0.00 %", "0.0001 | < 0.01 %", "-0.0001 | > −0.01 %", "12.345 | 12.35 %"})
    void neverTellsADifferenceAsNone(String percent, String told) {
        assertThat(Figures.percent(new BigDecimal(percent))).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 s",
                "4.25 | 4.3 ms",
                "812.4 | 812 ms",
                "1942.7 | 1.94 s",
                "150000 | 2.5 min",
                "NaN | –",
                "Infinity | –"
            })
    void tellsTimesInAFittingUnit(double milliseconds, String told) {
        assertThat(Figures.milliseconds(milliseconds)).isEqualTo(told);
    }

    @Test
    void tellsAWindowWithItsZone() {
        var start = Instant.parse("2026-11-20T23:40:00Z");

        assertThat(Figures.window(Optional.of(start), Optional.of(start.plusSeconds(600))))
                .isEqualTo("2026-11-20 23:40–23:50 UTC");
        assertThat(Figures.window(Optional.of(start), Optional.of(start.plusSeconds(1200))))
                .isEqualTo("2026-11-20 23:40 – 2026-11-21 00:00 UTC");
        assertThat(Figures.window(Optional.empty(), Optional.empty())).isEqualTo("whole run");
    }

    @Test
    void cutsNoLetterInTwo() {
        assertThat(Figures.shortened("😀".repeat(10), 4)).isEqualTo("😀😀😀…");
    }

    @Nested
    class AnAskedLatency {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "at most 5 seconds | 5000",
                    "≤ 250 ms | 250",
                    "1 minute 30 seconds | 90000",
                    "1 hour | 3600000",
                    "0.5 s | 500"
                })
        void isReadFromItsWords(String asked, double milliseconds) {
            assertThat(AskedTargets.latencyMilliseconds(List.of(new Report.Target("latency p95", asked, "", true))))
                    .hasValue(milliseconds);
        }

        @Test
        void isAbsentWhereTheWordsHoldNoTime() {
            var targets = Stream.of("parity", "latency")
                    .map(name -> new Report.Target(name, "soon", "", true))
                    .toList();

            assertThat(AskedTargets.latencyMilliseconds(targets)).isEqualTo(OptionalDouble.empty());
        }
    }
}
