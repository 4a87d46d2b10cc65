package dev.tandem.fold.measure;

import static dev.tandem.fold.measure.Accumulators.MONEY;
import static dev.tandem.fold.measure.Accumulators.addAll;
import static dev.tandem.fold.measure.Accumulators.merged;
import static dev.tandem.fold.measure.Accumulators.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Shape;
import dev.tandem.model.Dedup;
import dev.tandem.model.FieldType;
import dev.tandem.model.Measure.Kind;
import java.math.BigDecimal;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccumulatorTest {
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
