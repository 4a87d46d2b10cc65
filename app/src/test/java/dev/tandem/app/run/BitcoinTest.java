package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.TandemCommand;
import dev.tandem.feed.Fault;
import dev.tandem.feed.TruthFile;
import dev.tandem.feed.TruthSummary;
import dev.tandem.model.Mode;
import dev.tandem.page.data.PipelineFacts;
import dev.tandem.page.data.RunLine;
import dev.tandem.parity.Cause;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.testkit.oracle.LogRecord;
import dev.tandem.testkit.oracle.Rows;
import dev.tandem.testkit.oracle.TickerOracle;
import dev.tandem.testkit.oracle.TickerView;
import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The definition that ships, over generated trades with every fault it asks for, held against DuckDB and the truth file. */
@ExtendWith(Bench.Giver.class)
class BitcoinTest {
    private static final long EVENTS = 4_000;
    private static final Duration SPACING = Duration.ofMillis(200);
    private static final List<String> COLUMNS = List.of(
            "window_start",
            "window_end",
            "avg_price",
            "max_price",
            "min_price",
            "price_range",
            "volatility_flag",
            "total_volume",
            "trade_count",
            "buy_sell_ratio",
            "market_sentiment",
            "volume_spike");

    private static Trial trial;
    private static TruthSummary truth;
    private static List<LogRecord> log;
    private static TickerOracle oracle;
    private static Report report;
    private static TandemCommand scheduled;

    @BeforeAll
    static void runItAll(Bench bench) throws InterruptedException {
        trial = Trial.of("bitcoin", bench.workspace(), Optional.empty(), UnaryOperator.identity());
        trial.generate(OptionalLong.of(EVENTS), SPACING);
        truth = TruthFile.summary(trial.workspace().truth("bitcoin"));
        report = trial.run(100);
        log = trial.topic("raw_prices");
        oracle = TickerOracle.over(log);
        oracle.cutInto(trial.microBatches(), trial.pipeline().watermark().delay());
        // Last, because it ends this JVM's Spark.
        scheduled = TandemCommand.run(bench.workspace().home(), "schedule", "pipelines/bitcoin", "--once");
    }

    @AfterAll
    static void close() {
        oracle.close();
        trial.close();
    }

    private static Rows stored(Mode mode, TickerView view) {
        return trial.rows("select * from " + trial.table(view.name().toLowerCase(Locale.ROOT), mode));
    }

    private static long injected(Fault fault) {
        return truth.faults().getOrDefault(fault, 0L);
    }

    private static List<Path> csvFiles(String folder) throws IOException {
        try (var files = Files.list(trial.file(folder))) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }

    /** The rows of CSV files, each with its own header; times as the oracle tells them. */
    private static Rows csv(Stream<Path> files) throws IOException {
        var format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        var columns = List.<String>of();
        var cells = new ArrayList<List<String>>();
        for (var file : files.toList()) {
            try (var rows = format.parse(Files.newBufferedReader(file))) {
                assertThat(columns).isIn(List.of(), rows.getHeaderNames());
                columns = rows.getHeaderNames();
                rows.forEach(row -> cells.add(row.stream()
                        .map(cell -> cell.replaceAll("^(\\d{4}-\\d\\d-\\d\\d)T([0-9:]+)Z$", "$1 $2"))
                        .toList()));
            }
        }
        return new Rows(columns, List.copyOf(cells));
    }

    @Nested
    class TheMetrics {
        @ParameterizedTest
        @EnumSource
        void S2_03_ofTheBatchAreTheOraclesExactly(TickerView view) {
            assertThat(oracle.differences(view, Side.BATCH, stored(Mode.BATCH, view)))
                    .isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void S2_03_ofTheStreamLackExactlyTheLateTrades(TickerView view) {
            assertThat(oracle.late(Duration.ofMinutes(1), Duration.ofMinutes(1)))
                    .isNotEmpty();
            assertThat(oracle.differences(view, Side.STREAM, stored(Mode.STREAM, view)))
                    .isEmpty();
        }

        @Test
        void S2_03_haveTheLabelsOfTheReference() {
            for (var mode : Mode.values()) {
                assertThat(trial.rows("select * from " + trial.table("minute_metrics", mode))
                                .columns())
                        .containsAll(COLUMNS);
                assertThat(trial.rows("select distinct market_sentiment from " + trial.table("minute_metrics", mode))
                                .told())
                        .contains("Bullish", "Bearish")
                        .isSubsetOf("Bullish", "Bearish", "Neutral");
            }
        }

        @Test
        void S2_02_standInMinutesThatAreClosed() {
            var rows = stored(Mode.STREAM, TickerView.MINUTE_METRICS);
            assertThat(rows.cells()).hasSizeGreaterThanOrEqualTo((int) (EVENTS * SPACING.toSeconds() / 60));
            assertThat(trial.rows("select distinct status from " + trial.table("minute_metrics", Mode.STREAM))
                            .told())
                    .containsExactly("closed");
        }
    }

