package dev.tandem.feed;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What the model of orders can be told.
 *
 * @param start the first day's beginning
 * @param end the beginning of the day after the last one
 * @param roomBefore how much earlier a fault can date a row
 * @param roomAfter how much later a fault can date a row
 */
record OrderSettings(
        int customers,
        int products,
        Instant start,
        Instant end,
        long fromCents,
        long toCents,
        Duration roomBefore,
        Duration roomAfter) {

    /** {@code from} and {@code to} are dates, the second one excluded; prices include both ends. */
    static final List<String> NAMES = List.of("customers", "products", "from", "to", "price_from", "price_to");

    static OrderSettings of(Generation generation) {
        var told = Settings.of(generation);
        var settings = new OrderSettings(
                told.whole("customers", 1_000, 1),
                told.whole("products", 50, 1),
                told.date("from", "2026-01-01").atStartOfDay().toInstant(ZoneOffset.UTC),
                told.date("to", "2026-01-31").atStartOfDay().toInstant(ZoneOffset.UTC),
                cents(told.decimal("price_from", "5.00")),
                cents(told.decimal("price_to", "500.00")),
                longer(Orders.USUAL.late(), generation.faults().late()),
                longer(Orders.USUAL.duplicate(), generation.faults().duplicate())
                        .plusSeconds(1));
        if (!settings.start()
                .plus(settings.roomBefore())
                .isBefore(settings.end().minus(settings.roomAfter()))) {
            throw told.refusal("to", "give a date after the one of 'from'");
        }
        if (settings.fromCents() > settings.toCents()) {
            throw told.refusal("price_to", "give at least the price of 'price_from'");
        }
        return settings;
    }

    /** At least the usual delay, so that the orders themselves are the same with and without faults. */
    private static Duration longer(DelayedShare usual, DelayedShare told) {
        return usual.to().compareTo(told.to()) > 0 ? usual.to() : told.to();
    }

    private static long cents(BigDecimal price) {
        return price.movePointRight(2).longValueExact();
    }
}
