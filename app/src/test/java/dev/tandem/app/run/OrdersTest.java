package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.engine.stream.StreamMeter;
import dev.tandem.feed.Fault;
import dev.tandem.feed.FeedSummary;
import dev.tandem.feed.TruthFile;
import dev.tandem.model.Mode;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.parity.report.ReportWriter;
import dev.tandem.testkit.oracle.OrdersOracle;
import dev.tandem.testkit.oracle.OrdersView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The orders pipeline as it ships, over files: the reference's own 10,200 rows with faults in exact numbers, compared with DuckDB and
 * with the figures of the reference system.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrdersTest {
    private Trial trial;
    private OrdersOracle oracle;
    private FeedSummary fed;
    private StreamMeter.Reading reading;
    private long stateRows;
    private String console;
    private BatchJob.Done batch;
    private Report report;

    @BeforeAll
    void run(@TempDir Path home) throws InterruptedException {
        trial = Trial.alone("orders", home, UnaryOperator.identity());
        fed = trial.generate(trial.feeding().usualEvents(), Duration.ofSeconds(1));
        stream();
        var printed = new ByteArrayOutputStream();
        var out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            batch = trial.batch();
        } finally {
            System.setOut(out);
        }
        console = printed.toString(StandardCharsets.UTF_8);
        report = trial.compare();
        trial.close();
        oracle = Orders.oracle(trial);
    }

    private void stream() throws InterruptedException {
        try (var stream = trial.stream(1_000)) {
            stream.drainTo(trial.job().input().end());
            stateRows = stream.run().stateRows();
            stream.run().closeWindows();
            reading = stream.finish("drained");
        }
    }

    @AfterAll
    void close() {
        oracle.close();
    }

    private long fate(String name) {
        return oracle.fates().getOrDefault(name, 0L);
    }

    private Report.Conservation conservation(Mode mode) {
        return Objects.requireNonNull(report.runs().conservation().get(mode));
    }

    @Test
    void S1_01_haveTheSevenFieldsWithTypesThatAreWrittenAndNotGuessed() {
        assertThat(trial.pipeline().schema().fields())
                .extracting(field -> field.name() + " " + field.type().sql())
                .containsExactly(
                        "order_id STRING",
                        "customer_id STRING",
                        "product_id STRING",
                        "order_timestamp TIMESTAMP",
                        "quantity INT",
                        "price DECIMAL(12,2)",
                        "status STRING");
        assertThat(Orders.lake(trial, "orders", Mode.STREAM)
                        .rows("distinct typeof(quantity), typeof(price), typeof(order_timestamp), typeof(status)")
                        .told())
                .as("whole numbers are 64 bits wide in results")
                .containsExactly("BIGINT|DECIMAL(12,2)|TIMESTAMP WITH TIME ZONE|VARCHAR");
    }

    @Test
    void S1_03_S1_04_carryTheReferencesFaultsAndTheTruthFileListsThem() {
        var faults = Map.of(
                Fault.DUPLICATE, 200L,
                Fault.NEGATIVE_QUANTITY, 500L,
                Fault.NEGATIVE_PRICE, 500L,
                Fault.LATE, 500L,
                Fault.MISSING_ID, 100L);
        var truth = TruthFile.summary(trial.workspace().truth("orders"));
        assertThat(truth.records()).isEqualTo(10_200).isEqualTo(fed.acked());
        assertThat(truth.faults()).containsAllEntriesOf(faults);
    }

    @ParameterizedTest
    @EnumSource
    void S1_06_goIntoQuarantineFilesByReason(Mode mode) {
        var quarantine = Orders.lake(trial, "quarantine", mode);
        assertThat(quarantine.partitions()).containsExactly("reason=invalid_values", "reason=missing_order_id");
        assertThat(quarantine.count("reason"))
                .containsExactly("invalid_values|" + fate("invalid_values"), "missing_order_id|100");
        assertThat(fate("invalid_values")).isBetween(956L, 976L);
    }

    @ParameterizedTest
    @EnumSource
    void S1_07_haveAStatusInOneSpelling(Mode mode) {
        assertThat(Orders.lake(trial, "orders", mode).rows("distinct status").told())
                .containsExactlyInAnyOrder("completed", "pending");
        assertThat(Orders.lake(trial, "cancelled", mode).rows("distinct status").told())
                .containsExactly("cancelled");
    }

    @ParameterizedTest
    @EnumSource
    void S1_08_loseTheirCopies(Mode mode) {
        assertThat(conservation(mode)).returns(fate("duplicate"), Report.Conservation::duplicate);
        assertThat(fate("duplicate")).isBetween(150L, 171L);
    }

    @ParameterizedTest
    @EnumSource
    void S1_09_haveTheCancelledOnesInTheirOwnFolder(Mode mode) {
        assertThat(oracle.differences(
                        OrdersView.CANCELLED, Orders.side(mode), Orders.records(trial, OrdersView.CANCELLED, mode)))
                .isEmpty();
        assertThat(conservation(mode)).returns(fate("cancelled"), Report.Conservation::split);
        assertThat(fate("cancelled")).isBetween(1_997L, 2_146L);
    }

    @ParameterizedTest
    @EnumSource
    void S1_10_areAllAccountedFor(Mode mode) {
        assertThat(Orders.fates(trial, mode)).isEqualTo(oracle.fates());
        assertThat(conservation(mode))
                .returns(10_200L, Report.Conservation::read)
                .returns(100 + fate("invalid_values"), Report.Conservation::quarantined)
                .returns(fate("valid"), Report.Conservation::counted)
                .returns(0L, Report.Conservation::late)
                .returns(0L, Report.Conservation::waiting);
        assertThat(100 + fate("invalid_values") + fate("duplicate") + fate("cancelled") + fate("valid"))
                .isEqualTo(10_200);
        assertThat(fate("valid")).isBetween(6_832L, 6_973L);
    }

    @ParameterizedTest
    @EnumSource
    void S1_11_S1_14_lieInAFolderForEachDayWithTheirDerivedValues(Mode mode) {
        assertThat(Orders.lake(trial, "orders", mode).partitions())
                .hasSize(30)
                .startsWith("order_date=2026-01-01")
                .endsWith("order_date=2026-01-30");
        assertThat(oracle.differences(
                        OrdersView.EVENTS, Orders.side(mode), Orders.records(trial, OrdersView.EVENTS, mode)))
                .isEmpty();
    }

    @Test
    void S1_11_countTheDaysOfTheWeekFromSunday() {
        assertThat(Orders.lake(trial, "orders", Mode.BATCH)
                        .rows("distinct order_date, order_day_of_week")
                        .cells())
                .hasSize(30)
                .allSatisfy(row -> {
                    var day = LocalDate.parse(String.valueOf(row.get(0))).getDayOfWeek();
                    assertThat(row.get(1)).isEqualTo(String.valueOf(day.getValue() % 7 + 1));
                });
    }

    @ParameterizedTest
    @EnumSource
    void S1_12_areJoinedWithCustomersAndProducts(Mode mode) {
        assertThat(Orders.lake(trial, "orders", mode)
                        .rows("count(customer_name), count(customer_segment), count(category), count(brand)")
                        .told())
                .containsExactly("%1$d|%1$d|%1$d|%1$d".formatted(fate("valid")));
        assertThat(batch.counts().unmatched().values()).allMatch(none -> none == 0);
    }

    @ParameterizedTest
    @EnumSource
    void S1_13_addUpToWhatTheOracleSays(Mode mode) {
        for (var view : Orders.TABLES) {
            assertThat(oracle.differences(view, Orders.side(mode), Orders.stored(trial, view, mode)))
                    .as("%s", view)
                    .isEmpty();
        }
        assertThat(List.of(
                        count(trial, OrdersView.DAILY_REVENUE, mode),
                        count(trial, OrdersView.PRODUCT_REVENUE, mode),
                        count(trial, OrdersView.HOURLY_REVENUE, mode),
                        count(trial, OrdersView.TOP_PRODUCTS, mode)))
                .containsExactly(30, 50, 24, 10);
    }

    @ParameterizedTest
    @EnumSource
    void S1_14_S1_21_lieInParquetAsInTheTables(Mode mode) {
        for (var view : List.of(OrdersView.DAILY_REVENUE, OrdersView.PRODUCT_REVENUE, OrdersView.HOURLY_REVENUE)) {
            var lake = Orders.lake(trial, view.name().toLowerCase(Locale.ROOT), mode);
            assertThat(oracle.differences(view, Orders.side(mode), lake.rows("*")))
                    .as("%s", view)
                    .isEmpty();
        }
    }

    @Test
    void S1_16_cameInAHundredAndTwoFiles() throws IOException {
        var files = Orders.files(trial.file(Orders.DROP));
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 102)
                        .mapToObj("events_batch_%010d.csv"::formatted)
                        .toList());
        for (var file : files) {
            assertThat(Files.readAllLines(file)).hasSize(101);
        }
    }

    @Test
    void S1_17_areTakenTwoFilesAtATime() {
        assertThat(trial.microBatches())
                .filteredOn(it -> it.until() > it.from())
                .hasSize(51)
                .allMatch(it -> it.until() - it.from() == 200);
    }

    @ParameterizedTest
    @EnumSource
    void S1_18_S1_19_standInWindowsOfTenMinutes(Mode mode) {
        var table = trial.table("windowed_revenue", mode);
        assertThat(Orders.stored(trial, OrdersView.WINDOWED_REVENUE, mode).columns())
                .contains("window_start", "window_end", "product_id", "orders_count", "total_revenue");
        assertThat(trial.rows(("select * from %s where unixepoch(window_start) %% 600 <> 0"
                                        + " or unixepoch(window_end) - unixepoch(window_start) <> 600")
                                .formatted(table))
                        .told())
                .isEmpty();
        assertThat(trial.pipeline().dedup().orElseThrow().within()).isEqualTo(Duration.ofMinutes(30));
    }

    /** The reference's files lack the last windows for ever. */
    @ParameterizedTest
    @EnumSource
    void S1_19_areInTheLakeToTheLastWindow(Mode mode) {
        var rows = Orders.lake(trial, "windowed_revenue", mode)
                .rows(
                        "* replace (window_start at time zone 'UTC' as window_start, window_end at time zone 'UTC' as window_end)");
        assertThat(oracle.differences(OrdersView.WINDOWED_REVENUE, Orders.side(mode), rows))
                .isEmpty();
    }

    @Test
    void S1_20_runUpToTotalsOfEachProduct() {
        assertThat(Orders.stored(trial, OrdersView.PRODUCT_REVENUE, Mode.STREAM).columns())
                .contains("product_id", "total_orders", "total_revenue");
        assertThat(trial.rows("select rank from stream_top_products order by rank")
                        .told())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 10).mapToObj(String::valueOf).toList());
    }

    @Test
    void S1_20_S1_21_showTheTopTenOnTheConsole() {
        var expected = oracle.expected(OrdersView.TOP_PRODUCTS, Orders.side(Mode.BATCH));
        assertThat(expected.cells())
                .hasSize(10)
                .allSatisfy(row -> assertThat(console)
                        .containsPattern(
                                "(?m)^ *%s +%s +%s +%s ".formatted(row.get(0), row.get(1), row.get(2), row.get(3))));
    }

    @Test
    void S1_21_haveSnapshotsOfWhichTheLastSaysTheSameAsTheTable() throws IOException {
        var snapshots = Orders.files(trial.file("data/warehouse/stream/product_totals_snapshots")).stream()
                .filter(file -> file.toString().endsWith(".csv"))
                .toList();
        assertThat(snapshots.get(0)).hasFileName("batch_0000.csv");
        var last = Files.readAllLines(snapshots.get(snapshots.size() - 1));
        assertThat(last.subList(1, last.size()))
                .containsExactlyElementsOf(trial
                        .rows("select product_id, total_orders, total_revenue from stream_product_revenue"
                                + " order by product_id")
                        .told()
                        .stream()
                        .map(row -> row.replace('|', ','))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void S1_21_haveTheTopTenInAFileAsTheyStand(Mode mode) throws IOException {
        var latest = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build()
                .readTree(trial.file("data/warehouse/%s/top_products/latest.json".formatted(mode.word()))
                        .toFile());
        var rows = new ArrayList<String>();
        latest.path("rows")
                .forEach(row -> rows.add("%s|%s|%s|%s"
                        .formatted(
                                row.path("rank"),
                                row.path("product_id").asText(),
                                row.path("total_orders"),
                                row.path("total_revenue").asText())));
        assertThat(rows)
                .containsExactlyElementsOf(
                        trial.rows("select \"rank\", product_id, total_orders, total_revenue from %s order by 1"
                                        .formatted(trial.table("top_products", mode)))
                                .told());
    }

    @Test
    void S1_27_S1_28_areMeasuredAndNotClaimed() {
        assertThat(report.runs().latency().measured()).startsWith("arrival in the folder → ");
        assertThat(report.runs().latency().samples() + report.runs().latency().warmUp())
                .isEqualTo(10_200);
        assertThat(report.runs().latency().p50())
                .isPositive()
                .isLessThanOrEqualTo(report.runs().latency().p95());
        assertThat(report.runs().throughput())
                .containsOnlyKeys(Mode.STREAM, Mode.BATCH)
                .allSatisfy((mode, of) -> {
                    assertThat(of.events()).isEqualTo(10_200);
                    assertThat(of.seconds()).isPositive();
                });
    }

    @Test
    void S1_29_areCountedByOneDefinitionInBothModes() {
        assertThat(trial.rows("select distinct definition from tandem_run").told())
                .containsExactly(trial.pipeline().hash());
    }

    @Test
    void S1_31_areComparedInWritingFromWhatWasMeasured(@TempDir Path out) throws IOException {
        var page = Files.readString(ReportWriter.write(report, out));
        assertThat(report.verdict()).isEqualTo(Verdict.AGREE);
        assertThat(page).contains("10,200").contains("latency").contains("quarantined");
        assertThat(out.resolve("report.json")).isNotEmptyFile();
    }

    @Test
    void S1_32_needLittleStateWhichIsShown() {
        assertThat(stateRows).isPositive().isLessThan(500);
    }

    /** One read feeds all outputs: there is one query, and each record was read by it once. */
    @Test
    void S1_32_areReadOnceForAllOutputs() {
        assertThat(reading.fates().read()).isEqualTo(10_200);
        assertThat(trial.rows("select count(distinct query), sum(records) from tandem_ledger where query <> ''")
                        .told())
                .containsExactly("1|10200");
    }

    private static int count(Trial trial, OrdersView view, Mode mode) {
        return Orders.stored(trial, view, mode).cells().size();
    }
}
