package dev.tandem.fold.measure;

import static dev.tandem.fold.measure.Accumulators.MONEY;
import static dev.tandem.fold.measure.Accumulators.merged;
import static dev.tandem.fold.measure.Accumulators.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.model.FieldType;
import dev.tandem.model.Measure.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SumTest {
    @Nested
    class ASum {
        @Test
        void keepsEveryCent() {
            var cents = Collections.nCopies(1_000, new BigDecimal("0.10"));
            assertThat(value(Kind.SUM, MONEY, cents)).isEqualTo(new BigDecimal("100.00"));
        }

        /** Was an overflow that stopped the run, or not, by the order of the records. */
        @Test
        void mayPassItsLimitsOnTheWay() {
            assertThat(value(Kind.SUM, FieldType.LONG, List.of(Long.MAX_VALUE, 1L, -2L)))
                    .isEqualTo(Long.MAX_VALUE - 1);
        }

        @ParameterizedTest
        @CsvSource({"9223372036854775807, 1", "-9223372036854775808, -1"})
        void isNullWhereItDoesNotFit(long limit, long more) {
            assertThat(value(Kind.SUM, FieldType.LONG, List.of(limit, more))).isNull();
        }

        @Test
        void isNullWhereItDoesNotFitADecimal() {
            var largest = BigDecimal.TEN.pow(38).subtract(BigDecimal.ONE);
            assertThat(value(Kind.SUM, new FieldType.Decimal(38, 0), List.of(largest, BigDecimal.ONE)))
                    .isNull();
        }
    }

    @Nested
    class AnAverage {
        @ParameterizedTest
        @CsvSource({"1 2, 1.500000", "1 1 2, 1.333333", "1 2 2, 1.666667", "-1 -1 -2, -1.333333", "0 0, 0.000000"})
        void isRoundedHalfUpToSixDecimals(String numbers, BigDecimal expected) {
            var values = Arrays.stream(numbers.split(" ")).map(Integer::valueOf).toList();
            assertThat(value(Kind.AVG, new FieldType.Whole(32), values)).isEqualTo(expected);
        }

        @Test
        void ofHalfAMillionthIsRoundedAwayFromZero() {
            var values = new ArrayList<Object>(Collections.nCopies(1_999_999, 0));
            values.add(-1);
            assertThat(value(Kind.AVG, new FieldType.Whole(32), values)).isEqualTo(new BigDecimal("-0.000001"));
        }

        @Test
        void hasMoreDecimalsThanItsArgument() {
            var values = List.of(new BigDecimal("0.0001"), new BigDecimal("0.0002"), new BigDecimal("0.0002"));
            assertThat(value(Kind.AVG, new FieldType.Decimal(12, 4), values))
                    .isEqualTo(new BigDecimal("0.0005").divide(BigDecimal.valueOf(3), 8, RoundingMode.HALF_UP));
        }

        @Test
        void isExactOverSumsThatDoNotFit() {
            assertThat(value(Kind.AVG, FieldType.LONG, List.of(Long.MAX_VALUE, Long.MAX_VALUE)))
                    .isEqualTo(BigDecimal.valueOf(Long.MAX_VALUE).setScale(6));
        }

        @Test
        void isAFloatingNumberOfFloatingNumbers() {
            assertThat(value(Kind.AVG, FieldType.DOUBLE, List.of(0.5, 1.0))).isEqualTo(0.75);
        }
    }

    @Nested
    class AFloatingSum {
        @Test
        void isTheSameInAnyOrder() {
            for (long seed = 1; seed <= 100; seed++) {
                List<@Nullable Object> values = new ArrayList<>(new SplittableRandom(seed)
                        .doubles(50, -1, 1)
                        .map(it -> it * Math.pow(10, it * 20))
                        .boxed()
                        .toList());
                var whole = value(Kind.SUM, FieldType.DOUBLE, values);
                Collections.shuffle(values, new Random(seed));
                assertThat(merged(Kind.SUM, FieldType.DOUBLE, values, seed)).isEqualTo(whole);
            }
        }

        @Test
        void isRoundedOnce() {
            assertThat(value(Kind.SUM, FieldType.DOUBLE, Collections.nCopies(10, 0.1)))
                    .isEqualTo(1.0);
            assertThat(value(Kind.SUM, FieldType.DOUBLE, List.of(1e300, 1.0, -1e300)))
                    .isEqualTo(1.0);
        }
    }

    @Nested
    class Spreads {
        /** 32/7 and its root, by hand: the average is 5. */
        @Test
        void areThoseOfASample() {
            var values = List.<Object>of(2L, 4L, 4L, 4L, 5L, 5L, 7L, 9L);
            assertThat(value(Kind.VARIANCE, FieldType.LONG, values)).isEqualTo(32.0 / 7);
            assertThat(value(Kind.STDDEV, FieldType.LONG, values)).isEqualTo(2.138089935299395);
        }

        @Test
        void areNullForOneNumber() {
            assertThat(value(Kind.VARIANCE, FieldType.LONG, List.of(7L))).isNull();
        }

        /** A sum of squares in floating numbers has no digit left here. */
        @ParameterizedTest
        @ValueSource(doubles = {0.0, 1e9, 1e15})
        void loseNothingFarFromZero(double far) {
            var values = List.<Object>of(far + 1, far + 2, far + 3);
            assertThat(value(Kind.VARIANCE, FieldType.DOUBLE, values)).isEqualTo(1.0);
        }

        @Test
        void areTheSameForVerySmallAndVeryLargeNumbers() {
            var values = List.<Object>of(Double.MIN_VALUE, 3 * Double.MIN_VALUE, 1e300, -1e300);
            // (2e600 - 0) / 3 is beyond a DOUBLE; its root is not.
            assertThat(value(Kind.VARIANCE, FieldType.DOUBLE, values)).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat((Double) value(Kind.STDDEV, FieldType.DOUBLE, values))
                    .isEqualTo(Math.sqrt(2.0 / 3) * 1e300, within(1e285));
        }
    }
}
