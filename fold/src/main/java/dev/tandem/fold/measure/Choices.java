package dev.tandem.fold.measure;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.ValueOrder;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Measures that choose among values, for groups to which is only added. */
final class Choices {
    private Choices() {}

    /** The smallest (sign -1) or largest (sign 1) value. */
    static final class Extreme extends Accumulator {
        private static final long serialVersionUID = 1L;
        private final int sign;
        private @Nullable Object best;

        Extreme(int sign) {
            this.sign = sign;
        }

        @Override
        void addPresent(Object value, long eventMicros, Coordinates at) {
            take(value);
        }

        private void take(@Nullable Object value) {
            if (value != null && (best == null || ValueOrder.ASCENDING.compare(value, best) * sign > 0)) {
                best = value;
            }
        }

        @Override
        void mergeSame(Accumulator other) {
            take(((Extreme) other).best);
        }

        @Override
        public void write(BlockWriter out) {
            out.value(best);
        }

        @Override
        public void mergePacked(BlockReader in) {
            take(in.value());
        }

        @Override
        public @Nullable Object value() {
            return best;
        }
    }

    /** The value of the earliest (sign -1) or latest (sign 1) record; of one record's several values the first or last. */
    static final class Boundary extends Accumulator {
        private static final long serialVersionUID = 1L;
        private final int sign;
        private long bestMicros;
        private @Nullable Coordinates bestAt;
        private @Nullable Object best;

        Boundary(int sign) {
            this.sign = sign;
        }

        @Override
        void addPresent(Object value, long eventMicros, Coordinates at) {
            if (bestAt == null || isBeyond(eventMicros, at, bestAt)) {
                bestMicros = eventMicros;
                bestAt = at;
                best = value;
            }
        }

        private boolean isBeyond(long eventMicros, Coordinates at, Coordinates before) {
            int compared = Long.compare(eventMicros, bestMicros);
            int whole = compared != 0 ? compared : at.compareTo(before);
            return whole == 0 ? sign > 0 : whole * sign > 0;
        }

        @Override
        void mergeSame(Accumulator other) {
            var it = (Boundary) other;
            if (it.bestAt != null && it.best != null) {
                addPresent(it.best, it.bestMicros, it.bestAt);
            }
        }

        @Override
        public void write(BlockWriter out) {
            out.value(best);
            if (best != null && bestAt != null) {
                out.writeLong(bestMicros);
                out.writeInt(bestAt.partition());
                out.writeLong(bestAt.position());
            }
        }

        @Override
        public void mergePacked(BlockReader in) {
            var value = in.value();
            if (value != null) {
                addPresent(value, in.readLong(), new Coordinates(in.readInt(), in.readLong()));
            }
        }

        @Override
        public @Nullable Object value() {
            return best;
        }
    }

    /** Exact: remembers each value once. */
    static final class Distinct extends Accumulator {
        private static final long serialVersionUID = 1L;
        private final Set<Object> seen = new HashSet<>();

        @Override
        void addPresent(Object value, long eventMicros, Coordinates at) {
            seen.add(plain(value));
        }

        @Override
        void mergeSame(Accumulator other) {
            seen.addAll(((Distinct) other).seen);
        }

        @Override
        public void write(BlockWriter out) {
            out.writeInt(seen.size());
            seen.forEach(out::value);
        }

        @Override
        public void mergePacked(BlockReader in) {
            for (int left = in.readInt(); left > 0; left--) {
                seen.add(Objects.requireNonNull(in.value()));
            }
        }

        @Override
        public Object value() {
            return (long) seen.size();
        }
    }

    /** Equal for equal values: 1.0 and 1.00 are one decimal. */
    static Object plain(Object value) {
        return value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value;
    }
}
