package dev.tandem.fold;

import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Floats;
import dev.tandem.model.ValueOrder;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The number in the middle, or the mean of the two in the middle, as a DOUBLE. Exact, so it remembers every different number with
 * how often it came. Null for no numbers; NaN is the greatest number, as in every order.
 */
final class Median extends Accumulator {
    private static final long serialVersionUID = 1L;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private final TreeMap<Object, Long> counts = new TreeMap<>(ValueOrder.ASCENDING);
    private long count;

    @Override
    void addPresent(Object value, long eventMicros, Coordinates at) {
        take(value, 1);
    }

    @Override
    void removePresent(Object value, long eventMicros, Coordinates at) {
        take(value, -1);
    }

    private void take(Object value, long times) {
        count += times;
        if (counts.merge(value, times, Long::sum) == 0) {
            counts.remove(value);
        }
    }

    @Override
    void mergeSame(Accumulator other) {
        ((Median) other).counts.forEach(this::take);
    }

    @Override
    void write(BlockWriter out) {
        out.writeInt(counts.size());
        counts.forEach((value, times) -> {
            out.value(value);
            out.writeLong(times);
        });
    }

    @Override
    void mergePacked(BlockReader in) {
        for (int left = in.readInt(); left > 0; left--) {
            take(Objects.requireNonNull(in.value()), in.readLong());
        }
    }

    @Override
    public @Nullable Object value() {
        if (count == 0) {
            return null;
        }
        var low = at((count - 1) / 2);
        var high = at(count / 2);
        if (low instanceof Double one
                && high instanceof Double other
                && !(Double.isFinite(one) && Double.isFinite(other))) {
            return one.equals(other) ? one : (Double) (one + other);
        }
        return Floats.normal(
                Spread.exact(low).add(Spread.exact(high)).divide(TWO).doubleValue());
    }

    /** The number at a place, counted from 0, in the order of numbers. */
    private Object at(long place) {
        long before = 0;
        for (var entry : counts.entrySet()) {
            before += entry.getValue();
            if (before > place) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("there are %d numbers, and not one at %d".formatted(count, place));
    }
}
