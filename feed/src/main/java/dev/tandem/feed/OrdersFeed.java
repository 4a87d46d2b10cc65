package dev.tandem.feed;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A finite data set of orders with faults in exact numbers: each fault takes its share of the orders, rounded, from all rows without
 * replacement, and one row may meet several. First come the copies, then the negatives (which hit copies and originals), the late and the
 * missing ids; at last all is sorted by the written timestamp. Start and spacing of the generation do not matter; the days are settings.
 *
 * <p>A late row is dated earlier than it was, and as the rows are sorted it also arrives earlier: this set's lateness is in its truth only,
 * until a {@link Disorder} or a pipeline's own clock brings it out.
 */
final class OrdersFeed implements Feed {

    private static final int USUAL_ROWS = 10_000;
    private static final List<String> COLUMNS =
            List.of("order_id", "customer_id", "product_id", "order_timestamp", "quantity", "price", "status");

    private final long seed;
    private final int orders;
    private final FaultPlan plan;
    private final Orders source;
    private final FlatModel model;

    OrdersFeed(Generation generation) {
        seed = generation.seed();
        orders = Math.toIntExact(generation.events().orElse(USUAL_ROWS));
        plan = generation.faults();
        source = new Orders(seed, OrderSettings.of(generation));
        model = new FlatModel(
                COLUMNS, "order_id", "order_timestamp", "quantity", Cell.NAN, IsoTime::seconds, generation.form());
        if (plan.malformed() + plan.futureDated() + plan.outOfOrder().share() > 0) {
            throw new IllegalArgumentException(
                    "Cannot inject malformed, future_dated or out_of_order into 'orders': its rows are sorted and counted;"
                            + " use duplicate, late, missing_id, negative_quantity and negative_price");
        }
    }

    @Override
    public Stream<FeedRecord> records() {
        var rows = rows();
        return IntStream.range(0, rows.size())
                .mapToObj(number -> rows.get(number).record(number));
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(orders + share(plan.duplicate().share()));
    }

    @Override
    public List<String> columns() {
        return model.header();
    }

    private List<Row> rows() {
        var rows = new ArrayList<Row>(orders + orders / 10);
        for (var number = 0; number < orders; number++) {
            rows.add(new Row(source.order(number)));
        }
        inject(Fault.DUPLICATE, plan.duplicate().share(), rows, (row, random) -> rows.add(copy(row, random)));
        inject(Fault.NEGATIVE_QUANTITY, content(Fault.NEGATIVE_QUANTITY), rows, (row, random) -> row.quantity *= -1);
        inject(
                Fault.NEGATIVE_PRICE,
                content(Fault.NEGATIVE_PRICE),
                rows,
                (row, random) -> row.price = row.price.negate());
        inject(
                Fault.LATE,
                plan.late().share(),
                rows,
                (row, random) -> row.time = row.time.minus(drawn(plan.late(), random)));
        inject(Fault.MISSING_ID, plan.missingId(), rows, (row, random) -> {});
        rows.sort(Comparator.<Row, Instant>comparing(row -> row.time).thenComparing(row -> row.order.number()));
        return rows;
    }

    /** Does something to a sample of the rows; a copy gets the fault itself, otherwise its original would carry it. */
    private void inject(Fault fault, double share, List<Row> rows, BiConsumer<Row, SplittableRandom> doing) {
        var random = Chance.SAMPLE.of(seed, fault.code().hashCode());
        for (var at : sample(rows.size(), share(share), random)) {
            var row = rows.get(at);
            doing.accept(row, random);
            if (fault != Fault.DUPLICATE) {
                row.faults.add(fault);
            }
        }
    }

    private Row copy(Row original, SplittableRandom random) {
        var copy = new Row(original.order);
        copy.time = original.time.plus(drawn(plan.duplicate(), random));
        copy.faults.add(Fault.DUPLICATE);
        return copy;
    }

    private static Duration drawn(DelayedShare delay, SplittableRandom random) {
        return Duration.ofSeconds(
                random.nextLong(delay.from().toSeconds(), delay.to().toSeconds() + 1));
    }

    /** Different places among {@code size}, every set of them as likely as the next. */
    private static int[] sample(int size, int count, SplittableRandom random) {
        var places = IntStream.range(0, size).toArray();
        for (var at = 0; at < count; at++) {
            var other = random.nextInt(at, size);
            var place = places[other];
            places[other] = places[at];
            places[at] = place;
        }
        return IntStream.of(places).limit(count).toArray();
    }

    private int share(double share) {
        return (int) Math.round(orders * share);
    }

    private double content(Fault fault) {
        return plan.content().getOrDefault(fault, 0.0);
    }

    private final class Row {
        private final Orders.Order order;
        private final EnumSet<Fault> faults = EnumSet.noneOf(Fault.class);
        private Instant time;
        private int quantity;
        private BigDecimal price;

        private Row(Orders.Order order) {
            this.order = order;
            this.time = order.time();
            this.quantity = order.quantity();
            this.price = order.price();
        }

        private FeedRecord record(long number) {
            return new FeedRecord(
                    number,
                    order.number(),
                    byFate(),
                    Optional.of(order.id()),
                    Optional.of(time),
                    time,
                    FlatEvent.written(model, cells()));
        }

        private List<Cell> cells() {
            return List.of(
                    faults.contains(Fault.MISSING_ID) ? model.missing() : Cell.text(order.id()),
                    Cell.text(order.customer()),
                    Cell.text(order.product()),
                    Cell.text(IsoTime.seconds(time)),
                    Cell.number(quantity),
                    Cell.number(price),
                    Cell.text(order.status()));
        }

        private List<Fault> byFate() {
            return Stream.of(
                            Fault.MISSING_ID,
                            Fault.NEGATIVE_QUANTITY,
                            Fault.NEGATIVE_PRICE,
                            Fault.DUPLICATE,
                            Fault.LATE)
                    .filter(faults::contains)
                    .toList();
        }
    }
}
