package dev.tandem.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A shop's funnel: a session views a product, a fifth of them click 10 to 300 s later, 15 % of those buy 120 to 43,200 s after that. Views
 * are spread over the 24 hours before their file is made, so a quarter of the purchases lie in the future.
 *
 * <p>A hundred files of 15 rows are a function of the seed and their number: sessions follow one another until all are full, and what is
 * above is cut off. To cut after each file would make views of 82 % instead of the 81.3 % that were measured. A file is made one spacing
 * per row after the start.
 */
final class ShopGenerator implements Generator {

    static final List<String> SETTINGS = List.of("users", "file_rows");
    static final Set<Fault> OWN_FAULTS = Set.of(Fault.UNKNOWN_TYPE, Fault.MISSING_VALUE);

    private static final List<String> COLUMNS = List.of(
            "event_id",
            "session_id",
            "user_id",
            "event_type",
            "product_id",
            "product_name",
            "brand",
            "category",
            "price",
            "quantity",
            "timestamp");
    private static final int FILES = 100;
    private static final long DAY = 86_400;
    private static final Map<Fault, FlatEvent.Change> WRONG = Map.of(
            Fault.UNKNOWN_TYPE, new FlatEvent.Change("event_type", Cell.text("hover")),
            Fault.MISSING_VALUE, new FlatEvent.Change("product_id", Cell.NOTHING));
    private static final Map<String, List<String>> SPELLINGS = Map.of(
            "view", List.of("view", "View", "VIEW"),
            "click", List.of("click", "Click", "CLICK"),
            "buy", List.of("buy", "Buy", "BUY"));

    private final long seed;
    private final Instant start;
    private final Duration spacing;
    private final int users;
    private final int rows;
    private final int blockRows;
    private final ShopCatalogue catalogue;
    private final FlatModel model;

    /** The block that was asked for last; it could be made again at any time. */
    private volatile Block latest = new Block(-1, List.of());

    private record Block(long number, List<Event> events) {}

    ShopGenerator(Generation generation) {
        var told = Settings.of(generation);
        seed = generation.seed();
        start = generation.start();
        spacing = generation.spacing();
        users = told.whole("users", 1_000, 1);
        rows = told.whole("file_rows", 15, 1);
        blockRows = FILES * rows;
        catalogue = new ShopCatalogue(seed);
        model = new FlatModel(
                COLUMNS, "event_id", "timestamp", "quantity", Cell.NOTHING, IsoTime::millis, generation.form());
    }

    static Feed feed(Generation generation) {
        return new GeneratedFeed(generation, new ShopGenerator(generation));
    }

    @Override
    public List<String> columns() {
        return model.header();
    }

    @Override
    public Event event(long number) {
        var wanted = number / blockRows;
        var block = latest;
        if (block.number() != wanted) {
            block = new Block(wanted, events(wanted));
            latest = block;
        }
        return block.events().get((int) (number % blockRows));
    }

    private List<Event> events(long block) {
        var random = Chance.CONTENT.of(seed, block);
        var events = new ArrayList<Event>();
        while (events.size() < blockRows) {
            var file = block * FILES + events.size() / rows;
            var made = start.plusNanos(spacing.toNanos() * file * rows).truncatedTo(ChronoUnit.MILLIS);
            var session = session(made, random);
            events.addAll(session.subList(0, Math.min(session.size(), blockRows - events.size())));
        }
        return List.copyOf(events);
    }

    /** Who does it and with what. */
    private record Session(String id, String user, ShopCatalogue.Product product) {}

    private List<Event> session(Instant made, SplittableRandom random) {
        var products = catalogue.products();
        var session = new Session(
                uuid(random),
                "user_%06d".formatted(random.nextInt(users)),
                products.get(random.nextInt(products.size())));
        var viewed = made.minusMillis(random.nextLong(DAY * 1_000));
        var events = new ArrayList<Event>();
        events.add(event(session, "view", viewed, 1, random));
        if (random.nextInt(100) < 20) {
            var clicked = viewed.plusSeconds(random.nextInt(10, 301));
            events.add(event(session, "click", clicked, 1, random));
            if (random.nextInt(100) < 15) {
                var bought = clicked.plusSeconds(random.nextInt(120, 43_201));
                events.add(event(session, "buy", bought, random.nextInt(1, 6), random));
            }
        }
        return events;
    }

    private Event event(Session session, String type, Instant time, int quantity, SplittableRandom random) {
        var id = uuid(random);
        var spellings = SPELLINGS.getOrDefault(type, List.of(type));
        var product = session.product();
        var cells = List.of(
                Cell.text(id),
                Cell.text(session.id()),
                Cell.text(session.user()),
                Cell.text(spellings.get(random.nextInt(spellings.size()))),
                Cell.text(product.id()),
                Cell.text(product.name()),
                Cell.text(product.brand()),
                Cell.text(product.category()),
                Cell.number(product.price()),
                Cell.number(quantity),
                Cell.text(IsoTime.millis(time)));
        var changed = new FlatEvent.Change("quantity", Cell.number(quantity + 1));
        return new FlatEvent(model, id, time, Fault.NONE, cells, WRONG, List.of(changed));
    }

    /** Looks like one drawn by chance (version 4). */
    private static String uuid(SplittableRandom random) {
        return new UUID(
                        (random.nextLong() & ~0xF000L) | 0x4000L,
                        (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L)
                .toString();
    }
}
