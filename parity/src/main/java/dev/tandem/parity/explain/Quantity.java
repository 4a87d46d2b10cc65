package dev.tandem.parity.explain;

import dev.tandem.parity.Numbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A measure's value at one point between stream and batch.
 *
 * @param present whether there is a row
 */
record Quantity(boolean present, @Nullable Object value) {
    static Quantity of(Optional<List<@Nullable Object>> row, int index) {
        return new Quantity(
                row.isPresent(), row.map(values -> values.get(index)).orElse(null));
    }

    /** A floating number as it is written, so that amounts have the digits that people see. */
    Optional<BigDecimal> number() {
        if (value instanceof BigDecimal decimal) {
            return Optional.of(decimal);
        }
        if (value instanceof Double floating) {
            return Double.isFinite(floating) ? Optional.of(BigDecimal.valueOf(floating)) : Optional.empty();
        }
        return value instanceof Number whole ? Optional.of(BigDecimal.valueOf(whole.longValue())) : Optional.empty();
    }

    /** No row and null count as 0. */
    BigDecimal orZero() {
        return number().orElse(BigDecimal.ZERO);
    }

    /** Whether it can take part in a subtraction. */
    boolean measurable() {
        return value == null || number().isPresent();
    }

    boolean sameAs(Quantity other) {
        return present == other.present && Numbers.same(value, other.value);
    }

    /** Empty where there is no row; null is {@code null}. */
    Optional<String> told() {
        return present ? Optional.of(value == null ? "null" : Numbers.told(value)) : Optional.empty();
    }
}
