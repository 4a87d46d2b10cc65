package dev.tandem.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Thirteen rows by hand: 2026-01-04 was a Sunday. */
class OrdersOracleTest {
    private static final String HEADER = "order_id,customer_id,product_id,order_timestamp,quantity,price,status\n";

    private static OrdersOracle small() {
        return OrdersOracle.overCsv(CsvDrop.of(
                HEADER
                        + "o1,c1,p1,2026-01-04 10:09:59,2,10.05, Done \n"
                        + "o2,c1,p1,2026-01-04 10:10:00,1,5.00,completed\n"
                        + "o3,c2,p2,2026-01-04 10:00:00,3,0.00,pending\n"
                        + ",c2,p2,2026-01-04 10:00:00,1,1.00,pending\n"
                        + "o4,c2,p2,2026-01-04 10:00:00,0,1.00,pending\n"
                        + "o5,c2,p2,2026-01-04 10:00:00,1,-0.01,pending\n",
                HEADER
                        + "o6,c2,p2,2026-01-04 10:00:00,,1.00,pending\n"
                        + "o7,c2,p2,2026-01-04 10:00:00,1,,pending\n"
                        + "o1,c9,p9,2026-01-04 10:14:00,9,99.00,pending\n"
                        + "o8,c3,p1,2026-01-05 10:00:00,4,2.50,CANCELED\n"
                        + "o9,c3,p2,2026-01-05 00:00:00,4,6.25,shipped\n"
                        + "o10,c3,p2,,1,1.00,shipped\n"
                        + "o11,c3,p2,2026-01-05 00:00:00,two,1.00,shipped\n"));
    }

    private static List<String> told(OrdersView view) {
        try (var oracle = small()) {
            return oracle.expected(view, Side.BATCH).told();
        }
    }

    @Nested
    class ByHand {
        @Test
        void pourEachRowIntoOneFate() {
            try (var oracle = small()) {
                assertThat(oracle.fates())
                        .isEqualTo(Map.of(
                                "missing_order_id",
                                1L,
                                "invalid_values",
                                4L,
                                "duplicate",
                                1L,
                                "cancelled",
                                1L,
                                "valid",
                                4L,
                                "event_time_missing",
                                1L,
                                "malformed",
                                1L));
            }
        }

        @Test
        void cutTenMinutes() {
            assertThat(told(OrdersView.WINDOWED_REVENUE))
                    .containsExactlyInAnyOrder(
                            "2026-01-04 10:00:00.0|2026-01-04 10:10:00.0|p1|1|20.10",
                            "2026-01-04 10:10:00.0|2026-01-04 10:20:00.0|p1|1|5.00",
                            "2026-01-04 10:00:00.0|2026-01-04 10:10:00.0|p2|1|0.00",
                            "2026-01-05 00:00:00.0|2026-01-05 00:10:00.0|p2|1|25.00");
        }

        @Test
        void addUpDaysHoursAndProducts() {
            assertThat(told(OrdersView.DAILY_REVENUE))
                    .containsExactlyInAnyOrder("2026-01-04|3|25.10", "2026-01-05|1|25.00");
            assertThat(told(OrdersView.HOURLY_REVENUE)).containsExactlyInAnyOrder("10|3|25.10", "0|1|25.00");
            assertThat(told(OrdersView.PRODUCT_REVENUE)).containsExactlyInAnyOrder("p1|2|25.10", "p2|2|25.00");
            assertThat(told(OrdersView.TOP_PRODUCTS)).containsExactlyInAnyOrder("1|p1|2|25.10", "2|p2|2|25.00");
        }

        @Test
        void deriveDayWeekdayHourAndTotal() {
            assertThat(told(OrdersView.EVENTS))
                    .contains(
                            "o1|c1|p1|2026-01-04 10:09:59.0|2|10.05|completed|2026-01-04|1|10|20.10",
                            "o9|c3|p2|2026-01-05 00:00:00.0|4|6.25|shipped|2026-01-05|2|0|25.00");
            assertThat(told(OrdersView.CANCELLED))
                    .containsExactly("o8|c3|p1|2026-01-05 10:00:00.0|4|2.50|cancelled|2026-01-05|2|10|10.00");
        }

        @Test
        void refuseWhatAClosedWindowMissed() {
            try (var oracle = OrdersOracle.overCsv(CsvDrop.of(HEADER
                    + "o1,c,p,2026-01-04 11:00:00,1,1.00,done\no2,c,p,2026-01-04 11:00:01,1,1.00,done\n"
                    + "o3,c,p,2026-01-04 10:29:59,1,1.00,done\no4,c,p,2026-01-04 10:30:00,1,1.00,done\n"))) {
                oracle.cutInto(
                        List.of(new MicroBatch(1, 0, 0, 1), new MicroBatch(2, 0, 1, 2), new MicroBatch(3, 0, 2, 4)),
                        Duration.ofMinutes(30));
                assertThat(oracle.late(Duration.ofMinutes(10), Duration.ofMinutes(10)))
                        .containsExactly("0-2");
                assertThat(oracle.expected(OrdersView.WINDOWED_REVENUE, Side.STREAM)
                                .sum("orders_count"))
                        .isEqualTo(3);
            }
        }

        @Test
        void readTheSameFromJson() {
            try (var oracle = OrdersOracle.over(LogRecord.ofLines(
                    List.of(
                            "{\"order_id\":null,\"quantity\":1,\"price\":1.5,\"order_timestamp\":\"2026-01-04T10:00:00Z\"}",
                            "{\"order_id\":NaN,\"quantity\":1,\"price\":1.5,\"order_timestamp\":\"2026-01-04T10:00:00Z\"}",
                            "{\"order_id\":\"o1\",\"quantity\":2,\"price\":1.5,\"order_timestamp\":\"2026-01-04T10:00:00Z\"}"),
                    0))) {
                assertThat(oracle.fates()).isEqualTo(Map.of("missing_order_id", 1L, "malformed", 1L, "valid", 1L));
                assertThat(oracle.expected(OrdersView.DAILY_REVENUE, Side.BATCH).told())
                        .containsExactly("2026-01-04|1|3.00");
            }
        }
    }

    @Nested
    class Promises extends OracleContract<OrdersView> {
        Promises() {
            super(small(), OrdersView.class, 13);
        }
    }
}
