package dev.tandem.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetailOracleTest {
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    private static RetailOracle small() {
        return RetailOracle.overCsv(CsvDrop.of(
                HEADER
                        + "536365,A,\"MUG, RED\",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n"
                        + "536365,A,\"MUG, RED\",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n"
                        + "536365,A,\"MUG, RED \",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n"
                        + "C536366,A,MUG,-1,2010-12-01 08:30:00,2.55,17850.0,United Kingdom\n"
                        + "A563185,B,Adjust bad debt,1,2010-12-01 08:30:00,11062.06,,United Kingdom\n",
                HEADER
                        + "536367,A,MUG,0,2010-12-02 08:30:00,2.55,17850.0,France\n"
                        + "536368,A,MUG,1,2010-12-02 08:30:00,0.0,17850.0,France\n"
                        + "536369,A,MUG,1,2010-12-02 08:30:00,1.0,,France\n"
                        + "536370,P,PADS,3,2010-12-02 08:39:59,0.001,17850.0,France\n"));
    }

    @Nested
    class ByHand {
        @Test
        void tellTheFirstReason() {
            try (var oracle = small()) {
                assertThat(oracle.fates())
                        .isEqualTo(Map.of(
                                "bad_invoice",
                                1L,
                                "cancelled",
                                1L,
                                "non_positive_quantity",
                                1L,
                                "non_positive_price",
                                1L,
                                "missing_customer",
                                1L,
                                "duplicate",
                                1L,
                                "kept",
                                3L));
            }
        }

        @Test
        void addUpWithThreeDecimals() {
            try (var oracle = small()) {
                assertThat(oracle.expected(RetailView.DAILY, Side.BATCH).told())
                        .containsExactlyInAnyOrder("2010-12-01|2|1|12|30.600", "2010-12-02|1|1|3|0.003");
                assertThat(oracle.expected(RetailView.TOP10, Side.BATCH).told())
                        .containsExactlyInAnyOrder("1|A|30.600", "2|P|0.003");
            }
        }
    }

    @Nested
    class Promises extends OracleContract<RetailView> {
        Promises() {
            super(small(), RetailView.class, 9);
        }
    }

    @Nested
    class OfTheRealYear {
        @Test
        void areThePublishedRowsAllOfThem(@TempDir Path folder) throws IOException, InterruptedException {
            var archive = RealData.file("orders/retail-by-day.tar.gz");
            var expected = RealData.file("orders/expected");
            assertThat(new ProcessBuilder("tar", "xzf", archive.toString(), "-C", folder.toString())
                            .start()
                            .waitFor())
                    .isZero();
            try (var oracle = RetailOracle.overCsv(folder.resolve("by-day"))) {
                for (var view : RetailView.values()) {
                    assertThat(oracle.differences(view, Side.BATCH, oracle.published(view, expected)))
                            .as("%s", view)
                            .isEmpty();
                }
                assertThat(oracle.fates()).containsEntry("kept", 392_692L).containsEntry("duplicate", 5_192L);
                assertThat(oracle.expected(RetailView.DAILY, Side.BATCH).cells().stream()
                                .map(row -> new BigDecimal(String.valueOf(row.get(4))))
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                        .isEqualByComparingTo("8887208.894");
            }
        }
    }
}
