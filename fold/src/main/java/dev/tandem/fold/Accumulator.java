package dev.tandem.fold;

import dev.tandem.model.FieldType;
import dev.tandem.model.Measure;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A measure while it is being computed. Adding and merging commute and associate exactly (floating sums excepted), so any order
 * and any cut into micro-batches gives the same value: that is what lets two modes agree to the last digit. Null arguments do
 * not count.
 */
public abstract class Accumulator implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 38;

    Accumulator() {}

    /** An empty accumulator of {@code kind} over arguments of type {@code argument}. */
    public static Accumulator of(Measure.Kind kind, FieldType argument) {
        return switch (kind) {
            case COUNT -> new Count();
            case DISTINCT -> new Distinct();
            case MIN -> new Extreme(-1);
            case MAX -> new Extreme(1);
            case SUM -> sum(argument);
            case AVG -> new Average(sum(argument), Measure.Kind.averageScale(argument));
        };
    }

    private static Accumulator sum(FieldType argument) {
        if (argument instanceof FieldType.Decimal decimal) {
            return new DecimalSum(decimal.scale());
        }
        return argument instanceof FieldType.Floating ? new FloatingSum() : new WholeSum();
    }

    abstract void addPresent(Object value);

    abstract void mergeSame(Accumulator other);

    /**
     * The value now: Long, BigDecimal, Double or what was compared; null where nothing was added and the measure needs something,
     * or where a sum or average is larger than its type (as {@code try_sum} has it: one large record must not stop a run).
     */
    public abstract @Nullable Object value();

    public final void add(@Nullable Object value) {
        if (value != null) {
            addPresent(value);
        }
    }

    /** Takes in all that {@code other}, an accumulator of the same measure, has taken in. */
    public final void merge(Accumulator other) {
        if (other.getClass() != getClass()) {
            throw new IllegalArgumentException("Cannot merge %s into %s"
                    .formatted(other.getClass().getSimpleName(), getClass().getSimpleName()));
        }
        mergeSame(other);
    }

    private static final class Count extends Accumulator {
        private static final long serialVersionUID = 1L;
        private long count;

        @Override
        void addPresent(Object value) {
            count++;
        }

        @Override
        void mergeSame(Accumulator other) {
            count += ((Count) other).count;
        }

        @Override
        public Object value() {
            return count;
        }
    }

    /** The true sum is {@code sum + wraps * 2^64}: whether it fits is asked at the end, so the order of adding cannot matter. */
    private static final class WholeSum extends Accumulator {
        private static final long serialVersionUID = 1L;
        private static final BigDecimal WRAP = BigDecimal.valueOf(2).pow(Long.SIZE);
        private long sum;
        private long wraps;
        private boolean any;

        @Override
        void addPresent(Object value) {
            plus(((Number) value).longValue());
            any = true;
        }

        @Override
        void mergeSame(Accumulator other) {
            plus(((WholeSum) other).sum);
            wraps += ((WholeSum) other).wraps;
            any |= ((WholeSum) other).any;
        }

        private void plus(long value) {
            long next = sum + value;
            if (((sum ^ next) & (value ^ next)) < 0) {
                wraps += value < 0 ? -1 : 1;
            }
            sum = next;
        }

        BigDecimal exact() {
            return BigDecimal.valueOf(wraps).multiply(WRAP).add(BigDecimal.valueOf(sum));
        }

        @Override
        public @Nullable Object value() {
            return any && wraps == 0 ? sum : null;
        }
    }

    private static final class DecimalSum extends Accumulator {
        private static final long serialVersionUID = 1L;
        private BigDecimal sum;
        private boolean any;

        DecimalSum(int scale) {
            sum = BigDecimal.ZERO.setScale(scale);
        }

        @Override
        void addPresent(Object value) {
            sum = sum.add((BigDecimal) value);
            any = true;
        }

        @Override
        void mergeSame(Accumulator other) {
            sum = sum.add(((DecimalSum) other).sum);
            any |= ((DecimalSum) other).any;
        }

        @Override
        public @Nullable Object value() {
            return any && sum.precision() <= LONGEST ? sum : null;
        }
    }

    private static final class FloatingSum extends Accumulator {
        private static final long serialVersionUID = 1L;
        private double sum;
        private boolean any;

        @Override
        void addPresent(Object value) {
            sum += (Double) value;
            any = true;
        }

        @Override
        void mergeSame(Accumulator other) {
            sum += ((FloatingSum) other).sum;
            any |= ((FloatingSum) other).any;
        }

        @Override
        public @Nullable Object value() {
            return any ? sum : null;
        }
    }

    /** A sum and a count; divided only when asked, half up. */
    private static final class Average extends Accumulator {
        private static final long serialVersionUID = 1L;
        private final Accumulator sum;
        private final int scale;
        private long count;

        Average(Accumulator sum, int scale) {
            this.sum = sum;
            this.scale = scale;
        }

        @Override
        void addPresent(Object value) {
            sum.addPresent(value);
            count++;
        }

        @Override
        void mergeSame(Accumulator other) {
            sum.mergeSame(((Average) other).sum);
            count += ((Average) other).count;
        }

        @Override
        public @Nullable Object value() {
            if (count == 0) {
                return null;
            }
            if (sum instanceof FloatingSum floating) {
                return floating.sum / count;
            }
            var total = sum instanceof DecimalSum decimal ? decimal.sum : ((WholeSum) sum).exact();
            var average = total.divide(BigDecimal.valueOf(count), scale, RoundingMode.HALF_UP);
            return average.precision() <= LONGEST ? average : null;
        }
    }

    /** The smallest (sign -1) or largest (sign 1) value. */
    private static final class Extreme extends Accumulator {
        private static final long serialVersionUID = 1L;
        private final int sign;
        private @Nullable Object best;

        Extreme(int sign) {
            this.sign = sign;
        }

        @Override
        @SuppressWarnings("unchecked") // a measure's arguments all have the one type that its expression has
        void addPresent(Object value) {
            if (best == null || ((Comparable<Object>) value).compareTo(best) * sign > 0) {
                best = value;
            }
        }

        @Override
        void mergeSame(Accumulator other) {
            add(((Extreme) other).best);
        }

        @Override
        public @Nullable Object value() {
            return best;
        }
    }

    /** Exact: remembers each value once. */
    private static final class Distinct extends Accumulator {
        private static final long serialVersionUID = 1L;
        private final Set<Object> seen = new HashSet<>();

        @Override
        void addPresent(Object value) {
            seen.add(value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value);
        }

        @Override
        void mergeSame(Accumulator other) {
            seen.addAll(((Distinct) other).seen);
        }

        @Override
        public Object value() {
            return (long) seen.size();
        }
    }
}
