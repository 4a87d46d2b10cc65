package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Twenty-seven rows with every fault, and results that were worked out by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenOrdersTest {
    private static final String SECONDS =
            "replace(window_start, '.000000Z', 'Z'), replace(window_end, '.000000Z', 'Z')";
    private static final Path GOLDEN = Path.of("../pipelines/orders/golden");

    private Trial trial;
    private Report report;

    @BeforeAll
    void run(@TempDir Path home) throws InterruptedException, IOException {
        trial = Trial.alone("orders", home, UnaryOperator.identity());
        var dimensions = Files.createDirectories(trial.file("data/dimensions"));
        for (var file : Orders.files(GOLDEN.resolve("dimensions"))) {
            Files.copy(file, dimensions.resolve(file.getFileName()));
        }
        trial.replay(GOLDEN.resolve("input"), Optional.empty(), 1);
        report = trial.run(1_000);
        trial.close();
    }

    private static List<String> expected(String name) throws IOException {
        var lines = Files.readAllLines(GOLDEN.resolve("expected").resolve(name + ".csv"));
        return lines.subList(1, lines.size()).stream()
                .map(line -> line.replace(',', '|'))
                .toList();
    }

    private List<String> table(String view, Mode mode, String columns) {
        return trial.rows("select %s from %s".formatted(columns, trial.table(view, mode)))
                .told();
    }

    @ParameterizedTest
    @EnumSource
    void S1_10_meetTheirFates(Mode mode) throws IOException {
        var fates = new TreeMap<>(Orders.fates(trial, mode));
        fates.put(
                "read",
                Objects.requireNonNull(report.runs().conservation().get(mode)).read());
        assertThat(fates.entrySet().stream().map(it -> it.getKey() + "|" + it.getValue()))
                .containsExactlyInAnyOrderElementsOf(expected("waterfall"));
    }

    @ParameterizedTest
    @EnumSource
    void S1_13_S1_20_giveTheExpectedTables(Mode mode) throws IOException {
        assertThat(table("daily_revenue", mode, "order_date, total_orders, total_revenue"))
                .containsExactlyInAnyOrderElementsOf(expected("daily_revenue"));
        assertThat(table("hourly_revenue", mode, "hour_of_day, total_orders, total_revenue"))
                .containsExactlyInAnyOrderElementsOf(expected("hourly_revenue"));
        assertThat(table("product_revenue", mode, "product_id, total_orders, total_revenue"))
                .containsExactlyInAnyOrderElementsOf(expected("product_revenue"));
        assertThat(table("top_products", mode, "rank, product_id, total_orders, total_revenue"))
                .containsExactlyInAnyOrderElementsOf(expected("top_products"));
    }

    /** o20 comes when the stream has closed its window, and nothing else differs. */
    @ParameterizedTest
    @EnumSource
    void S1_19_S1_23_giveTheExpectedWindows(Mode mode) throws IOException {
        assertThat(table("windowed_revenue", mode, SECONDS + ", product_id, orders_count, total_revenue"))
                .containsExactlyInAnyOrderElementsOf(expected(mode.word() + "_windowed_revenue"));
    }

    @ParameterizedTest
    @EnumSource
    void S1_11_S1_12_giveTheExpectedOrders(Mode mode) throws IOException {
        var derived = "order_id, status, order_date, order_day_of_week, hour_of_day, total_amount";
        assertThat(Orders.lake(trial, "orders", mode)
                        .rows(derived + ", coalesce(customer_segment, ''), coalesce(category, '')")
                        .told())
                .containsExactlyInAnyOrderElementsOf(expected("events"));
        assertThat(Orders.lake(trial, "cancelled", mode).rows(derived).told())
                .containsExactlyInAnyOrderElementsOf(expected("cancelled"));
    }

    @Test
    void S1_12_countTheKeysThatNoDimensionKnows() {
        assertThat(trial.rows("select unmatched from tandem_ledger where unmatched is not null")
                        .told())
                .singleElement()
                .satisfies(text -> assertThat(text).contains("customers").contains("products"));
    }

    /** The reference loses both: they are neither above zero nor not. */
    @ParameterizedTest
    @EnumSource
    void S1_06_keepARowWithoutQuantityOrPriceInQuarantine(Mode mode) {
        assertThat(Orders.lake(trial, "quarantine", mode)
                        .rows("regexp_extract(raw, '^o[78],') as id, reason")
                        .told())
                .contains("o7,|invalid_values", "o8,|invalid_values");
    }

    @Test
    void areWhatTheOracleSaysToo() {
        try (var oracle = Orders.oracle(trial)) {
            for (var mode : Mode.values()) {
                Orders.agree(trial, oracle, mode);
            }
        }
        assertThat(report.verdict()).isEqualTo(Verdict.AGREE_WITH_CAUSES);
    }
}
