package dev.tandem.feed;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Trades as messages of Coinbase's ticker channel, field by field as a recorded session has them.
 *
 * <p>Laws: the price is the sum of straight lines between even draws at every 2^k-th trade, k from 2 to 16, each with the size of a random
 * walk over that many steps, which looks like one and costs the same for any trade; the taker buys in 35 to 65 % of the trades of a
 * minute, drawn per minute; sizes are log-uniform from 0.00001 to 2.
 */
final class TickerGenerator implements Generator {

    static final List<String> SETTINGS = List.of("product", "price");
    static final FaultPlan USUAL = FaultPlan.none()
            .withLate(0.01, Duration.ofSeconds(5), Duration.ofMinutes(2))
            .withDuplicate(0.005, Duration.ofSeconds(1), Duration.ofSeconds(30))
            .withMalformed(0.0005);

    private static final List<String> COLUMNS = List.of(
            "type",
            "sequence",
            "product_id",
            "price",
            "open_24h",
            "volume_24h",
            "low_24h",
            "high_24h",
            "volume_30d",
            "best_bid",
            "best_ask",
            "side",
            "time",
            "trade_id",
            "last_size");
    private static final int SMALLEST = 2;
    private static final int LARGEST = 16;
    private static final double STEP = 0.00003; // of the price, as the scale of one trade's change
    private static final long FIRST_TRADE = 500_000_000L;
    private static final long FIRST_SEQUENCE = 60_000_000_000L;
    private static final int MESSAGES_BETWEEN = 9; // the sequence counts the product's other messages too

    private final long seed;
    private final Instant start;
    private final Duration spacing;
    private final String product;
    private final double base;
    private final FlatModel model;

    TickerGenerator(Generation generation) {
        var told = Settings.of(generation);
        seed = generation.seed();
        start = generation.start();
        spacing = generation.spacing();
        product = told.text("product", "BTC-USD");
        base = told.decimal("price", "60000").doubleValue();
        model = new FlatModel(COLUMNS, "trade_id", "time", "price", Cell.NOTHING, IsoTime::micros, generation.form());
        if (!(base >= 1)) {
            throw told.refusal("price", "give at least 1");
        }
    }

    static Feed feed(Generation generation) {
        return new GeneratedFeed(generation, new TickerGenerator(generation));
    }

    @Override
    public List<String> columns() {
        return model.header();
    }

    @Override
    public Event event(long number) {
        var random = Chance.CONTENT.of(seed, number);
        var time = start.plusNanos(spacing.toNanos() * number).truncatedTo(ChronoUnit.MICROS);
        var buys = random.nextDouble() < buyingShare(time);
        var price = cents(price(number));
        var spread = BigDecimal.valueOf(random.nextLong(1, 200), 2);
        var size = 0.00001 * StrictMath.pow(200_000, random.nextDouble());
        var trade = FIRST_TRADE + number;
        var range = base * widest();
        var cells = List.of(
                Cell.text("ticker"),
                Cell.number(FIRST_SEQUENCE + number * MESSAGES_BETWEEN + random.nextInt(MESSAGES_BETWEEN)),
                Cell.text(product),
                text(price),
                text(cents(base)),
                text(BigDecimal.valueOf(1_234_500_000_000L + number * 1_000, 8)),
                text(cents(Math.max(0.01, base - range))),
                text(cents(base + range)),
                text(BigDecimal.valueOf(37_035_000_000_000L + number * 1_000, 8)),
                text(buys ? price.subtract(spread) : price),
                text(buys ? price : price.add(spread)),
                Cell.text(buys ? "buy" : "sell"),
                Cell.text(IsoTime.micros(time)),
                Cell.number(trade),
                text(BigDecimal.valueOf(Math.max(1, Math.round(size * 1e8)), 8)));
        return new FlatEvent(model, Long.toString(trade), time, Fault.NONE, cells);
    }

    private double price(long number) {
        var change = 0.0;
        for (var power = SMALLEST; power <= LARGEST; power++) {
            var length = 1L << power;
            var left = Math.floorDiv(number, length);
            var way = (double) (number - left * length) / length;
            change += height(power) * (even(power, left) * (1 - way) + even(power, left + 1) * way);
        }
        return base * (1 + change);
    }

    private static double height(int power) {
        return STEP * Math.sqrt((double) (1L << power));
    }

    private static double widest() {
        var sum = 0.0;
        for (var power = SMALLEST; power <= LARGEST; power++) {
            sum += height(power);
        }
        return sum;
    }

    /** Between -1 and 1. */
    private double even(int power, long place) {
        return (Chance.WALK.hash(seed, place * 64 + power) >> 11) * 0x1.0p-52;
    }

    private double buyingShare(Instant time) {
        var minute = Math.floorDiv(time.getEpochSecond(), 60);
        return 0.35 + 0.3 * ((Chance.SIDE.hash(seed, minute) >>> 11) * 0x1.0p-53);
    }

    private static BigDecimal cents(double price) {
        return BigDecimal.valueOf(Math.round(price * 100), 2);
    }

    private static Cell text(BigDecimal number) {
        return Cell.text(number.toPlainString());
    }
}
