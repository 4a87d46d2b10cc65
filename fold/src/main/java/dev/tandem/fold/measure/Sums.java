package dev.tandem.fold.measure;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.FieldType;
import dev.tandem.model.Floats;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Measures that add up. What was added can be subtracted again, exactly. */
final class Sums {
    private static final int LONGEST = 38;

    private Sums() {}

    static Accumulator of(FieldType argument) {
        return switch (argument.kind()) {
            case DECIMAL -> new DecimalSum(argument.asDecimal().orElseThrow().scale());
            case FLOATING -> new FloatingSum();
            case WHOLE -> new WholeSum();
            // The engine has refused them as what a sum is computed of; of no argument a count is.
            case TEXT, TRUTH, TIMESTAMP, DATE, LIST -> new WholeSum();
        };
    }

    static final class Count extends Accumulator {
        private static final long serialVersionUID = 1L;
        private long count;

        @Override
        void addPresent(Object value, long eventMicros, Coordinates at) {
            count++;
        }

        @Override
        void removePresent(Object value, long eventMicros, Coordinates at) {
            count--;
        }

        @Override
        void mergeSame(Accumulator other) {
            count += ((Count) other).count;
        }

        @Override
        public void addPacked(BlockReader in, long eventMicros, Coordinates at) {
            count += in.isNull() ? 0 : 1;
            in.skipValue();
        }

        @Override
        public void write(BlockWriter out) {
            out.writeLong(count);
        }

        @Override
        public void mergePacked(BlockReader in) {
            count += in.readLong();
        }

        @Override
        public Object value() {
            return count;
        }
    }

    /** The true sum is {@code sum + wraps * 2^64}: whether it fits is asked at the end, so the order of adding cannot matter. */
    static final class WholeSum extends Accumulator {
        private static final long serialVersionUID = 1L;
        private static final BigDecimal WRAP = BigDecimal.valueOf(2).pow(Long.SIZE);
        private long sum;
        private long wraps;
        private long count;

        @Override
        void addPresent(Object value, long eventMicros, Coordinates at) {
            plus(((Number) value).longValue());
            count++;
        }

        @Override
        void removePresent(Object value, long eventMicros, Coordinates at) {
            long minus = ((Number) value).longValue();
            long next = sum - minus;
            if (((sum ^ minus) & (sum ^ next)) < 0) {
                wraps += minus < 0 ? 1 : -1;
            }
            sum = next;
            count--;
        }

        @Override
        void mergeSame(Accumulator other) {
            plus(((WholeSum) other).sum);
            wraps += ((WholeSum) other).wraps;
            count += ((WholeSum) other).count;
        }

        @Override
        public void addPacked(BlockReader in, long eventMicros, Coordinates at) {
            if (in.isNull()) {
                in.skipValue();
            } else {
                plus(in.wholeValue());
                count++;
            }
        }

        @Override
        public void write(BlockWriter out) {
            out.writeLong(sum);
            out.writeLong(wraps);
            out.writeLong(count);
        }

        @Override
        public void mergePacked(BlockReader in) {
            plus(in.readLong());
            wraps += in.readLong();
            count += in.readLong();
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
            return count > 0 && wraps == 0 ? sum : null;
        }
    }

    static final class DecimalSum extends Accumulator {
        private static final long serialVersionUID = 1L;
        private BigDecimal sum;
        private long count;

        DecimalSum(int scale) {
            sum = BigDecimal.ZERO.setScale(scale);
        }

        @Override
        void addPresent(Object value, long eventMicros, Coordinates at) {
            sum = sum.add((BigDecimal) value);
            count++;
        }

        @Override
        void removePresent(Object value, long eventMicros, Coordinates at) {
            sum = sum.subtract((BigDecimal) value);
            count--;
        }

        @Override
        void mergeSame(Accumulator other) {
            sum = sum.add(((DecimalSum) other).sum);
            count += ((DecimalSum) other).count;
        }

        @Override
        public void write(BlockWriter out) {
            out.value(sum);
            out.writeLong(count);
        }

        @Override
        public void mergePacked(BlockReader in) {
            sum = sum.add((BigDecimal) Objects.requireNonNull(in.value()));
            count += in.readLong();
        }

        @Override
        public @Nullable Object value() {
            return count > 0 && sum.precision() <= LONGEST ? sum : null;
        }
    }

    static final class FloatingSum extends Accumulator {
        private static final long serialVersionUID = 1L;
        private final ExactSum sum = new ExactSum();
        private long count;

        @Override
        void addPresent(Object value, long eventMicros, Coordinates at) {
            sum.plus((Double) value, 1);
            count++;
        }

        @Override
        void removePresent(Object value, long eventMicros, Coordinates at) {
            sum.plus((Double) value, -1);
            count--;
        }

        @Override
        void mergeSame(Accumulator other) {
            sum.plus(((FloatingSum) other).sum);
            count += ((FloatingSum) other).count;
        }

        @Override
        public void write(BlockWriter out) {
            sum.write(out);
            out.writeLong(count);
        }

        @Override
        public void mergePacked(BlockReader in) {
            sum.plus(in);
            count += in.readLong();
        }

        @Override
        public @Nullable Object value() {
            return count > 0 ? sum.rounded() : null;
        }
    }

    /** A sum and a count; divided only when asked, half up. */
    static final class Average extends Accumulator {
        private static final long serialVersionUID = 1L;
        private final Accumulator sum;
        private final int scale;
        private long count;

        Average(Accumulator sum, int scale) {
            this.sum = sum;
            this.scale = scale;
        }

        @Override
        void addPresent(Object value, long eventMicros, Coordinates at) {
            sum.addPresent(value, eventMicros, at);
            count++;
        }

        @Override
        void removePresent(Object value, long eventMicros, Coordinates at) {
            sum.removePresent(value, eventMicros, at);
            count--;
        }

        @Override
        void mergeSame(Accumulator other) {
            sum.mergeSame(((Average) other).sum);
            count += ((Average) other).count;
        }

        @Override
        public void write(BlockWriter out) {
            sum.write(out);
            out.writeLong(count);
        }

        @Override
        public void mergePacked(BlockReader in) {
            sum.mergePacked(in);
            count += in.readLong();
        }

        @Override
        public @Nullable Object value() {
            if (count == 0) {
                return null;
            }
            if (sum instanceof FloatingSum floating) {
                return Floats.normal(floating.sum.rounded() / count);
            }
            var total = sum instanceof DecimalSum decimal ? decimal.sum : ((WholeSum) sum).exact();
            var average = total.divide(BigDecimal.valueOf(count), scale, RoundingMode.HALF_UP);
            return average.precision() <= LONGEST ? average : null;
        }
    }
}
