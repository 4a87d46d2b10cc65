package dev.tandem.parity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of measures as numbers, where they are. */
public final class Numbers {
    private static final int SCALE = 6;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Numbers() {}

    /** A number; empty for text, times, truth values, null, NaN and infinities. */
    public static Optional<BigDecimal> of(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return Optional.of(decimal);
        }
        if (value instanceof Double floating) {
            return Double.isFinite(floating) ? Optional.of(new BigDecimal(floating)) : Optional.empty();
        }
        return value instanceof Number whole ? Optional.of(BigDecimal.valueOf(whole.longValue())) : Optional.empty();
    }

    /** Whether two stored values are the same; 1.0 and 1.00 are, and so are NaN and NaN. */
    public static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Long && left.equals(right)) {
            return true;
        }
        var leftNumber = of(left);
        var rightNumber = of(right);
        if (leftNumber.isPresent() && rightNumber.isPresent()) {
            return leftNumber.get().compareTo(rightNumber.get()) == 0;
        }
        return left == null ? right == null : left.equals(right);
    }

    /** Whether {@code value} has a distance to others, so that a tolerance can allow it; null counts as 0. */
    static boolean measurable(@Nullable Object value) {
        return value == null || of(value).isPresent();
    }

    /** {@code |stream - batch| / max(|batch|, 1) * 100}. */
    public static BigDecimal percent(BigDecimal stream, BigDecimal batch) {
        return share(stream.subtract(batch).abs(), batch.abs().max(BigDecimal.ONE));
    }

    /** {@code part / whole * 100}, 0 for a whole of 0. */
    static BigDecimal share(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0
                ? BigDecimal.ZERO
                : part.multiply(HUNDRED).divide(whole, SCALE, RoundingMode.HALF_UP);
    }

    /** As a person reads it: no trailing zeros, no exponent. */
    public static String told(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
        }
        return value.toString();
    }
}
