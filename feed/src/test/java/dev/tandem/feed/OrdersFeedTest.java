package dev.tandem.feed;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrdersFeedTest {

    private final Generation usual = Models.of("orders", 42, 10_000);

    private static final List<String> COLUMNS =
            List.of("order_id", "customer_id", "product_id", "order_timestamp", "quantity", "price", "status");

    @Nested
    class TheUsualRows extends FeedContract {
        @Override
        protected Feed feed() {
            return Generators.feed(Models.of("orders", 42, 2_000));
        }
    }

    @Nested
    class S1_01_OrdersHave {
        @Test
        void theSevenFieldsInOrder() {
            assertThat(Generators.feed(usual.withForm(MessageForm.CSV)).columns())
                    .isEqualTo(COLUMNS);
        }

        @Test
        void valuesOfTheStatedRanges() {
            assertThat(rows(Models.clean("orders", 42, 10_000))).hasSize(10_000).allSatisfy(row -> {
                assertThat(Integer.parseInt(row.get("quantity"))).isBetween(1, 10);
                assertThat(new BigDecimal(row.get("price")))
                        .hasScaleOf(2)
                        .isBetween(new BigDecimal("5.00"), new BigDecimal("500.00"));
                assertThat(number("c", row.get("customer_id"))).isBetween(1, 1_000);
                assertThat(number("p", row.get("product_id"))).isBetween(1, 50);
            });
        }

        @Test
        void everyIdFromTheFirstToTheLast() {
            var ids = rows(Models.clean("orders", 42, 10_000)).stream().map(row -> number("o", row.get("order_id")));

            assertThat(ids.sorted())
                    .containsExactlyElementsOf(
                            Stream.iterate(1, id -> id + 1).limit(10_000).toList());
        }

        @Test
        void thirtyDays() {
            var days = rows(usual).stream()
                    .map(row -> row.get("order_timestamp").substring(0, 10))
                    .collect(Collectors.toSet());

            assertThat(days).hasSize(30).contains("2026-01-01", "2026-01-30");
        }

        @Test
        void statusesOfWhichThreeInThirteenMeanCancelled() {
            var spellings = rows(Models.clean("orders", 42, 13_000)).stream()
                    .collect(groupingBy(row -> row.get("status"), counting()));

            assertThat(spellings).hasSize(13);
            assertThat(spellings.values()).allSatisfy(count -> assertThat(count).isBetween(850L, 1_150L));
            assertThat(spellings.keySet().stream().map(OrdersFeedTest::normalised))
                    .containsOnly("completed", "pending", "cancelled")
                    .filteredOn("cancelled"::equals)
                    .hasSize(3);
        }

        private static int number(String letter, String id) {
            assertThat(id).startsWith(letter);
            return Integer.parseInt(id.substring(1));
        }
    }

    @Test
    void S1_03_theTruthListsEveryInjectedFault() {
        var originals = Models.clean("orders", 42, 10_000);
        var before = Made.records(Generators.feed(originals)).stream()
                .collect(Collectors.toMap(FeedRecord::event, Models::json));

        assertThat(Made.records(Generators.feed(usual.withForm(MessageForm.CSV))))
                .allSatisfy(sent -> {
                    var row = row(sent);
                    var original = Objects.requireNonNull(before.get(sent.event()));
                    assertThat(sent.faults().contains(Fault.MISSING_ID))
                            .isEqualTo(row.get("order_id").isEmpty());
                    assertThat(sent.faults().contains(Fault.NEGATIVE_QUANTITY))
                            .isEqualTo(row.get("quantity").startsWith("-"));
                    assertThat(sent.faults().contains(Fault.NEGATIVE_PRICE))
                            .isEqualTo(row.get("price").startsWith("-"));
                    var moved = !row.get("order_timestamp")
                            .equals(original.get("order_timestamp").asText());
                    assertThat(moved)
                            .isEqualTo(sent.faults().contains(Fault.LATE)
                                    || sent.faults().contains(Fault.DUPLICATE));
                });
    }

    @Test
    void S1_04_injectsEachFaultInItsExactNumber() {
        var faults = new HashMap<Fault, Long>();
        var records = Made.records(Generators.feed(usual));
        records.forEach(sent -> sent.faults().forEach(fault -> faults.merge(fault, 1L, Long::sum)));

        assertThat(records).hasSize(10_200);
        assertThat(faults)
                .isEqualTo(Map.of(
                        Fault.DUPLICATE, 200L,
                        Fault.NEGATIVE_QUANTITY, 500L,
                        Fault.NEGATIVE_PRICE, 500L,
                        Fault.LATE, 500L,
                        Fault.MISSING_ID, 100L));
    }

    @Test
    void S1_04_dealsExactCopiesAndLateRowsTheStatedTimes() {
        var before = Made.records(Generators.feed(Models.clean("orders", 42, 10_000))).stream()
                .collect(Collectors.toMap(FeedRecord::event, FeedRecord::arrival));
        var seconds = Made.records(Generators.feed(usual)).stream()
                .filter(sent ->
                        sent.faults().contains(Fault.LATE) != sent.faults().contains(Fault.DUPLICATE))
                .collect(groupingBy(
                        sent -> sent.faults().contains(Fault.LATE),
                        Collectors.mapping(sent -> after(before, sent), Collectors.toList())));

        assertThat(seconds.get(true)).allMatch(late -> late >= -3_600 && late <= -60);
        assertThat(seconds.get(false)).allMatch(copy -> copy >= 10 && copy <= 300);
    }

    private static long after(Map<Long, Instant> before, FeedRecord sent) {
        return sent.eventTime().orElseThrow().getEpochSecond()
                - before.getOrDefault(sent.event(), Instant.EPOCH).getEpochSecond();
    }

    @Test
    void S1_06_S1_08_S1_09_S1_10_fallsIntoTheWindowsOfTheReference() {
        var counts = waterfall(42);

        assertThat(counts.missing()).isEqualTo(100);
        assertThat(counts.invalid()).isBetween(956, 976);
        assertThat(counts.duplicates()).isBetween(150, 171);
        assertThat(counts.cancelled()).isBetween(1_997, 2_146);
        assertThat(counts.valid()).isBetween(6_832, 6_973);
        assertThat(counts.all()).isEqualTo(10_200);
    }

    static Stream<Long> otherSeeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(20);
    }

    /** Windows of 95 % each: wider here, as one of a hundred counts in twenty falls out by right. */
    @ParameterizedTest
    @MethodSource("otherSeeds")
    void S1_10_fallsCloseToTheWindowsForAnySeed(long seed) {
        var counts = waterfall(seed);

        assertThat(counts.missing()).isEqualTo(100);
        assertThat(counts.invalid()).isBetween(948, 984);
        assertThat(counts.duplicates()).isBetween(142, 179);
        assertThat(counts.cancelled()).isBetween(1_940, 2_205);
        assertThat(counts.valid()).isBetween(6_770, 7_030);
        assertThat(counts.all()).isEqualTo(10_200);
    }

    @Test
    void S1_24_aMissingIdIsNotANumberInAMessageAndNothingInARow() {
        var messages = missing(usual);
        var rows = missing(usual.withForm(MessageForm.CSV));

        assertThat(messages).hasSize(100).allMatch(text -> text.startsWith("{\"order_id\":NaN,"));
        assertThat(rows).hasSize(100).allMatch(text -> text.startsWith(",c"));
    }

    private static List<String> missing(Generation generation) {
        return Made.records(Generators.feed(generation)).stream()
                .filter(sent -> sent.fault() == Fault.MISSING_ID)
                .map(Made::text)
                .toList();
    }

    @Nested
    class S1_02_TheDimensions {
        private final Map<String, Table> tables = Generators.tables(usual);

        @Test
        void haveAThousandCustomersAndFiftyProducts() {
            assertThat(table("customers.csv").rows()).hasSize(1_000);
            assertThat(table("products.csv").rows()).hasSize(50);
        }

        @Test
        void knowEveryKeyOfAnOrder() {
            assertThat(column("customers.csv", 0))
                    .containsAll(rows(usual).stream()
                            .map(row -> row.get("customer_id"))
                            .toList());
            assertThat(column("products.csv", 0))
                    .containsAll(rows(usual).stream()
                            .map(row -> row.get("product_id"))
                            .toList());
        }

        @Test
        void haveTheStatedColumnsAndValues() {
            assertThat(table("customers.csv").columns())
                    .containsExactly(
                            "customer_id", "customer_name", "customer_email", "customer_segment", "registration_date");
            assertThat(table("products.csv").columns())
                    .containsExactly("product_id", "product_name", "category", "brand", "list_price");
            assertThat(new HashSet<>(column("customers.csv", 3)))
                    .isEqualTo(new HashSet<>(List.of("Premium", "Standard", "Basic", "VIP")));
            assertThat(new HashSet<>(column("products.csv", 2))).hasSize(10);
            assertThat(column("products.csv", 3)).allMatch(brand -> brand.matches("Brand[A-J]"));
            assertThat(column("products.csv", 4))
                    .allMatch(price -> Double.parseDouble(price) >= 10 && Double.parseDouble(price) <= 600);
        }

        private Table table(String file) {
            return tables.getOrDefault(file, new Table(List.of(), List.of()));
        }

        private List<String> column(String file, int at) {
            return table(file).rows().stream().map(row -> row.get(at)).toList();
        }
    }

    @Test
    void takesOtherNumbersAndDays() {
        var small = Models.of("orders", 42, 100)
                .withSettings(Map.of("customers", "3", "from", "2026-03-01", "to", "2026-03-02"));

        assertThat(rows(small)).hasSize(102).allSatisfy(row -> {
            assertThat(row.get("customer_id")).isIn("c1", "c2", "c3");
            assertThat(row.get("order_timestamp")).startsWith("2026-03-01T");
        });
    }

    @Test
    void hasTenThousandOrdersUnlessToldOtherwise() {
        var generation = new Generation(
                "orders", 42, Made.NINE, usual.spacing(), OptionalLong.empty(), Generators.usualFaults("orders"));

        assertThat(Generators.feed(generation).size()).hasValue(10_200);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> Generators.feed(usual.withSettings(Map.of("colour", "red"))))
                .hasMessage("Cannot generate 'orders': it has no setting 'colour'; use one of"
                        + " [customers, products, from, to, price_from, price_to]");
        assertThatThrownBy(() -> Generators.feed(usual.withSettings(Map.of("customers", "many"))))
                .hasMessage("Cannot generate 'orders': the setting customers cannot be 'many'; give a whole number");
    }

    /** The reference's cleaning, worked out the plain way. */
    private record Waterfall(int missing, int invalid, int duplicates, int cancelled, int valid) {
        int all() {
            return missing + invalid + duplicates + cancelled + valid;
        }
    }

    private static Waterfall waterfall(long seed) {
        int missing = 0;
        int invalid = 0;
        int duplicates = 0;
        int cancelled = 0;
        int valid = 0;
        var seen = new HashSet<String>();
        for (var row : rows(Models.of("orders", seed, 10_000))) {
            if (row.get("order_id").isEmpty()) {
                missing++;
            } else if (Integer.parseInt(row.get("quantity")) <= 0 || new BigDecimal(row.get("price")).signum() < 0) {
                invalid++;
            } else if (!seen.add(row.get("order_id"))) {
                duplicates++;
            } else if (normalised(row.get("status")).equals("cancelled")) {
                cancelled++;
            } else {
                valid++;
            }
        }
        return new Waterfall(missing, invalid, duplicates, cancelled, valid);
    }

    private static String normalised(String status) {
        var plain = status.strip().toLowerCase(Locale.ROOT);
        return Map.of("complete", "completed", "done", "completed", "canceled", "cancelled")
                .getOrDefault(plain, plain);
    }

    private static List<Line> rows(Generation generation) {
        return Made.records(Generators.feed(generation.withForm(MessageForm.CSV))).stream()
                .map(OrdersFeedTest::row)
                .toList();
    }

    private static Line row(FeedRecord sent) {
        return new Line(Models.cells(sent));
    }

    private record Line(List<String> cells) {
        String get(String column) {
            return cells.get(COLUMNS.indexOf(column));
        }
    }
}