    @Nested
    class TheFiles {
        @Test
        void S2_02_ofTheStreamHaveARowForEachClosedMinuteUnderAHeader() throws IOException {
            var rows = csv(csvFiles("data/stream_csv").stream());
            assertThat(rows.columns()).containsAll(COLUMNS);
            assertThat(oracle.differences(TickerView.MINUTE_METRICS, Side.STREAM, rows))
                    .isEmpty();
        }

        @Test
        void S2_05_ofTheBatchAreOneMoreForEachRunWithOneRow() throws IOException {
            var files = csvFiles("data/batch_output");
            assertThat(files).hasSize(2);
            for (var file : files) {
                var rows = csv(Stream.of(file));
                assertThat(rows.cells()).hasSize(1);
                assertThat(oracle.differences(TickerView.OVERALL, Side.BATCH, rows))
                        .isEmpty();
            }
        }

        @Test
        void S2_06_haveALineForEachBatchWithItsDuration() throws IOException {
            assertThat(Files.readAllLines(trial.file("data/batch_log.txt")))
                    .hasSize(2)
                    .allMatch(
                            line -> line.matches(
                                    "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ bitcoin batch finished in \\d+\\.\\d{3} s, [\\d,]+ records, cut \\d+"))
                    .allMatch(line -> line.contains(String.format(Locale.ROOT, " %,d records", log.size())));
        }
    }

    @Nested
    class TheSchedule {
        @Test
        void S2_06_runsTheBatch() {
            assertThat(scheduled.code()).as(scheduled.err()).isZero();
            assertThat(scheduled.out()).startsWith("bitcoin ");
            assertThat(trial.rows("select count(*) from tandem_run where pipeline = 'bitcoin' and mode = 'batch'")
                            .told())
                    .containsExactly("2");
        }

        @Test
        void S2_06_isEveryTenMinutesAndNotAnyOther() {
            var told = TandemCommand.run(trial.workspace().home(), "schedule", "pipelines/bitcoin", "--next", "3");
            assertThat(told.code()).as(told.err()).isZero();
            assertThat(told.out()).startsWith("every 10 minutes\n");
            assertThat(told.out().lines().skip(1)).hasSize(3).allMatch(line -> line.matches(".*T\\d\\d:\\d0:00Z"));
        }
    }

    @Nested
    class TheRecords {
        @Test
        void S2_04_thatAreGoodStandInTheTableWithTheirColumns() {
            var good = oracle.fates().get("counted");
            assertThat(trial.rows("select count(distinct trade_id), count(*) from btc_prices")
                            .told())
                    .containsExactly("%d|%d".formatted(good, good));
            assertThat(trial.rows("select * from btc_prices limit 1").columns())
                    .contains("trade_id", "price", "best_bid", "best_ask", "side", "time", "last_size");
            assertThat(trial.rows(
                                    "select count(*) from btc_prices where price is null or best_bid is null or"
                                            + " best_ask is null or side not in ('buy', 'sell') or time is null or last_size is null")
                            .told())
                    .containsExactly("0");
        }

        @Test
        void S2_04_lieInTheFileThatTheDefinitionNames() {
            var database = new DatabaseAddress.Sqlite(trial.file("data/crypto_prices.db"));
            assertThat(trial.services()
                            .database(trial.pipeline().source().landing().database()))
                    .isEqualTo(database);
            assertThat(trial.file("data/crypto_prices.db")).isNotEmptyFile();
        }

        @Test
        void S2_04_areKeptOnceEachWithTheirBytes() {
            var kept = new ArrayList<String>();
            for (var table : List.of("btc_prices", "tandem_quarantine", "tandem_duplicate")) {
                var ours = table.startsWith("tandem") ? " where pipeline = 'bitcoin'" : "";
                kept.addAll(trial.rows("select \"partition\", position, hex(raw) from " + table + ours)
                        .told());
            }
            assertThat(kept)
                    .containsExactlyInAnyOrderElementsOf(log.stream()
                            .map(it -> "%d|%d|%s"
                                    .formatted(
                                            it.partition(),
                                            it.position(),
                                            HexFormat.of().withUpperCase().formatHex(it.value())))
                            .toList());
        }

        /** The fault of the reference: its batch told trades apart by their id, its stream did not. */
        @Test
        void S2_08_thatWereSentTwiceCountOnceInBothModes() {
            assertThat(injected(Fault.DUPLICATE)).isPositive();
            assertThat(oracle.fates()).containsEntry("duplicate", injected(Fault.DUPLICATE));
            assertThat(report.runs().conservation()).containsOnlyKeys(Mode.STREAM, Mode.BATCH);
            assertThat(report.runs().conservation().values())
                    .extracting(Report.Conservation::duplicate)
                    .containsExactly(injected(Fault.DUPLICATE), injected(Fault.DUPLICATE));
        }

