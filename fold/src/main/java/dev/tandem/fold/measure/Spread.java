package dev.tandem.fold.measure;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The variance of a sample, {@code (Σx² - (Σx)²/n) / (n-1)}, or its root. Both sums are exact, of floating numbers too, so that
 * neither order nor the size of the numbers takes a digit from the result; it is rounded once, to a DOUBLE. Null for fewer than
 * two numbers, NaN where one is NaN or infinite.
 */
final class Spread extends Accumulator {
    private static final long serialVersionUID = 1L;
    /** Twice the digits of a DOUBLE, for the division and the root before the result is rounded. */
    private static final MathContext DIGITS = MathContext.DECIMAL128;

    private final boolean root;
    private BigDecimal sum = BigDecimal.ZERO;
    private BigDecimal squares = BigDecimal.ZERO;
    private long count;
    private long notFinite;

    /** The standard deviation with {@code root}, else the variance. */
    Spread(boolean root) {
        this.root = root;
    }

    @Override
    void addPresent(Object value, long eventMicros, Coordinates at) {
        take(value, 1);
    }

    @Override
    void removePresent(Object value, long eventMicros, Coordinates at) {
        take(value, -1);
    }

    private void take(Object value, int times) {
        count += times;
        if (value instanceof Double number && !Double.isFinite(number)) {
            notFinite += times;
            return;
        }
        var number = exact(value);
        var square = number.multiply(number);
        sum = times > 0 ? sum.add(number) : sum.subtract(number);
        squares = times > 0 ? squares.add(square) : squares.subtract(square);
    }

    static BigDecimal exact(Object value) {
        if (value instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        }
        return value instanceof Double number ? new BigDecimal(number) : (BigDecimal) value;
    }

    @Override
    void mergeSame(Accumulator other) {
        var its = (Spread) other;
        sum = sum.add(its.sum);
        squares = squares.add(its.squares);
        count += its.count;
        notFinite += its.notFinite;
    }

    @Override
    public void write(BlockWriter out) {
        out.value(sum);
        out.value(squares);
        out.writeLong(count);
        out.writeLong(notFinite);
    }

    @Override
    public void mergePacked(BlockReader in) {
        sum = sum.add((BigDecimal) Objects.requireNonNull(in.value()));
        squares = squares.add((BigDecimal) Objects.requireNonNull(in.value()));
        count += in.readLong();
        notFinite += in.readLong();
    }

    @Override
    public @Nullable Object value() {
        if (count < 2) {
            return null;
        }
        if (notFinite > 0) {
            return Double.NaN;
        }
        var number = BigDecimal.valueOf(count);
        // Multiplied by n, so that nothing is divided before the end.
        var distance = squares.multiply(number).subtract(sum.multiply(sum));
        var variance = distance.divide(number.multiply(BigDecimal.valueOf(count - 1)), DIGITS);
        return (root ? variance.sqrt(DIGITS) : variance).doubleValue();
    }
}
