package dev.tandem.feed;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShopGeneratorTest {

    private static final int EVENTS = 60_000;

    private static final List<FeedRecord> RECORDS = Made.records(Generators.feed(Models.of("shop_funnel", 42, EVENTS)));
    private static final List<JsonNode> READ =
            RECORDS.stream().map(Models::json).toList();

    @Nested
    class TheUsualEvents extends FeedContract {
        @Override
        protected Feed feed() {
            return Generators.feed(Models.of("shop_funnel", 42, 1_000));
        }
    }

    @Test
    void S4_01_followsTheMeasuredLawOfTheFunnel() {
        var types = READ.stream().collect(groupingBy(ShopGeneratorTest::type, counting()));
        var sessions =
                READ.stream().map(event -> event.get("session_id")).distinct().count();

        assertThat(EVENTS / (double) sessions).isCloseTo(1.229, within(0.012));
        assertThat(share(types, "view")).isCloseTo(0.813, within(0.008));
        assertThat(share(types, "click")).isCloseTo(0.162, within(0.008));
        assertThat(share(types, "buy")).isCloseTo(0.0244, within(0.003));
    }

    private static double share(Map<String, Long> counts, String type) {
        return counts.getOrDefault(type, 0L) / (double) EVENTS;
    }

    @Test
    void S4_01_datesAQuarterOfThePurchasesInTheFuture() {
        var buys = RECORDS.stream()
                .filter(sent -> type(Models.json(sent)).equals("buy"))
                .toList();
        var future = buys.stream().filter(sent -> sent.delay().orElseThrow().isNegative());

        assertThat(future.count() / (double) buys.size()).isCloseTo(0.252, within(0.04));
    }

    @Test
    void S4_01_datesEachViewInTheDayBeforeItsFile() {
        for (var at = 0; at < READ.size(); at++) {
            if (type(READ.get(at)).equals("view")) {
                var made = Made.NINE.plusSeconds(at / 15 * 15L);
                assertThat(time(READ.get(at)))
                        .isAfter(made.minus(Duration.ofDays(1)))
                        .isBeforeOrEqualTo(made);
            }
        }
    }

    @Test
    void S4_01_letsAClickFollowItsViewWithinFiveMinutes() {
        for (var at = 1; at < READ.size(); at++) {
            var before = READ.get(at - 1);
            var event = READ.get(at);
            if (type(event).equals("click")) {
                assertThat(event.get("session_id")).isEqualTo(before.get("session_id"));
                assertThat(Duration.between(time(before), time(event)).toSeconds())
                        .isBetween(10L, 300L);
            } else if (type(event).equals("buy")) {
                assertThat(Duration.between(time(before), time(event)).toSeconds())
                        .isBetween(120L, 43_200L);
                assertThat(event.get("quantity").asInt()).isBetween(1, 5);
            }
        }
    }

    @Test
    void givesEveryEventAnIdOfVersionFour() {
        var ids = READ.stream()
                .map(event -> UUID.fromString(event.get("event_id").asText()))
                .toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.version() == 4 && id.variant() == 2);
    }

    @Test
    void leavesTypesThatNeedLowering() {
        assertThat(READ.stream().map(event -> event.get("event_type").asText()))
                .contains("view", "View", "VIEW", "click", "CLICK", "buy", "Buy");
    }

    @Test
    void S4_02_listsTwentyFiveProductsInFiveCategories() {
        var table = Generators.tables(Models.of("shop_funnel", 42, 1)).getOrDefault("products.csv", none());
        var categories = table.rows().stream().collect(groupingBy(row -> row.get(3), counting()));

        assertThat(table.rows())
                .hasSize(25)
                .extracting(row -> row.get(0))
                .startsWith("prod_000001")
                .endsWith("prod_000025");
        assertThat(categories)
                .hasSize(5)
                .allSatisfy((category, count) -> assertThat(count).isEqualTo(5));
    }

    @Test
    void S4_02_sellsWhatTheCatalogueLists() {
        var table = Generators.tables(Models.of("shop_funnel", 42, 1)).getOrDefault("products.csv", none());

        var sold = READ.stream()
                .map(event -> List.of(
                        event.get("product_id").asText(),
                        event.get("product_name").asText(),
                        event.get("brand").asText(),
                        event.get("category").asText(),
                        event.get("price").asText()))
                .distinct();

        assertThat(sold).containsExactlyInAnyOrderElementsOf(table.rows());
    }

    private static Table none() {
        return new Table(List.of(), List.of());
    }

    @Nested
    class S4_14_AFault {
        @Test
        void ofAnUnknownTypeIsKnownToTheTruth() {
            var sent = one(FaultPlan.none().withContent(Fault.UNKNOWN_TYPE, 1)).get(0);

            assertThat(Models.json(sent).get("event_type").asText()).isEqualTo("hover");
            assertThat(sent.fault()).isEqualTo(Fault.UNKNOWN_TYPE);
        }

        @Test
        void ofAMissingProductLeavesItOut() {
            var sent = one(FaultPlan.none().withContent(Fault.MISSING_VALUE, 1)).get(0);

            assertThat(Models.json(sent).get("product_id").isNull()).isTrue();
            assertThat(sent.faults()).containsExactly(Fault.MISSING_VALUE);
        }

        @Test
        void ofADuplicateChangesTheQuantityOnly() {
            var records = one(FaultPlan.none().withDuplicate(1, Duration.ofSeconds(9), Duration.ofSeconds(9)));

            var first = Models.json(records.get(0));
            var second = Models.json(records.get(1));
            assertThat(second.get("event_id")).isEqualTo(first.get("event_id"));
            assertThat(second.get("quantity").asInt())
                    .isEqualTo(first.get("quantity").asInt() + 1);
        }

        @Test
        void ofAnotherModelIsRefused() {
            assertThatThrownBy(() -> one(FaultPlan.none().withContent(Fault.NEGATIVE_PRICE, 1)))
                    .hasMessage("Cannot inject negative_price into 'shop_funnel': its events have no such fault;"
                            + " leave it out");
        }

        private List<FeedRecord> one(FaultPlan plan) {
            return Made.records(Generators.feed(
                    new Generation("shop_funnel", 42, Made.NINE, Duration.ofSeconds(1), OptionalLong.of(1), plan)));
        }
    }

    private static String type(JsonNode event) {
        return event.get("event_type").asText().toLowerCase(Locale.ROOT);
    }

    private static Instant time(JsonNode event) {
        return Instant.parse(event.get("timestamp").asText());
    }
}
