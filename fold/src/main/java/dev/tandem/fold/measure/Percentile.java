package dev.tandem.fold.measure;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Floats;
import dev.tandem.model.ValueOrder;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The number below which a fraction of the numbers lies, as a DOUBLE. With n numbers in order it stands at place fraction x (n - 1),
 * counted from 0; between two places it is taken in proportion. That is SQL's PERCENTILE_CONT, and with 0.5 the median. Exact until it
 * is rounded once, so it remembers every different number with how often it came. Null for no numbers; NaN is the greatest number, as
 * in every order.
 */
final class Percentile extends Accumulator {
    private static final long serialVersionUID = 1L;

    private final double fraction;
    private final TreeMap<Object, Long> counts = new TreeMap<>(ValueOrder.ASCENDING);
    private long count;

    /** @param fraction from 0 to 1 */
    Percentile(double fraction) {
        this.fraction = fraction;
    }

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
        ((Percentile) other).counts.forEach(this::take);
    }

    @Override
    public void write(BlockWriter out) {
        out.writeInt(counts.size());
        counts.forEach((value, times) -> {
            out.value(value);
            out.writeLong(times);
        });
    }

    @Override
    public void mergePacked(BlockReader in) {
        for (int left = in.readInt(); left > 0; left--) {
            take(Objects.requireNonNull(in.value()), in.readLong());
        }
    }

    @Override
    public @Nullable Object value() {
        if (count == 0) {
            return null;
        }
        // As it is written: 0.95 is not the double next to it.
        var place = new BigDecimal(Double.toString(fraction)).multiply(BigDecimal.valueOf(count - 1));
        long below = place.longValue();
        var share = place.subtract(BigDecimal.valueOf(below));
        var low = at(below);
        if (share.signum() == 0) {
            return low instanceof Double one
                    ? Floats.normal(one)
                    : (Object) Spread.exact(low).doubleValue();
        }
        var high = at(below + 1);
        if (low instanceof Double one
                && high instanceof Double other
                && !(Double.isFinite(one) && Double.isFinite(other))) {
            return one.equals(other) ? one : (Double) (one + other);
        }
        var exact = Spread.exact(low);
        return Floats.normal(
                exact.add(Spread.exact(high).subtract(exact).multiply(share)).doubleValue());
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
