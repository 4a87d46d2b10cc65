package dev.tandem.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A number computed per group. {@code argument} is empty for {@code count(*)}; {@code filter} is the condition of a
 * {@code FILTER (WHERE …)}.
 *
 * @param fraction of a percentile, from 0 to 1; 0 of any other measure
 */
public record Measure(
        String name, Kind kind, Optional<Expression> argument, double fraction, Optional<Expression> filter) {
    private static final int LONGEST = 38;
    private static final int AVERAGE_SCALE = 6;

    /** What can be computed exactly in both modes whatever the order of the records. */
    public enum Kind {
        COUNT,
        SUM,
        AVG,
        MIN,
        MAX,
        DISTINCT,
        /** The number of different values by a sketch of fixed size, with a standard error of 1.6 %. */
        APPROX_DISTINCT,
        /** The value of the earliest record by event time, then by place in the log. */
        FIRST,
        /** The value of the latest record by event time, then by place in the log. */
        LAST,
        /** The number in the middle, or the mean of the two in the middle. */
        MEDIAN,
        /** The number below which a fraction of the numbers lies, between two neighbours in proportion (SQL's PERCENTILE_CONT). */
        PERCENTILE,
        /** Of a sample: the sum of squared distances from the average, divided by the number of values less one. */
        VARIANCE,
        /** Of a sample: the root of the variance. */
        STDDEV;

        public static Optional<Kind> named(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst();
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(Kind::word).toList();
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it can be computed of numbers only. */
        public boolean needsNumbers() {
            return switch (this) {
                case SUM, AVG, MEDIAN, PERCENTILE, VARIANCE, STDDEV -> true;
                case COUNT, MIN, MAX, DISTINCT, APPROX_DISTINCT, FIRST, LAST -> false;
            };
        }

        /** Whether the result is an estimate, which two modes need not share to the last digit. */
        public boolean isApproximate() {
            return this == APPROX_DISTINCT;
        }

        /** Whether what a record gave can be taken back, as {@code keep: last} needs. */
        public boolean isRetractable() {
            return this != APPROX_DISTINCT;
        }

        /**
         * The type of the result for an argument of type {@code argument}. Sums of decimals keep their scale; averages are sums
         * divided by counts with at least 6 decimals, half up.
         */
        public FieldType resultType(FieldType argument) {
            return switch (this) {
                case COUNT, DISTINCT, APPROX_DISTINCT -> FieldType.LONG;
                case MIN, MAX, FIRST, LAST -> argument;
                case MEDIAN, PERCENTILE, VARIANCE, STDDEV -> FieldType.DOUBLE;
                case SUM ->
                    argument.asDecimal()
                            .<FieldType>map(it -> new FieldType.Decimal(LONGEST, it.scale()))
                            .orElse(argument.isFloating() ? argument : FieldType.LONG);
                case AVG -> argument.isFloating() ? argument : new FieldType.Decimal(LONGEST, averageScale(argument));
            };
        }

        /** How many decimals an average has. */
        public static int averageScale(FieldType argument) {
            return argument.asDecimal()
                    .map(it -> Math.min(LONGEST, Math.max(AVERAGE_SCALE, it.scale() + 4)))
                    .orElse(AVERAGE_SCALE);
        }
    }
}
