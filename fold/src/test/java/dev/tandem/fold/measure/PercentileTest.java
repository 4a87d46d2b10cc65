package dev.tandem.fold.measure;

import static dev.tandem.fold.measure.Accumulators.MONEY;
import static dev.tandem.fold.measure.Accumulators.addAll;
import static dev.tandem.fold.measure.Accumulators.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.Shape;
import dev.tandem.model.Dedup;
import dev.tandem.model.FieldType;
import dev.tandem.model.Measure.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentileTest {
    @Nested
    class AMedian {
        @Test
        void isTheNumberInTheMiddle() {
            assertThat(value(Kind.MEDIAN, FieldType.LONG, List.of(9L, 1L, 5L))).isEqualTo(5.0);
            assertThat(value(Kind.MEDIAN, FieldType.LONG, List.of(9L, 9L, 9L, 1L)))
                    .isEqualTo(9.0);
        }

        @Test
        void isTheMeanOfTheTwoInTheMiddle() {
            var money = List.<Object>of(new BigDecimal("0.10"), new BigDecimal("0.25"));
            assertThat(value(Kind.MEDIAN, MONEY, money)).isEqualTo(0.175);
            assertThat(value(Kind.MEDIAN, FieldType.LONG, List.of(Long.MAX_VALUE, Long.MAX_VALUE)))
                    .isEqualTo((double) Long.MAX_VALUE);
            assertThat(value(Kind.MEDIAN, FieldType.DOUBLE, List.of(Double.MAX_VALUE, Double.MAX_VALUE)))
                    .isEqualTo(Double.MAX_VALUE);
        }
    }

    /** Places by hand: fraction x (n - 1); DuckDB's quantile_cont and Spark's percentile give the same. */
    @Nested
    class APercentile {
        private static final List<Long> TENS = List.of(40L, 10L, 30L, 20L, 50L);

        @ParameterizedTest
        @CsvSource({"0, 10.0", "0.25, 20.0", "0.5, 30.0", "0.9, 46.0", "0.95, 48.0", "0.99, 49.6", "1, 50.0"})
        void liesBetweenItsNeighboursInProportion(double fraction, double expected) {
            assertThat(percentile(fraction, FieldType.LONG, TENS)).isEqualTo(expected);
        }

        @Test
        void ofOneNumberIsThatNumber() {
            assertThat(percentile(0.95, MONEY, List.of(new BigDecimal("0.10")))).isEqualTo(0.1);
        }

        @Test
        void isExactUntilItIsRounded() {
            assertThat(percentile(0.1, FieldType.LONG, List.of(Long.MAX_VALUE - 10, Long.MAX_VALUE)))
                    .isEqualTo((double) (Long.MAX_VALUE - 9));
        }

        @Test
        void ofSpecialNumbersIsAsInTheirOrder() {
            var values = List.of(1.0, Double.NaN, 2.0);
            assertThat(percentile(0.5, FieldType.DOUBLE, values)).isEqualTo(2.0);
            assertThat(percentile(1, FieldType.DOUBLE, values)).isEqualTo(Double.NaN);
            assertThat(percentile(0, FieldType.DOUBLE, List.of(-0.0))).isEqualTo(0.0);
        }

        private @Nullable Object percentile(double fraction, FieldType type, List<?> values) {
            var measure = Accumulator.of(new Shape.Argument("p", Kind.PERCENTILE, type, fraction), Dedup.Keep.FIRST);
            addAll(values, 0, measure);
            return measure.value();
        }
    }

    @Nested
    class AnApproximatePercentile {
        /** The rank by hand: the smallest number that at least that share does not exceed; DuckDB's quantile_disc gives the same. */
        @ParameterizedTest
        @CsvSource({"0, 10.0", "0.2, 10.0", "0.21, 20.0", "0.5, 30.0", "0.9, 50.0", "1, 50.0"})
        void isOneOfTheNumbersWhereTheyAreSmall(double fraction, double expected) {
            assertThat(percentile(fraction, List.of(40L, 10L, 30L, 20L, 50L), Dedup.Keep.FIRST))
                    .isEqualTo(expected);
        }

        @ParameterizedTest
        @ValueSource(doubles = {513, 1_000_003, 0.1, 1e-300, 1e300, 3.999999, -0.1, -70_000.5})
        void isAtMostFourThousandthsTooNearToZero(double number) {
            var found = (double) java.util.Objects.requireNonNull(percentile(0.5, List.of(number), Dedup.Keep.FIRST));
            assertThat(found / number).isBetween(1 - 0.004, 1.0);
        }

        @Test
        void ordersNumbersBelowZeroAndSpecialOnes() {
            var values = List.of(Double.NaN, -2.0, Double.NEGATIVE_INFINITY, -1.0, -0.0);
            assertThat(DoubleStream.of(0.2, 0.4, 0.6, 0.8, 1)
                            .mapToObj(fraction -> percentile(fraction, values, Dedup.Keep.FIRST)))
                    .containsExactly(Double.NEGATIVE_INFINITY, -2.0, -1.0, 0.0, Double.NaN);
        }

        private @Nullable Object percentile(double fraction, List<?> values, Dedup.Keep keep) {
            var argument = new Shape.Argument("p", Kind.APPROX_PERCENTILE, FieldType.DOUBLE, fraction);
            var measure = Accumulator.of(argument, keep);
            addAll(values, 0, measure);
            return measure.value();
        }
    }
}
