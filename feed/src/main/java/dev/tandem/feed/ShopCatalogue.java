package dev.tandem.feed;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The 25 products of the shop: five categories of five. Names are fixed; brands and prices come from the seed. */
final class ShopCatalogue {

    private static final List<String> CATEGORIES = List.of("electronics", "clothing", "books", "home", "sports");
    private static final List<List<String>> NAMES = List.of(
            List.of("Headphones", "Keyboard", "Tablet", "Webcam", "Speaker"),
            List.of("Jacket", "Jeans", "Scarf", "Trainers", "Shirt"),
            List.of("Atlas", "Cookbook", "Novel", "Dictionary", "Biography"),
            List.of("Lamp", "Kettle", "Cushion", "Vase", "Clock"),
            List.of("Football", "Racket", "Yoga mat", "Dumbbells", "Helmet"));
    private static final List<String> BRANDS = List.of("Aurel", "Boreal", "Cirrus", "Dorado", "Elm & Oak", "Fjord");

    private final List<Product> products;

    record Product(String id, String name, String brand, String category, BigDecimal price) {}

    ShopCatalogue(long seed) {
        var all = new ArrayList<Product>();
        for (var category = 0; category < CATEGORIES.size(); category++) {
            for (var name : NAMES.get(category)) {
                var number = all.size() + 1;
                var random = Chance.DIMENSION.of(seed, number);
                all.add(new Product(
                        "prod_%06d".formatted(number),
                        name,
                        BRANDS.get(random.nextInt(BRANDS.size())),
                        CATEGORIES.get(category),
                        BigDecimal.valueOf(random.nextLong(500, 50_000), 2)));
            }
        }
        products = List.copyOf(all);
    }

    static Map<String, Table> tables(Generation generation) {
        return Map.of("products.csv", new ShopCatalogue(generation.seed()).table());
    }

    List<Product> products() {
        return products;
    }

    private Table table() {
        return new Table(
                List.of("product_id", "product_name", "brand", "category", "price"),
                products.stream()
                        .map(product -> List.of(
                                product.id(),
                                product.name(),
                                product.brand(),
                                product.category(),
                                product.price().toPlainString()))
                        .toList());
    }
}
