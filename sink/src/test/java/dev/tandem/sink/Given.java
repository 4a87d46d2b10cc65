package dev.tandem.sink;

import dev.tandem.fold.Identity;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Mode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** What tests of sinks start from. */
final class Given {
    /** Order lines by day. */
    static final Content ORDERS = new Content(
            "orders",
            Content.Kind.RECORDS,
            List.of(
                    new Shape.Column("order_id", FieldType.TEXT),
                    new Shape.Column("quantity", FieldType.LONG),
                    new Shape.Column("order_date", new FieldType.Date())),
            0);

    /** A view by minute. */
    static final Content BY_MINUTE = new Content(
            "by_minute",
            Content.Kind.VIEW,
            List.of(
                    new Shape.Column("window_start", new FieldType.Timestamp()),
                    new Shape.Column("window_end", new FieldType.Timestamp()),
                    new Shape.Column("trades", FieldType.LONG)),
            2);

    /** A view that is never cut. */
    static final Content TOTALS = new Content(
            "totals",
            Content.Kind.VIEW,
            List.of(new Shape.Column("product_id", FieldType.TEXT), new Shape.Column("orders", FieldType.LONG)),
            1);

    static final LocalDate DAY = LocalDate.parse("2026-01-01");
    static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private Given() {}

    static Sinks.Setting setting(Path root, Mode mode, String run) {
        return setting(root, mode, run, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    static Sinks.Setting setting(Path root, Mode mode, String run, Clock clock) {
        var console = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Sinks.Setting("shop", mode, root, run, "", clock, console);
    }

    static Tuple order(int id, LocalDate day) {
        return new Tuple(Identity.of(List.of(id)), Arrays.asList("o" + id, (long) id, day), Tuple.State.FINAL, 1, 1);
    }

    /** Orders with the ids from 0 on, one day after the other over {@code days} days. */
    static Iterator<Tuple> orders(int count, int days) {
        return orders(0, count, days);
    }

    static Iterator<Tuple> orders(int from, int count, int days) {
        return Stream.iterate(from, it -> it + 1)
                .limit(count)
                .map(it -> order(it, DAY.plusDays(it % days)))
                .iterator();
    }

    static Tuple minute(int minute, long trades, Tuple.State state) {
        var start = NOON.plus(Duration.ofMinutes(minute));
        return new Tuple(
                Identity.of(List.of(start)), Arrays.asList(start, start.plusSeconds(60), trades), state, 1, trades);
    }

    static Tuple total(String product, long orders) {
        return new Tuple(Identity.of(List.of(product)), Arrays.asList(product, orders), Tuple.State.OPEN, 1, orders);
    }

    static Tuple noTotal(String product) {
        return new Tuple(Identity.of(List.of(product)), Arrays.asList(product, null), Tuple.State.GONE, 0, 0);
    }

    /** All files below {@code folder}, as text with slashes, sorted. */
    static List<String> files(Path folder) {
        try (var all = Files.walk(folder)) {
            return new ArrayList<>(all.filter(Files::isRegularFile)
                    .map(it -> folder.relativize(it).toString())
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A clock that a test moves. */
    static final class Hand implements InstantSource {
        private Instant now = NOON;

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        Clock clock() {
            return withZone(ZoneOffset.UTC);
        }
    }
}
