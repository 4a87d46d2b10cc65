package dev.tandem.feed;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The customers and products that orders speak of. */
final class OrderDimensions {

    private static final LocalDate FIRST_CUSTOMER = LocalDate.parse("2023-01-01");
    private static final List<String> SEGMENTS = List.of("Premium", "Standard", "Basic", "VIP");
    private static final List<String> CATEGORIES = List.of(
            "Electronics", "Books", "Clothing", "Home", "Garden", "Sports", "Toys", "Beauty", "Grocery", "Office");
    private static final List<String> GIVEN = List.of(
            "Ada", "Bela", "Chidi", "Dana", "Emre", "Farah", "Grete", "Hugo", "Ines", "Jun", "Kofi", "Lena", "Mira");
    private static final List<String> FAMILY =
            List.of("Adler", "Baros", "Chen", "Diallo", "Engel", "Fuchs", "Gupta", "Haas", "Ito", "Jansen", "Kaya");
    private static final List<String> KINDS =
            List.of("Classic", "Compact", "Deluxe", "Everyday", "Light", "Plus", "Pro", "Smart", "Solo", "Travel");

    private OrderDimensions() {}

    static Map<String, Table> tables(Generation generation) {
        var settings = OrderSettings.of(generation);
        return Map.of(
                "customers.csv", customers(generation.seed(), settings.customers()),
                "products.csv", products(generation.seed(), settings.products()));
    }

    private static Table customers(long seed, int count) {
        return new Table(
                List.of("customer_id", "customer_name", "customer_email", "customer_segment", "registration_date"),
                IntStream.rangeClosed(1, count)
                        .mapToObj(number -> customer(number, Chance.DIMENSION.of(seed, number)))
                        .toList());
    }

    private static List<String> customer(int number, SplittableRandom random) {
        var given = any(GIVEN, random);
        var family = any(FAMILY, random);
        return List.of(
                "c" + number,
                given + " " + family,
                "%s.%s.%d@example.com".formatted(given, family, number).toLowerCase(Locale.ROOT),
                any(SEGMENTS, random),
                FIRST_CUSTOMER.plusDays(random.nextInt(3 * 365)).toString());
    }

    private static Table products(long seed, int count) {
        return new Table(
                List.of("product_id", "product_name", "category", "brand", "list_price"),
                IntStream.rangeClosed(1, count)
                        .mapToObj(number -> product(number, Chance.DIMENSION.of(seed, -number)))
                        .toList());
    }

    /** Every category occurs in turn, so that none is missing where there are ten products or more. */
    private static List<String> product(int number, SplittableRandom random) {
        var category = CATEGORIES.get((number - 1) % CATEGORIES.size());
        return List.of(
                "p" + number,
                "%s %s %d".formatted(category, any(KINDS, random), number),
                category,
                "Brand" + (char) ('A' + random.nextInt(10)),
                BigDecimal.valueOf(random.nextLong(1_000, 60_001), 2).toPlainString());
    }

    private static String any(List<String> words, SplittableRandom random) {
        return words.get(random.nextInt(words.size()));
    }
}
