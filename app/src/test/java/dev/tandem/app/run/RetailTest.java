package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.testkit.oracle.RetailOracle;
import dev.tandem.testkit.oracle.RetailView;
import dev.tandem.testkit.oracle.Rows;
import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A year of a real shop in 305 files, against tables that were published and that nobody here made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetailTest {
    private static final Map<RetailView, String> TABLES = Map.of(
            RetailView.TEN_MINUTES, "revenue_10min",
            RetailView.DAILY, "daily",
            RetailView.HOURLY, "hourly",
            RetailView.PRODUCT_TOTALS, "product_totals",
            RetailView.TOP10, "top_products");
    private static final Set<RetailView> VIEWS = EnumSet.complementOf(EnumSet.of(RetailView.CLEANING));

    private Trial trial;
    private RetailOracle oracle;
    private Path published;
    private BatchJob.Done batch;
    private Report report;

    /** The definition's five files in a micro-batch suit a shop that is open; here a year lies waiting. */
    @BeforeAll
    void run(@TempDir Path home) throws InterruptedException, IOException {
        var archive = RealData.file("orders/retail-by-day.tar.gz");
        published = RealData.file("orders/expected");
        assertThat(new ProcessBuilder("tar", "xzf", archive.toString(), "-C", home.toString())
                        .start()
                        .waitFor())
                .isZero();
        trial = Trial.alone("retail", home.resolve("run"), text -> text.replace("max_files: 5", "max_files: 20"));
        trial.replay(home.resolve("by-day"), Optional.empty(), 1);
        trial.drain(1_000);
        batch = trial.batch();
        report = trial.compare();
        trial.close();
        oracle = RetailOracle.overCsv(trial.file("data/retail"));
    }

    @AfterAll
    void close() {
        if (oracle != null) {
            oracle.close();
        }
    }

    private Rows stored(RetailView view, Mode mode) {
        return trial.rows("select * from " + trial.table(TABLES.getOrDefault(view, ""), mode));
    }

    private Map<String, Long> cleaning() {
        var numbers = new TreeMap<String, Long>();
        oracle.published(RetailView.CLEANING, published)
                .cells()
                .forEach(row -> numbers.put(String.valueOf(row.get(0)), Long.valueOf(String.valueOf(row.get(1)))));
        return numbers;
    }

    /** DuckDB agrees with the published file, so what is told of a view by either is the same. */
    @ParameterizedTest
    @EnumSource
    void S1_13_giveThePublishedTables(Mode mode) {
        for (var view : VIEWS) {
            assertThat(oracle.differences(view, Side.BATCH, oracle.published(view, published)))
                    .as("published %s", view)
                    .isEmpty();
            assertThat(oracle.differences(view, Side.BATCH, stored(view, mode)))
                    .as("%s %s", mode, view)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void S1_10_meetThePublishedFates(Mode mode) {
        var numbers = cleaning();
        var fates = report.runs().conservation().get(mode);
        assertThat(fates)
                .returns(numbers.get("rows_in"), Report.Conservation::read)
                .returns(numbers.get("duplicates_removed_from_valid"), Report.Conservation::duplicate)
                .returns(numbers.get("kept"), Report.Conservation::counted)
                .returns(0L, Report.Conservation::late);
        assertThat(numbers).containsEntry("kept", 392_692L);
        var reasons =
                mode == Mode.BATCH ? batch.counts().reasons() : trial.ledger().quarantineReasons(Long.MAX_VALUE);
        numbers.keySet().removeAll(List.of("rows_in", "valid", "duplicates_removed_from_valid", "kept"));
        assertThat(reasons).isEqualTo(numbers);
    }

    @ParameterizedTest
    @EnumSource
    void S1_13_addUpToThePublishedRevenue(Mode mode) {
        assertThat(trial.rows("select lines, revenue from " + trial.table("total", mode))
                        .told())
                .containsExactly("392692|8887208.894");
    }

    @Test
    void S1_17_cameInThreeHundredAndFiveFiles() throws IOException {
        try (var files = Files.list(trial.file("data/retail"))) {
            assertThat(files).hasSize(305);
        }
    }

    @Test
    void agree() {
        assertThat(report.verdict()).isEqualTo(Verdict.AGREE);
        assertThat(report.agreement().accuracy().percent()).isEqualByComparingTo("100");
    }
}
