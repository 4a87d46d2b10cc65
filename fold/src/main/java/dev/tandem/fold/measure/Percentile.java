package dev.tandem.fold.measure;

import dev.tandem.model.Floats;
import dev.tandem.model.ValueOrder;
import java.math.BigDecimal;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The percentile of numbers as a DOUBLE: of n sorted numbers the one at index fraction x (n - 1), interpolated linearly between
 * two indexes. This is PERCENTILE_CONT of SQL, and with 0.5 the median. It is exact until it is rounded once, so it keeps a count
 * for each different number. Null for no numbers; NaN is the greatest number, as in every order.
 */
final class Percentile extends CountedValues<TreeMap<Object, Long>> {
    private static final long serialVersionUID = 1L;

    private final double fraction;
    private long count;

    /** @param fraction from 0 to 1 */
    Percentile(double fraction) {
        super(new TreeMap<>(ValueOrder.ASCENDING));
        this.fraction = fraction;
    }

    @Override
    void count(Object value, long times) {
        super.count(value, times);
        count += times;
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
