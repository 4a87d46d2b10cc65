package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import dev.tandem.parity.Cause;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies of orders before and after the orders pipeline has forgotten their key, a file in each micro-batch; expected numbers worked out
 * by hand. An order of 10:00 is forgotten when the watermark is past 10:30, which is when an order of after 11:00 has been seen. The batch
 * forgets nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrdersCopiesTest {
    private static final String HEADER = "order_id,customer_id,product_id,order_timestamp,quantity,price,status";
    private static final List<String> FILES = List.of(
            "old,c1,p3,2026-01-01 09:50:00,1,7.00,done\no1,c1,p1,2026-01-01 10:00:00,1,10.00,done",
            "o1,c1,p1,2026-01-01 10:05:00,1,10.00,done",
            "o2,c1,p1,2026-01-01 11:10:00,1,20.00,done",
            "o3,c1,p2,2026-01-01 11:11:00,1,5.00,done",
            "o4,c1,p2,2026-01-01 11:12:00,1,5.00,done",
            "o1,c1,p1,2026-01-01 11:13:00,1,10.00,done\no2,c1,p1,2026-01-01 11:14:00,1,20.00,done",
            "o5,c1,p2,2026-01-01 11:15:00,1,5.00,done",
            "old,c1,p3,2026-01-01 09:50:00,1,7.00,done");

    private Trial trial;
    private Report report;

    @BeforeAll
    void run(@TempDir Path home) throws IOException, InterruptedException {
        trial = Trial.alone("orders", home, text -> text.replace("max_files: 2", "max_files: 1"));
        for (int number = 0; number < FILES.size(); number++) {
            Files.writeString(
                    trial.file(Orders.DROP).resolve("orders_%d.csv".formatted(number)),
                    HEADER + "\n" + FILES.get(number) + "\n");
        }
        report = trial.run(1_000);
        trial.close();
    }

    private Report.Conservation conservation(Mode mode) {
        return Objects.requireNonNull(report.runs().conservation().get(mode));
    }

    private List<String> totals(Mode mode) {
        return trial.rows("select product_id, total_orders, total_revenue from %s order by product_id"
                        .formatted(trial.table("product_revenue", mode)))
                .told();
    }

    private List<String> windows(Mode mode) {
        return trial.rows(
                        "select substr(window_start, 12, 5), product_id, orders_count, total_revenue from %s order by 1, 2"
                                .formatted(trial.table("windowed_revenue", mode)))
                .told();
    }

    @Test
    void S1_18_areDuplicatesForHalfAnHourInTheStream() {
        assertThat(conservation(Mode.STREAM))
                .returns(10L, Report.Conservation::read)
                .returns(2L, Report.Conservation::duplicate)
                .returns(8L, Report.Conservation::counted);
    }

    @Test
    void S1_18_areDuplicatesForEverInTheBatch() {
        assertThat(conservation(Mode.BATCH))
                .returns(10L, Report.Conservation::read)
                .returns(4L, Report.Conservation::duplicate)
                .returns(6L, Report.Conservation::counted);
    }

    @Test
    void S1_18_countAgainInTheStreamWhenTheyAreForgotten() {
        assertThat(totals(Mode.BATCH)).containsExactly("p1|2|30.00", "p2|3|15.00", "p3|1|7.00");
        assertThat(totals(Mode.STREAM)).containsExactly("p1|3|40.00", "p2|3|15.00", "p3|2|14.00");
    }

    /** The one of 11:13 is in time for its window; the one of 09:50 finds its window closed. */
    @Test
    void S1_18_S1_23_countInTheirWindowUnlessThatHasClosed() {
        assertThat(windows(Mode.BATCH))
                .containsExactly("09:50|p3|1|7.00", "10:00|p1|1|10.00", "11:10|p1|1|20.00", "11:10|p2|3|15.00");
        assertThat(windows(Mode.STREAM))
                .containsExactly("09:50|p3|1|7.00", "10:00|p1|1|10.00", "11:10|p1|2|30.00", "11:10|p2|3|15.00");
    }

    @Test
    void S1_23_areKeptWhereTheirWindowRefusedThem() {
        assertThat(trial.rows("select position, \"view\" from tandem_late").told())
                .containsExactly("9|windowed_revenue");
        assertThat(trial.ledger().totals().latePartial()).isEqualTo(1);
    }

    @Test
    void S1_18_areTheCauseOfEveryDifference() {
        assertThat(report.verdict()).isEqualTo(Verdict.AGREE_WITH_CAUSES);
        assertThat(report.unexplained()).isZero();
        assertThat(report.causes())
                .containsOnlyKeys(Cause.DUP_HORIZON)
                .allSatisfy((cause, of) -> assertThat(of.records()).isEqualTo(2));
    }
}
