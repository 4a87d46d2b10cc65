package dev.tandem.feed;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Orders of a shop as they are before anything goes wrong: order n is a function of the seed and n. */
record Orders(long seed, OrderSettings settings) {

    static final Set<Fault> OWN_FAULTS = Set.of(Fault.NEGATIVE_QUANTITY, Fault.NEGATIVE_PRICE);

    /** The shares of the reference project. */
    static final FaultPlan USUAL = FaultPlan.none()
            .withDuplicate(0.02, Duration.ofSeconds(10), Duration.ofSeconds(300))
            .withLate(0.05, Duration.ofMinutes(1), Duration.ofMinutes(60))
            .withMissingId(0.01)
            .withContent(Fault.NEGATIVE_QUANTITY, 0.05)
            .withContent(Fault.NEGATIVE_PRICE, 0.05);

    /** As people and programs write them; three of the thirteen mean cancelled. */
    static final List<String> STATUSES = List.of(
            "completed",
            "COMPLETED",
            " Completed ",
            "complete",
            "Complete",
            "done",
            "DONE ",
            "pending",
            "PENDING",
            " Pending",
            "cancelled",
            "CANCELED",
            " Canceled ");

    /** One order; its id is {@code o1} for number 0. */
    record Order(
            int number, String customer, String product, Instant time, int quantity, BigDecimal price, String status) {

        String id() {
            return "o" + (number + 1);
        }
    }

    Order order(int number) {
        var random = Chance.CONTENT.of(seed, number);
        return new Order(
                number,
                "c" + random.nextInt(1, settings.customers() + 1),
                "p" + random.nextInt(1, settings.products() + 1),
                time(random),
                random.nextInt(1, 11),
                BigDecimal.valueOf(random.nextLong(settings.fromCents(), settings.toCents() + 1), 2),
                STATUSES.get(random.nextInt(STATUSES.size())));
    }

    /** Room is left at both ends, so that no late row and no copy falls out of the days. */
    private Instant time(SplittableRandom random) {
        var earliest = settings.start().plus(settings.roomBefore()).getEpochSecond();
        var latest = settings.end().minus(settings.roomAfter()).getEpochSecond();
        return Instant.ofEpochSecond(random.nextLong(earliest, latest));
    }
}
