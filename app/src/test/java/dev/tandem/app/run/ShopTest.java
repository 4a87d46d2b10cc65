package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.environment.Environment;
import dev.tandem.app.page.MachineFacts;
import dev.tandem.engine.stream.StreamMeter;
import dev.tandem.feed.FeedSummary;
import dev.tandem.model.Mode;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.testkit.oracle.ShopOracle;
import dev.tandem.testkit.oracle.ShopView;
import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thirty files of a shop's events, and after them three that a hand made: changed copies of events, events that no rule lets pass,
 * and one that is half written when the stream looks.
 */
@ExtendWith(Bench.Giver.class)
class ShopTest {
    private static final Duration SPACING = Duration.ofSeconds(10).dividedBy(15);
    private static final String EVENTS = """
            select event_id, session_id, user_id, event_type, product_id, product_name, brand, category, price, quantity,
                total_price, event_date, "timestamp" from\s""";

    @TempDir
    private static Path folder = Path.of("");

    private static Trial trial;
    private static FeedSummary fed;
    private static ShopFiles files;
    private static List<Path> waiting;
    private static long rowsOfThirtyFiles;
    private static StreamMeter.Reading reading;
    private static ShopOracle oracle;
    private static Report report;

    @BeforeAll
    static void runItAll(Bench bench) throws IOException, InterruptedException {
        trial = Trial.of("shop_events", bench.withPostgres(), Optional.empty(), text -> text);
        fed = trial.generate(OptionalLong.empty(), SPACING);
        var drop = trial.file("data/input");
        files = ShopFiles.of(drop, folder.resolve("copies"));
        var half = Files.writeString(drop.resolve(".events_batch_9002.csv.tmp"), "event_id,session_id,use");
        streamAndLeaveWindowsOpen();
        rowsOfThirtyFiles = events("raw_events");
        waiting = ShopFiles.in(drop);
        files.bring(half, drop);
        reading = trial.drain(1_000);
        trial.batch();
        report = trial.compare();
        oracle = ShopOracle.overCsv(folder.resolve("copies"));
    }

    @AfterAll
    static void close() {
        oracle.close();
        trial.close();
    }

    private static void streamAndLeaveWindowsOpen() throws InterruptedException {
        try (var stream = trial.stream(1_000)) {
            stream.drainTo(trial.job().input().end());
        }
    }

    private static long events(String table) {
        return trial.rows("select count(*) as n from " + table).sum("n");
    }

    private static String events(Mode mode) {
        return mode == Mode.STREAM ? "raw_events" : "batch_raw_events";
    }

    @Nested
    class TheGenerator {
        @Test
        void S4_01_makesThirtyFilesOfFifteenEvents() throws IOException {
            assertThat(fed.sent()).isEqualTo(450);
            assertThat(files.generated()).hasSize(30);
            for (var file : files.generated()) {
                assertThat(Files.readAllLines(file)).hasSize(1 + 15);
            }
        }

        @Test
        void S4_02_leavesACatalogueOfTwentyFiveProducts() throws IOException {
            assertThat(Files.readAllLines(trial.file("data/catalog/products.csv")))
                    .hasSize(1 + 25);
        }

        @Test
        void S4_11_testCase1Generation() {
            assertThat(files.header())
                    .isEqualTo("event_id,session_id,user_id,event_type,product_id,product_name,brand,category,price,"
                            + "quantity,timestamp");
            assertThat(files.rows())
                    .extracting(row -> row.split(",", -1)[0])
                    .doesNotHaveDuplicates()
                    .hasSize(450);
            assertThat(files.rows())
                    .extracting(row -> row.split(",", -1)[3].toLowerCase(Locale.ROOT))
                    .containsOnly("view", "click", "buy");
        }
    }

    @Nested
    class TheDrop {
        @Test
        void S4_11_testCase2DetectionAndArchive() throws IOException {
            assertThat(ShopFiles.in(trial.file("data/input"))).isEmpty();
            assertThat(ShopFiles.in(trial.file("data/archive")))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyElementsOf(ShopFiles.in(folder.resolve("copies")).stream()
                            .map(file -> file.getFileName().toString())
                            .toList());
        }

        @Test
        void S4_05_keepsFilesInTheArchiveAsTheyCame() throws IOException {
            for (var file : files.generated()) {
                assertThat(trial.file("data/archive").resolve(file.getFileName().toString()))
                        .hasSameBinaryContentAs(file);
            }
        }

        @Test
        void S4_05_leavesHalfAFileAlone() {
            assertThat(waiting)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly(".events_batch_9002.csv.tmp");
            assertThat(events("raw_events where event_id = 'one-more-buy'")).isOne();
        }
    }

