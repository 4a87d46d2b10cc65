package dev.tandem.fold.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Shape;
import dev.tandem.model.Dedup;
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
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccumulatorTest {
    private static final FieldType MONEY = new FieldType.Decimal(12, 2);

    @Nested
    class AnyMeasure {
        @ParameterizedTest
        @EnumSource(Kind.class)
        void isTheSameInAnyOrderAndAnySplit(Kind kind) {
            for (long seed = 1; seed <= 100; seed++) {
                var values = decimals(seed);
                var whole = value(kind, MONEY, values);
                Collections.shuffle(values, new Random(seed));
                assertThat(merged(kind, MONEY, values, seed))
                        .as("seed %d", seed)
                        .isEqualTo(whole);
            }
        }

        @ParameterizedTest
        @EnumSource(Kind.class)
        void isTheSameForLargeWholeNumbers(Kind kind) {
            for (long seed = 1; seed <= 100; seed++) {
                var values = longs(seed);
                var whole = value(kind, FieldType.LONG, values);
                Collections.shuffle(values, new Random(seed));
                assertThat(merged(kind, FieldType.LONG, values, seed))
                        .as("seed %d", seed)
                        .isEqualTo(whole);
            }
        }

        @ParameterizedTest
        @CsvSource({
            "COUNT, 2",
            "DISTINCT, 2",
            "SUM, 8",
            "AVG, 4.000000",
            "MIN, 3",
            "MAX, 5",
            "APPROX_DISTINCT, 2",
            "FIRST, 3",
            "LAST, 5",
            "MEDIAN, 4.0",
            "ANY_VALUE, 3",
            "APPROX_PERCENTILE, 3.0",
            "VARIANCE, 2.0",
            "STDDEV, 1.4142135623730951"
        })
        void doesNotCountNull(Kind kind, String expected) {
            assertThat(value(kind, FieldType.LONG, Arrays.asList(3L, null, 5L))).hasToString(expected);
        }

        @ParameterizedTest
        @EnumSource(
                names = {
                    "SUM",
                    "AVG",
                    "MIN",
                    "MAX",
                    "FIRST",
                    "LAST",
                    "MEDIAN",
                    "ANY_VALUE",
                    "COLLECT_DISTINCT",
                    "APPROX_PERCENTILE",
                    "VARIANCE",
                    "STDDEV"
                })
        void isNullOverNothing(Kind kind) {
            assertThat(value(kind, MONEY, Arrays.asList((Object) null))).isNull();
        }

        @ParameterizedTest
        @EnumSource(names = {"COUNT", "DISTINCT", "APPROX_DISTINCT"})
        void isZeroOverNothing(Kind kind) {
            assertThat(value(kind, MONEY, List.of())).isEqualTo(0L);
        }

        @Test
        void mergesWithItsOwnKindOnly() {
            var sum = Accumulator.of(Kind.SUM, MONEY);
            assertThatThrownBy(() -> sum.merge(Accumulator.of(Kind.COUNT, MONEY)))
                    .hasMessage("Cannot merge Count into DecimalSum");
        }
    }

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
    class AnApproximateCount {
        /** 1.04 / sqrt(4096) is 1.6 % in the mean; one count in a thousand may be three times as far off. */
        @ParameterizedTest
        @ValueSource(ints = {100, 5_000, 100_000})
        void isOffByTwoPercentInTheMean(int different) {
            double squares = 0;
            for (long seed = 1; seed <= 50; seed++) {
                var values = new SplittableRandom(seed).longs(different).boxed().toList();
                var counted = value(Kind.APPROX_DISTINCT, FieldType.LONG, values);
                double error = counted instanceof Long count ? (double) (count - different) / different : 1;
                assertThat(error).as("seed %d", seed).isCloseTo(0, within(0.05));
                squares += error * error / 50;
            }
            assertThat(Math.sqrt(squares)).isLessThan(0.02);
        }

        @Test
        void isTheSameWhateverTheCut() {
            for (long seed = 1; seed <= 20; seed++) {
                List<@Nullable Object> values = new ArrayList<>(new SplittableRandom(seed)
                        .longs(20_000, 0, 9_000)
                        .boxed()
                        .toList());
                var whole = value(Kind.APPROX_DISTINCT, FieldType.LONG, values);
                Collections.shuffle(values, new Random(seed));
                assertThat(merged(Kind.APPROX_DISTINCT, FieldType.LONG, values, seed))
                        .isEqualTo(whole);
            }
        }

        @Test
        void countsTheEmptyText() {
            assertThat(value(Kind.APPROX_DISTINCT, FieldType.TEXT, List.of("", "a")))
                    .isEqualTo(2L);
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
    class AnExtreme {
        /** By code point, as Spark compares text: U+FF97 is less than U+1F35C, whose UTF-16 units begin with D83C. */
        @ParameterizedTest
        @CsvSource({"MIN, FIRST, ﾗｰﾒﾝ", "MIN, LAST, ﾗｰﾒﾝ", "MAX, FIRST, 🍜", "MAX, LAST, 🍜"})
        void ordersTextByCodePoints(Kind kind, Dedup.Keep keep, String expected) {
            var extreme = Accumulator.of(kind, FieldType.TEXT, keep);
            addAll(List.of("🍜", "ﾗｰﾒﾝ"), 0, extreme);
            assertThat(extreme.value()).isEqualTo(expected);
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

    @Nested
    class CollectedDistinctValues {
        @ParameterizedTest
        @EnumSource(Dedup.Keep.class)
        void areTheSmallestInOrder(Dedup.Keep keep) {
            assertThat(collected(FieldType.TEXT, keep, "d", "b", "a", "b", "c")).isEqualTo("[\"a\",\"b\",\"c\"]");
        }

        @Test
        void comeBackWhenASmallerOneIsTakenBack() {
            var measure = Accumulator.of(
                    new Shape.Argument("few", Kind.COLLECT_DISTINCT, FieldType.TEXT, 2), Dedup.Keep.LAST);
            addAll(List.of("a", "b", "c"), 0, measure);
            measure.remove("a", "a".hashCode(), new Coordinates(0, "a".hashCode()));
            assertThat(measure.value()).isEqualTo("[\"b\",\"c\"]");
        }

        @Test
        void areJson() {
            assertThat(collected(FieldType.TEXT, Dedup.Keep.FIRST, "say \"hi\"\\\n"))
                    .isEqualTo("[\"say \\\"hi\\\"\\\\\\u000a\"]");
            assertThat(collected(MONEY, Dedup.Keep.FIRST, new BigDecimal("1.50"), new BigDecimal("-0.10")))
                    .isEqualTo("[-0.10,1.50]");
            assertThat(collected(FieldType.DOUBLE, Dedup.Keep.FIRST, Double.NaN, 0.5))
                    .isEqualTo("[0.5,\"NaN\"]");
        }

        private static @Nullable Object collected(FieldType type, Dedup.Keep keep, Object... values) {
            var measure = Accumulator.of(new Shape.Argument("few", Kind.COLLECT_DISTINCT, type, 3), keep);
            addAll(List.of(values), 0, measure);
            return measure.value();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MEDIAN", "PERCENTILE", "APPROX_PERCENTILE", "ANY_VALUE", "VARIANCE", "STDDEV"})
    void givesBackWhatIsTakenBack(Kind kind) {
        var measure = Accumulator.of(kind, FieldType.DOUBLE, Dedup.Keep.LAST);
        addAll(List.of(1.0, 2.0, 4.0, Double.NaN, 0.1), 0, measure);
        for (var gone : List.of(Double.NaN, 0.1)) {
            measure.remove(gone, gone.hashCode(), new Coordinates(0, gone.hashCode()));
        }
        assertThat(measure.value()).isEqualTo(value(kind, FieldType.DOUBLE, List.of(4.0, 2.0, 1.0)));
    }

    /** Spark: NaN is greater than any number and equal to itself; a sum with NaN, or of both infinities, is NaN. */
    @Nested
    class SpecialNumbers {
        private static final double INFINITE = Double.POSITIVE_INFINITY;

        @ParameterizedTest
        @CsvSource({
            "MAX, FIRST, NaN", "MAX, LAST, NaN", "MIN, FIRST, -Infinity", "MIN, LAST, -Infinity", "DISTINCT, FIRST, 4",
            "DISTINCT, LAST, 4", "APPROX_DISTINCT, FIRST, 4", "SUM, FIRST, NaN", "SUM, LAST, NaN", "AVG, FIRST, NaN",
            "VARIANCE, FIRST, NaN", "STDDEV, LAST, NaN", "MEDIAN, FIRST, Infinity"
        })
        void countAsSparkCountsThem(Kind kind, Dedup.Keep keep, String expected) {
            var measure = Accumulator.of(kind, FieldType.DOUBLE, keep);
            addAll(List.of(INFINITE, Double.NaN, 1.0, -INFINITE, Double.NaN, 1.0), 0, measure);
            assertThat(measure.value()).hasToString(expected);
        }

        @ParameterizedTest
        @CsvSource({"SUM", "AVG"})
        void ofZerosAddUpToZero(Kind kind) {
            assertThat(value(kind, FieldType.DOUBLE, List.of(-0.0, -0.0))).isEqualTo(0.0);
        }

        @Test
        void takenBackLeaveTheRest() {
            var sum = Accumulator.of(Kind.SUM, FieldType.DOUBLE, Dedup.Keep.LAST);
            addAll(List.of(1.0, Double.NaN, INFINITE), 0, sum);
            for (var gone : List.of(Double.NaN, INFINITE)) {
                sum.remove(gone, gone.hashCode(), new Coordinates(0, gone.hashCode()));
            }
            assertThat(sum.value()).isEqualTo(1.0);
        }

        /** The least number below zero, halved, rounds to -0.0. */
        @Test
        void neverBecomeANegativeZero() {
            assertThat(value(Kind.AVG, FieldType.DOUBLE, List.of(-Double.MIN_VALUE, -0.0)))
                    .isEqualTo(0.0);
        }
    }

    @Nested
    class ADistinctCount {
        @Test
        void takesEqualDecimalsForOne() {
            assertThat(value(
                            Kind.DISTINCT,
                            MONEY,
                            List.of(new BigDecimal("1.0"), new BigDecimal("1.00"), BigDecimal.ONE)))
                    .isEqualTo(1L);
        }

        @Test
        void takesCaseAndBlanksForDifferences() {
            assertThat(value(Kind.DISTINCT, FieldType.TEXT, List.of("a", "A", "a ", "")))
                    .isEqualTo(4L);
        }
    }

    private static @Nullable Object value(Kind kind, FieldType type, List<? extends @Nullable Object> values) {
        var accumulator = Accumulator.of(kind, type);
        addAll(values, 0, accumulator);
        return accumulator.value();
    }

    private static @Nullable Object merged(Kind kind, FieldType type, List<@Nullable Object> values, long seed) {
        var random = new SplittableRandom(seed);
        var whole = Accumulator.of(kind, type);
        for (int from = 0; from < values.size(); ) {
            int until = Math.min(values.size(), from + random.nextInt(7));
            var part = Accumulator.of(kind, type);
            addAll(values.subList(from, until), 0, part);
            whole.merge(part);
            from = until;
        }
        return whole.value();
    }

    /** Each at a moment that its value gives: equal moments hold equal values, so any order of them is the same. */
    private static void addAll(List<? extends @Nullable Object> values, long from, Accumulator into) {
        for (var value : values) {
            long moment = value == null ? 0 : value.hashCode();
            into.add(value, from + moment, new Coordinates(0, moment));
        }
    }

    private static List<@Nullable Object> decimals(long seed) {
        var random = new SplittableRandom(seed);
        var values = new ArrayList<@Nullable Object>();
        for (int count = 0; count < 40; count++) {
            values.add(random.nextInt(9) == 0 ? null : BigDecimal.valueOf(random.nextInt(-500, 500), 2));
        }
        return values;
    }

    private static List<@Nullable Object> longs(long seed) {
        var random = new SplittableRandom(seed);
        var values = new ArrayList<@Nullable Object>();
        random.longs(random.nextInt(2, 40)).forEach(values::add);
        return values;
    }
}
