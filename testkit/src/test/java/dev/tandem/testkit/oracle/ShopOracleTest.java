package dev.tandem.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testkit.oracle.TweetOracle.Side;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShopOracleTest {
    private static final String HEADER =
            "event_id,session_id,user_id,event_type,product_id,product_name,brand,category,price,quantity,timestamp\n";

    private static ShopOracle small() {
        return ShopOracle.overCsv(CsvDrop.of(
                HEADER
                        + "e1,s,u, Buy ,p1,\"Cup, big\",B,Home,1.005,3,2026-01-01 23:59:59.999\n"
                        + "e2,s,u,buy,p1,Cup,B,Home,2.00,1,2026-01-02 00:00:00\n"
                        + "e3,s,u,VIEW,p2,Pen,B,Office,5.00,1,2026-01-01 00:00:00\n"
                        + ",s,u,buy,p1,Cup,B,Home,1.00,1,2026-01-01 00:00:00\n"
                        + "e4,s,u,steal,p1,Cup,B,Home,1.00,1,2026-01-01 00:00:00\n",
                HEADER
                        + "e5,s,u,buy,p1,Cup,B,,1.00,1,2026-01-01 00:00:00\n"
                        + "e6,s,u,buy,p1,Cup,B,Home,cheap,1,2026-01-01 00:00:00\n"
                        + "e2,s,u,buy,p1,Cup,B,Home,3.00,2,2026-01-02 00:00:01\n"
                        + "e7,s,u,buy,p2,Pen,B,Office,0.10,4,2026-01-01 12:00:00\n"
                        + "e8,s,u,buy,p2,Pen,B,Office,0.10,0,2026-01-01 12:00:00\n"
                        + "e7,s,u,click,p2,Pen,B,Office,0.10,4,2026-01-01 12:00:00\n"));
    }

    @Nested
    class ByHand {
        /** 1.005 is rounded to 1.01 before it is taken three times. */
        @Test
        void keepTheLastCopyOfAnEvent() {
            try (var oracle = small()) {
                assertThat(oracle.expected(ShopView.RAW_EVENTS, Side.BATCH).told())
                        .containsExactlyInAnyOrder(
                                "e1|s|u|buy|p1|Cup, big|B|Home|1.01|3|3.03|2026-01-01|2026-01-01 23:59:59.999",
                                "e2|s|u|buy|p1|Cup|B|Home|3.00|2|6.00|2026-01-02|2026-01-02 00:00:01.0",
                                "e3|s|u|view|p2|Pen|B|Office|5.00|1|5.00|2026-01-01|2026-01-01 00:00:00.0",
                                "e7|s|u|click|p2|Pen|B|Office|0.10|4|0.40|2026-01-01|2026-01-01 12:00:00.0");
                assertThat(oracle.expected(ShopView.VALID_EVENTS, Side.BATCH).cells())
                        .hasSize(6);
            }
        }

        @Test
        void sellByTheDayAndCountOnlyTheLastCopy() {
            try (var oracle = small()) {
                assertThat(oracle.expected(ShopView.SALES_BY_CATEGORY, Side.BATCH)
                                .told())
                        .containsExactlyInAnyOrder(
                                "2026-01-01 00:00:00.0|2026-01-02 00:00:00.0|Home|3|3.03",
                                "2026-01-02 00:00:00.0|2026-01-03 00:00:00.0|Home|2|6.00");
            }
        }

        @Test
        void tellTheFunnelOfADay() {
            try (var oracle = small()) {
                assertThat(oracle.expected(ShopView.FUNNEL, Side.BATCH).told())
                        .containsExactlyInAnyOrder(
                                "2026-01-01 00:00:00.0|2026-01-02 00:00:00.0|1|1|1|1.0|1.0",
                                "2026-01-02 00:00:00.0|2026-01-03 00:00:00.0|0|0|1|null|null");
            }
        }

        @Test
        void nameTheRuleThatRefusedARow() {
            try (var oracle = small()) {
                assertThat(oracle.expected(ShopView.QUARANTINE, Side.BATCH).told())
                        .containsExactlyInAnyOrder(
                                "has_id|1", "known_type|1", "complete|1", "malformed|1", "invalid_values|1");
            }
        }
    }

    @Nested
    class Promises extends OracleContract<ShopView> {
        Promises() {
            super(small(), ShopView.class, 11);
        }
    }
}
