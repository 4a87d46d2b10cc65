package dev.tandem.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TickerOracleTest {
    private static String tick(int trade, String time, String price, String size, String side) {
        return ("{\"type\":\"ticker\",\"product_id\":\"BTC-USD\",\"price\":\"%s\",\"best_bid\":\"1\",\"best_ask\":\"2\","
                        + "\"side\":\"%s\",\"time\":\"2026-01-01T%sZ\",\"trade_id\":%d,\"last_size\":\"%s\"}")
                .formatted(price, side, time, trade, size);
    }

    private static TickerOracle small() {
        return TickerOracle.over(LogRecord.ofLines(
                List.of(
                        tick(1, "00:00:00.000000", "100.00", "60.5", "buy"),
                        tick(2, "00:00:59.999999", "150.01", "40.00000001", "sell"),
                        tick(3, "00:00:30.5", "100.00", "0.1", "buy"),
                        tick(1, "00:03:00.000000", "999.00", "7", "buy"),
                        tick(4, "00:01:00.000000", "6800.00000000", "100", "sell"),
                        tick(5, "02:01:00.000000", "1", "1", "sell"),
                        "{\"type\":\"heartbeat\",\"product_id\":\"BTC-USD\"}",
                        "{\"type\":\"ticker\",\"product_id\":\"ETH-EUR\"}",
                        "{\"type\":\"ticker\",\"product_id\":\"BTC-USD\",\"price\":\"1\"}",
                        tick(6, "00:01:00.000000", "dear", "100", "sell"),
                        "no json"),
                Instant.parse("2026-01-01T01:00:00Z").toEpochMilli()));
    }

    @Nested
    class ByHand {
        /** (100.00 + 150.01 + 100.00) / 3 = 116.67; 2 / 1.00001 = 1.99998; 2 > 1.2 x 1. */
        @Test
        void measureEachMinute() {
            try (var oracle = small()) {
                assertThat(oracle.expected(TickerView.MINUTE_METRICS, Side.BATCH)
                                .told())
                        .containsExactlyInAnyOrder(
                                "2026-01-01 00:00:00.0|2026-01-01 00:01:00.0|116.670000|150.01|100.00|100.60000001|3|2|1"
                                        + "|50.01|High|1.999980|Bullish|Spike",
                                "2026-01-01 00:01:00.0|2026-01-01 00:02:00.0|6800.000000|6800.00|6800.00|100.00000000|1|0|1"
                                        + "|0.00|Normal|0.000000|Bearish|Normal");
            }
        }

        /** 7150.01 / 4 = 1787.5025; 2 / 2.00001 = 0.999995. */
        @Test
        void measureEverything() {
            try (var oracle = small()) {
                assertThat(oracle.expected(TickerView.OVERALL, Side.BATCH).told())
                        .containsExactly(
                                "1787.502500|6800.00|100.00|200.60000001|4|2|2|6700.00|High|0.999995|Neutral|Spike");
            }
        }

        @Test
        void tellWhatBecameOfEachMessage() {
            try (var oracle = small()) {
                assertThat(oracle.fates())
                        .isEqualTo(Map.of(
                                "counted",
                                4L,
                                "duplicate",
                                1L,
                                "future_dated",
                                1L,
                                "other_message",
                                2L,
                                "missing_field",
                                1L,
                                "malformed",
                                2L));
            }
        }
    }

    @Nested
    class Promises extends OracleContract<TickerView> {
        Promises() {
            super(small(), TickerView.class, 11);
        }
    }
}