    @Nested
    class TheRows {
        @Test
        void S4_08_areFourHundredAndFiftyAfterThirtyFiles() {
            assertThat(rowsOfThirtyFiles).isEqualTo(450);
        }

        @ParameterizedTest
        @EnumSource
        void S4_03_areTheOraclesWithTheLastOfEachEvent(Mode mode) {
            assertThat(oracle.differences(ShopView.RAW_EVENTS, Side.BATCH, trial.rows(EVENTS + events(mode))))
                    .isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void S4_03_areOneForAnEventThatCameTwice(Mode mode) {
            var cells = files.bought().split(",", -1);
            var total = new BigDecimal(cells[8]).multiply(BigDecimal.valueOf(7));
            assertThat(trial.rows("select event_type, quantity, total_price = %s from %s where event_id = '%s'"
                                    .formatted(total.toPlainString(), events(mode), cells[0]))
                            .told())
                    .containsExactly("buy|7|t");
            assertThat(events(events(mode))).isEqualTo(451);
        }

        @ParameterizedTest
        @EnumSource
        void S4_11_testCase3Transformations(Mode mode) {
            assertThat(trial.rows(("select event_id from %s where event_type <> lower(event_type)"
                                            + " or total_price <> round(price * quantity, 2)"
                                            + " or event_date <> \"timestamp\"::date or price <> round(price, 2)")
                                    .formatted(events(mode)))
                            .told())
                    .isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void S4_04_haveLowerCaseTypesRoundedPricesTotalsAndDays(Mode mode) {
            var first = files.rows().get(0).split(",", -1);
            assertThat(trial.rows("select event_type, price, total_price, event_date from %s where event_id = '%s'"
                                    .formatted(events(mode), first[0]))
                            .told())
                    .containsExactly("%s|10.01|10.01|%s"
                            .formatted(first[3].toLowerCase(Locale.ROOT), first[10].substring(0, 10)));
        }

        @Test
        void S4_11_testCase4Writes() {
            assertThat(trial.rows(
                                    "select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid"
                                            + " and a.attnum = any(i.indkey) where i.indrelid = 'raw_events'::regclass and i.indisprimary")
                            .cells())
                    .isNotEmpty();
            assertThat(trial.rows("select event_id from raw_events group by event_id having count(*) > 1")
                            .told())
                    .isEmpty();
            assertThat(trial.rows(
                                    "select tablename from pg_tables where schemaname = 'public'"
                                            + " and tablename like '%raw_events%' and tablename not like '%raw_events'"
                                            + " and tablename not like '%raw_events_golden' and tablename not like '%raw_events_refused'")
                            .told())
                    .isEmpty();
        }
    }

    @Nested
    class TheAggregates {
        @ParameterizedTest
        @EnumSource
        void S4_14_sellByCategoryAsTheOracleDoes(Mode mode) {
            assertThat(oracle.differences(
                            ShopView.SALES_BY_CATEGORY,
                            Side.BATCH,
                            trial.rows("select * from " + trial.table("sales_by_category", mode))))
                    .isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void S4_14_tellTheFunnelOfTheOraclesEvents(Mode mode) {
            assertThat(trial.rows(
                                    "select to_char(window_start, 'YYYY-MM-DD'), views, clicks, buys, click_rate::numeric(9, 4),"
                                            + " buy_rate::numeric(9, 4) from " + trial.table("funnel", mode)
                                            + " order by 1")
                            .told())
                    .containsExactlyElementsOf(funnel());
        }

        /** Of the events that the oracle counts, by day. */
        private static List<String> funnel() {
            var days = new TreeMap<String, Map<String, Integer>>();
            for (var event : oracle.expected(ShopView.RAW_EVENTS, Side.BATCH).cells()) {
                days.computeIfAbsent(String.valueOf(event.get(11)), day -> new TreeMap<>())
                        .merge(String.valueOf(event.get(3)), 1, Integer::sum);
            }
            var told = new ArrayList<String>();
            days.forEach((day, types) -> {
                int views = types.getOrDefault("view", 0);
                int clicks = types.getOrDefault("click", 0);
                int buys = types.getOrDefault("buy", 0);
                told.add("%s|%d|%d|%d|%s|%s"
                        .formatted(day, views, clicks, buys, rate(clicks, views), rate(buys, clicks)));
            });
            return told;
        }

        private static String rate(int some, int all) {
            return all == 0
                    ? "null"
                    : BigDecimal.valueOf(some)
                            .divide(BigDecimal.valueOf(all), 4, RoundingMode.HALF_UP)
                            .toPlainString();
        }

        @Test
        void S4_14_agreeInBothModes() {
            assertThat(report.verdict()).isEqualTo(Verdict.AGREE);
            assertThat(report.unexplained()).isZero();
        }

        @Test
        void S4_14_leaveInvalidEventsInQuarantineWithAReason() {
            assertThat(report.refusals().quarantine())
                    .isEqualTo(Map.of("missing_id", 1L, "unknown_type", 1L, "complete", 1L, "malformed", 1L));
            assertThat(trial.rows(
                                    "select convert_from(raw, 'UTF8') from tandem_quarantine where pipeline = 'shop_events'")
                            .told())
                    .hasSize(4)
                    .anyMatch(row -> row.contains("hover"));
        }

        @Test
        void S4_14_countEveryCopyAsADuplicate() {
            assertThat(report.runs().conservation().values())
                    .hasSize(2)
                    .allSatisfy(fates -> assertThat(fates)
                            .returns(457L, Report.Conservation::read)
                            .returns(2L, Report.Conservation::duplicate));
        }
    }

    @Nested
    class TheLogAndTheMeasurements {
        private static List<String> log() throws IOException {
            return Files.readAllLines(trial.file("logs/spark_streaming.log"));
        }

        @Test
        void S4_06_haveALineForEachMicroBatch() throws IOException {
            var withRecords = trial.ledger().microBatches().stream()
                    .filter(it -> it.fates().read() > 0)
                    .map(it -> "micro-batch %d: %d records"
                            .formatted(it.number(), it.fates().read()))
                    .toList();
            assertThat(withRecords).hasSizeGreaterThanOrEqualTo(11);
            assertThat(log())
                    .extracting(line -> line.replaceAll(".* (micro-batch \\d+: \\d+ records).*", "$1"))
                    .containsExactlyElementsOf(withRecords);
        }

        @Test
        void S4_07_haveTheSecondsOfEachMicroBatch() throws IOException {
            assertThat(log())
                    .allMatch(line -> line.matches(".* records in \\d+\\.\\d\\d s, \\d+ late, \\d+ quarantined"));
        }

        @Test
        void S4_09_tellWhatEachModeTookOfTheMachine() {
            try (var page = PageOver.of(trial.workspace(), trial.pipeline())) {
                var pulse = page.data().pulse("shop_events").orElseThrow();
                assertThat(List.of(
                                pulse.streamCost().orElseThrow(),
                                pulse.batchCost().orElseThrow()))
                        .allSatisfy(it -> assertThat(it.cpuSecondsPerMillion()).isPositive())
                        .allSatisfy(it -> assertThat(it.peakHeapBytes()).isBetween(1L << 20, 2L << 30));
            }
            var machine = MachineFacts.now(trial.workspace().home());
            assertThat(machine.cores()).isPositive();
            assertThat(machine.heapUsed()).isBetween(1L, machine.heapMax());
            assertThat(machine.diskFree()).isBetween(0L, machine.diskTotal());
        }

        @Test
        void S4_12_standInAReportThatIsGenerated() throws IOException {
            try (var page = PageOver.compared(trial.workspace(), trial.pipeline(), report)) {
                assertThat(Files.readString(page.reportFolder(trial.workspace()).resolve("report.html")))
                        .containsIgnoringCase("latency")
                        .containsIgnoringCase("throughput")
                        .contains("1.4");
                assertThat(page.data().report("shop_events").orElseThrow())
                        .contains("\"events_per_second\"", "\"p95\"", "\"targets\"");
            }
        }

        @Test
        void S4_11_testCase5Performance() {
            assertThat(report.runs().throughput()).containsOnlyKeys(Mode.STREAM, Mode.BATCH);
            assertThat(report.targets())
                    .filteredOn(it -> it.name().equals("throughput"))
                    .isNotEmpty()
                    .allMatch(Report.Target::met);
            assertThat(reading.p50()).isPositive();
        }
    }

    @Nested
    class TheEnvironment {
        @Test
        void S4_10_givesTheDatabaseByTheNamesOfTheReference() {
            var process = Map.of(
                    "POSTGRES_DB", "ecommerce",
                    "POSTGRES_USER", "admin",
                    "POSTGRES_PASSWORD", "s3cret",
                    "POSTGRES_HOST", "postgres",
                    "POSTGRES_PORT", "5432");
            var hosting = new Hosting(trial.workspace(), Environment.read(process, folder, Optional.empty()));
            try (var services = Services.running(hosting, trial.pipeline())) {
                assertThat(services.database("postgres").told()).isEqualTo("postgres://admin@postgres:5432/ecommerce");
            }
        }
    }
}
