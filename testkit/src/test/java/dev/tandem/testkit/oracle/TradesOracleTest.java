package dev.tandem.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testkit.oracle.TweetOracle.Side;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TradesOracleTest {
    private static TradesOracle small() {
        return TradesOracle.overCsv(CsvDrop.of("""
                "symbol","side","price","amount","timestamp"
                "BTC-USD","sell",3.5,2.0E-8,"2023-09-05T16:00:30.000000Z"
                "BTC-USD","buy",2.25,0.5,"2023-09-05T16:00:30.000000Z"
                "BTC-USD","buy",1.5,1,"2023-09-05T16:00:00.000001Z"
                "BTC-USD","buy",4,1,"2023-09-05T16:01:00.000000Z"
                """));
    }

    /** Notional: 3.5 x 0.00000002 + 2.25 x 0.5 + 1.5 x 1 = 2.62500007; average 7.25 / 3. */
    @Test
    void openWithTheFirstAndCloseWithTheLastOfATie() {
        try (var oracle = small()) {
            assertThat(oracle.expected(TradesView.ONE_MINUTE, Side.BATCH).told())
                    .containsExactlyInAnyOrder(
                            "BTC-USD|2023-09-05 16:00:00.0|2023-09-05 16:01:00.0|3|2.4166666667|1.50000000|3.50000000|1.50000000"
                                    + "|2.25000000|1.50000002|2.6250000700000000|2|1|1.50000000|0.00000002",
                            "BTC-USD|2023-09-05 16:01:00.0|2023-09-05 16:02:00.0|1|4.0000000000|4.00000000|4.00000000|4.00000000"
                                    + "|4.00000000|1.00000000|4.0000000000000000|1|0|1.00000000|0.00000000");
        }
    }

    @ParameterizedTest
    @EnumSource
    void areThePublishedRowsOfTheRealHour(TradesView view) {
        try (var oracle = TradesOracle.overCsv(RealData.file("bitcoin/btc_trades.csv"))) {
            var published = oracle.published(view, RealData.file("bitcoin/expected"));
            assertThat(published.cells()).hasSize(view == TradesView.GLOBAL ? 1 : 60);
            assertThat(oracle.differences(view, Side.BATCH, published)).isEmpty();
        }
    }

    @Nested
    class Promises extends OracleContract<TradesView> {
        Promises() {
            super(small(), TradesView.class, 4);
        }
    }
}