        @Test
        void thatAreMalformedStandInQuarantine() {
            assertThat(injected(Fault.MALFORMED)).isPositive();
            assertThat(report.refusals().quarantine()).isEqualTo(Map.of("malformed", injected(Fault.MALFORMED)));
        }

        @Test
        void thatCameLateAreThoseOfTheOracle() {
            assertThat(trial.rows(
                                    "select distinct \"partition\" || '-' || position from tandem_late where pipeline = 'bitcoin'")
                            .told())
                    .containsExactlyInAnyOrderElementsOf(oracle.late(Duration.ofMinutes(1), Duration.ofMinutes(1)));
        }
    }

    @Nested
    class ThePage {
        private final PageOver page = PageOver.compared(trial.workspace(), trial.pipeline(), report);

        @AfterEach
        void close() {
            page.close();
        }

        @Test
        void S2_07_drawsThePriceWithItsRangeVolumeAndTheBatchBesideIt() {
            assertThat(page.columns("minute_metrics"))
                    .contains("avg_price", "min_price", "max_price", "total_volume", "buy_count", "sell_count");
            assertThat(page.facts().views().get(0).columns())
                    .filteredOn(it -> it.name().endsWith("_price"))
                    .allMatch(PipelineFacts.Column::numeric);
            var rows = page.rows("minute_metrics");
            assertThat(rows.stream()).hasSizeGreaterThan(5).hasSameSizeAs(rows.batch());
        }

        @Test
        void S2_07_countsHowOftenEachSentimentWasFelt() {
            assertThat(page.stream("minute_metrics", "market_sentiment"))
                    .isNotEmpty()
                    .isSubsetOf("Bullish", "Bearish", "Neutral");
        }

        @Test
        void S2_07_showsTheLatestMeasuresOverEverything() {
            var overall = page.rows("overall");
            assertThat(overall.stream()).hasSize(1);
            assertThat(overall.batch()).hasSize(1);
            assertThat(page.stream("overall", "trade_count"))
                    .containsExactlyElementsOf(
                            trial.rows("select trade_count from stream_overall").told());
        }

        @Test
        void S2_07_tellsHowLongEachRunTook() {
            assertThat(page.data().runs("bitcoin")).extracting(RunLine::mode).contains("stream", "batch");
            assertThat(page.data().runs("bitcoin"))
                    .allSatisfy(it -> assertThat(it.finished()).isPresent())
                    .allSatisfy(it -> assertThat(it.metrics()).containsKeys("records/s", "CPU", "peak heap"));
            assertThat(page.data().microBatches("bitcoin", 10)).hasSize(10);
        }
    }

    @Nested
    class TheComparison {
        /** Both modes from the same first record to the same last one, window with window and the whole with the whole. */
        @Test
        void S2_08_isOfLikeWithLike() {
            assertThat(report.agreement().views()).containsOnlyKeys("minute_metrics", "overall");
            assertThat(report.subject().cut().records()).isEqualTo(log.size());
            assertThat(report.runs().conservation().values())
                    .extracting(Report.Conservation::read)
                    .containsExactly((long) log.size(), (long) log.size());
            assertThat(report.runs().latency().samples()).isEqualTo(log.size());
            assertThat(report.runs().throughput()).containsOnlyKeys(Mode.STREAM, Mode.BATCH);
        }

        @Test
        void S2_08_explainsEveryDifference() {
            assertThat(report.verdict()).isEqualTo(Verdict.AGREE_WITH_CAUSES);
            assertThat(report.unexplained()).isZero();
            assertThat(report.causes()).containsOnlyKeys(Cause.LATE);
            assertThat(report.differences()).extracting(it -> it.view()).containsOnly("minute_metrics");
        }
    }

    /** The six programs of the reference, each a verb. */
    @Test
    void S2_09_eachProgramOfTheReferenceIsAVerb() {
        for (var verb : List.of("producer", "capture", "streaming", "batch", "scheduler", "compare")) {
            assertThat(TandemCommand.run(trial.workspace().home(), verb, "--help")
                            .code())
                    .as(verb)
                    .isZero();
        }
    }

    @Test
    void S2_01_theTopicHoldsTickerMessagesOfBitcoin() {
        assertThat(log).hasSizeGreaterThanOrEqualTo((int) EVENTS);
        assertThat(log.stream()
                        .map(it -> new String(it.value(), StandardCharsets.UTF_8))
                        .filter(it ->
                                it.startsWith("{\"type\":\"ticker\"") && it.contains("\"product_id\":\"BTC-USD\"")))
                .hasSizeGreaterThanOrEqualTo((int) (log.size() - injected(Fault.MALFORMED)));
    }
}
