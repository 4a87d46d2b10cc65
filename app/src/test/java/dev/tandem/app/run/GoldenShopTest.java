package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few events of the shop with every fault, and results worked out by hand. */
@ExtendWith(Bench.Giver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenShopTest {
    private static final Expected GOLDEN = new Expected("shop_events");

    private Trial golden;

    @BeforeAll
    void run(Bench bench) throws InterruptedException {
        golden = Trial.of(
                "shop_events", bench.withPostgres(), Optional.empty(), text -> ShopFiles.under("_golden", text));
        golden.replay(GOLDEN.file("events.csv"), Optional.empty(), 1);
        golden.run(1_000);
    }

    @AfterAll
    void close() {
        golden.close();
    }

    private static String events(Mode mode) {
        return mode == Mode.STREAM ? "raw_events" : "batch_raw_events";
    }

    private List<String> stored(String sql) {
        return golden.rows(sql).told();
    }

    @ParameterizedTest
    @EnumSource
    void S4_03_giveTheRowsWorkedOutByHand(Mode mode) {
        assertThat(stored("select event_id, event_type, product_name, category, price, quantity, total_price,"
                        + " event_date, to_char(\"timestamp\", 'YYYY-MM-DD HH24:MI:SS') from %s_golden"
                                .formatted(events(mode))))
                .containsExactlyInAnyOrderElementsOf(GOLDEN.rows("raw_events"));
    }

    @ParameterizedTest
    @EnumSource
    void S4_14_giveTheSalesWorkedOutByHand(Mode mode) {
        assertThat(stored("select to_char(window_start, 'YYYY-MM-DD'), category, units, revenue, buys from "
                        + golden.table("sales_by_category", mode)))
                .containsExactlyInAnyOrderElementsOf(GOLDEN.rows("sales_by_category"));
    }

    @ParameterizedTest
    @EnumSource
    void S4_14_giveTheFunnelWorkedOutByHand(Mode mode) {
        assertThat(stored("select to_char(window_start, 'YYYY-MM-DD'), views, clicks, buys,"
                        + " click_rate::numeric(9, 4), buy_rate::numeric(9, 4) from "
                        + golden.table("funnel", mode)))
                .containsExactlyInAnyOrderElementsOf(GOLDEN.rows("funnel"));
    }

    @Test
    void S4_14_areKeptWithTheReasonWhereTheyAreRefused() {
        assertThat(stored("select reason, count(*) from tandem_quarantine"
                        + " where pipeline = 'shop_events_golden' group by reason"))
                .containsExactlyInAnyOrderElementsOf(GOLDEN.rows("quarantine"));
    }
}
