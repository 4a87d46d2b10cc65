package dev.tandem.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A number computed per group. {@code argument} is empty for {@code count(*)}; {@code filter} is the condition of a
 * {@code FILTER (WHERE …)}.
 *
 * @param parameter what {@link Kind#parameter} says; 0 of a measure that has none
 */
public record Measure(
        String name, Kind kind, Optional<Expression> argument, double parameter, Optional<Expression> filter) {
    private static final int LONGEST = 38;
    private static final int AVERAGE_SCALE = 6;

    /**
     * What can be computed the same in both modes whatever the order of the records. Each is described here and nowhere else: reader,
     * JSON Schema, reference, comparison and web UI ask it. Its accumulator is in fold.
     */
    public enum Kind {
        COUNT(Result.WHOLE, "how many records have a value; `count(*)`: how many records there are", Trait.ADDITIVE),
        SUM(Result.SUM, "the sum; null where it does not fit its type", Trait.ADDITIVE, Trait.OF_NUMBERS),
        AVG(Result.AVERAGE, "the average, with at least 6 digits behind the point, half up", Trait.OF_NUMBERS),
        MIN(Result.SAME, "the smallest value"),
        MAX(Result.SAME, "the largest value"),
        DISTINCT(Result.WHOLE, "how many different values there are, exact; remembers every one"),
        APPROX_DISTINCT(
                Result.WHOLE,
                "the same by a sketch of fixed size, with a standard error of 1.6 %; not where `dedup` has `keep: last`",
                Trait.APPROXIMATE,
                Trait.KEPT),
        FIRST(Result.SAME, "the value of the earliest record by event time, then by place in the log"),
        LAST(Result.SAME, "the value of the latest record by event time, then by place in the log"),
        MEDIAN(
                Result.REAL,
                "the number in the middle, or the mean of the two in the middle, exact; remembers every different number",
                Trait.OF_NUMBERS),
        PERCENTILE(
                Result.REAL,
                Parameter.FRACTION,
                "the number at place 0.95 × (n - 1), between two numbers in proportion (SQL's `PERCENTILE_CONT`), exact; remembers"
                        + " every different number",
                Trait.OF_NUMBERS),
        APPROX_PERCENTILE(
                Result.REAL,
                Parameter.FRACTION,
                "the smallest number that at least that share does not exceed (SQL's `PERCENTILE_DISC`), exact for whole numbers up"
                        + " to 512, others at most 0.4 % too near to zero; remembers at most 256 counts for each power of two",
                Trait.APPROXIMATE,
                Trait.OF_NUMBERS),
        VARIANCE(
                Result.REAL,
                "the variance of a sample (divided by n - 1), exact until it is rounded once; null for fewer than two numbers",
                Trait.OF_NUMBERS),
        STDDEV(Result.REAL, "the root of the variance", Trait.OF_NUMBERS),
        ANY_VALUE(Result.SAME, "one of the values: the smallest, so that it is the same in every run"),
        COLLECT_DISTINCT(
                Result.TEXT,
                Parameter.COUNT,
                "the smallest different values, at most so many, in order, as a JSON array; null for none");

        /** What a measure is told besides what it computes over. */
        public enum Parameter {
            NONE("", ""),
            FRACTION("a fraction from 0 to 1", "0.95"),
            COUNT("a whole number from 1 to 1000", "10");

            private final String words;
            private final String example;

            Parameter(String words, String example) {
                this.words = words;
                this.example = example;
            }

            public String words() {
                return words;
            }

            public boolean takes(double value) {
                return switch (this) {
                    case NONE -> false;
                    case FRACTION -> value >= 0 && value <= 1;
                    case COUNT -> value >= 1 && value <= 1_000 && value == Math.rint(value);
                };
            }
        }

        /** What follows from what a measure computes. */
        private enum Trait {
            /** Results of several keys or windows may be summed: the sum is the result for all of them. */
            ADDITIVE,
            /** The result is an estimate. */
            APPROXIMATE,
            /** What a record gave cannot be taken back. */
            KEPT,
            /** It can be computed of numbers only. */
            OF_NUMBERS
        }

        /** The type of the result. */
        private enum Result {
            WHOLE("BIGINT"),
            REAL("DOUBLE"),
            TEXT("STRING"),
            SAME("the type of x"),
            SUM("BIGINT, DECIMAL(38,s) or DOUBLE, after x"),
            AVERAGE("DECIMAL; DOUBLE of DOUBLE");

            private final String words;

            Result(String words) {
                this.words = words;
            }

            FieldType of(FieldType argument) {
                return switch (this) {
                    case WHOLE -> FieldType.LONG;
                    case REAL -> FieldType.DOUBLE;
                    case TEXT -> FieldType.TEXT;
                    case SAME -> argument;
                    case SUM ->
                        argument.asDecimal()
                                .<FieldType>map(it -> new FieldType.Decimal(LONGEST, it.scale()))
                                .orElse(argument.isFloating() ? argument : FieldType.LONG);
                    case AVERAGE ->
                        argument.isFloating() ? argument : new FieldType.Decimal(LONGEST, averageScale(argument));
                };
            }
        }

        private final Result result;
        private final Parameter parameter;
        private final String about;
        private final boolean additive;
        private final boolean approximate;
        private final boolean retractable;
        private final boolean ofNumbers;

        Kind(Result result, String about, Trait... traits) {
            this(result, Parameter.NONE, about, traits);
        }

        Kind(Result result, Parameter parameter, String about, Trait... traits) {
            this.result = result;
            this.parameter = parameter;
            this.about = about;
            var all = List.of(traits);
            this.additive = all.contains(Trait.ADDITIVE);
            this.approximate = all.contains(Trait.APPROXIMATE);
            this.retractable = !all.contains(Trait.KEPT);
            this.ofNumbers = all.contains(Trait.OF_NUMBERS);
        }

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

        /** What it computes, in a few words. */
        public String about() {
            return about;
        }

        /** The type of the result in words. */
        public String resultWords() {
            return result.words;
        }

        public Parameter parameter() {
            return parameter;
        }

        /** A call as a definition has it, over {@code argument}. */
        public String call(String argument) {
            var more = parameter == Parameter.NONE ? "" : ", " + parameter.example;
            return "%s(%s%s)".formatted(word(), argument, more);
        }

        public boolean needsNumbers() {
            return ofNumbers;
        }

        /** Whether the result is an estimate, which two modes need not share to the last digit. */
        public boolean isApproximate() {
            return approximate;
        }

        /** Whether the results of several keys or windows may be summed: only then is the sum the result for all of them. */
        public boolean isAdditive() {
            return additive;
        }

        /** Whether what a record gave can be taken back, as {@code keep: last} needs. */
        public boolean isRetractable() {
            return retractable;
        }

        /**
         * The type of the result for an argument of type {@code argument}. Sums of decimals keep their scale; averages are sums
         * divided by counts with at least 6 decimals, half up.
         */
        public FieldType resultType(FieldType argument) {
            return result.of(argument);
        }

        /** How many decimals an average has. */
        public static int averageScale(FieldType argument) {
            return argument.asDecimal()
                    .map(it -> Math.min(LONGEST, Math.max(AVERAGE_SCALE, it.scale() + 4)))
                    .orElse(AVERAGE_SCALE);
        }
    }
}
