package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.feed.Fault;
import dev.tandem.feed.Pace;
import dev.tandem.feed.TruthFile;
import dev.tandem.feed.TruthSummary;
import dev.tandem.model.Mode;
import dev.tandem.page.data.Activity;
import dev.tandem.page.data.RefusalKind;
import dev.tandem.page.data.Refusals;
import dev.tandem.page.data.ViewRows;
import dev.tandem.parity.Cause;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.parity.report.ReportWriter;
import dev.tandem.testkit.oracle.TweetOracle;
import dev.tandem.testkit.oracle.TweetOracle.Side;
import dev.tandem.testkit.oracle.TweetView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The definition that ships, run over generated tweets with every fault there is, held against DuckDB and the truth file. */
@ExtendWith(Bench.Giver.class)
class GoldenPipelineTest {
    private static final int EVENTS = 6_000;

    private static Stage stage;
    private static TruthSummary truth;
    private static TweetOracle oracle;
    private static Report report;

    @BeforeAll
    static void runItAll(Bench bench) throws InterruptedException {
        stage = bench.stage("");
        stage.generate(EVENTS, new Pace.Unpaced());
        truth = TruthFile.summary(stage.truth());
        report = stage.run(40);
        oracle = stage.oracle();
    }

    @AfterAll
    static void close() {
        oracle.close();
    }

    private static long injected(Fault fault) {
        return truth.faults().getOrDefault(fault, 0L);
    }

    @Nested
    class TheResults {
        @ParameterizedTest
        @EnumSource
        void S0_08_ofTheBatchAreTheOraclesExactly(TweetView view) {
            assertThat(oracle.differences(view, Side.BATCH, stage.stored(Mode.BATCH, view)))
                    .isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void S0_05_ofTheStreamLackExactlyTheLateRecords(TweetView view) {
            assertThat(oracle.late()).isNotEmpty();
            assertThat(oracle.differences(view, Side.STREAM, stage.stored(Mode.STREAM, view)))
                    .isEmpty();
        }

        @Test
        void S0_05_standUnderAPrimaryKey() {
            var keys = stage.rows("select table_name from information_schema.table_constraints"
                    + " where constraint_type = 'PRIMARY KEY' and table_schema = database()");
            assertThat(keys.told()).contains("stream_window_stats", "batch_window_stats", "tweet_raw");
        }

        @ParameterizedTest
        @EnumSource
        void S0_03_standInWindowsOfTwentyMinutes(TweetView view) {
            var odd = stage.rows(
                    "select * from %s where minute(window_start) not in (0, 20, 40) or second(window_start) > 0"
                                    .formatted(stage.table(Mode.STREAM, view))
                            + " or timestampdiff(microsecond, window_start, window_end) <> 1200000000");
            assertThat(odd.told()).isEmpty();
        }

        @Test
        void S0_04_haveTenRanksInEachWindow() {
            var ranks = stage.rows(
                    "select window_start, count(*) as ranks, min(`rank`), max(`rank`) from stream_top_hashtags group by 1");
            assertThat(ranks.cells()).hasSizeGreaterThanOrEqualTo(6);
            assertThat(ranks.told()).allMatch(row -> row.endsWith("|10|1|10"));
        }

        @Test
        void areAllClosed() {
            assertThat(stage.rows("select distinct status from stream_window_stats union select distinct status from"
                                    + " batch_window_stats")
                            .told())
                    .containsExactly("closed");
        }
    }

    @Nested
    class TheRecords {
        @Test
        void S0_02_thatAreBadLandInQuarantineWithAReason() {
            var reasons = Map.of(
                    "malformed", injected(Fault.MALFORMED),
                    "missing_id", injected(Fault.MISSING_ID),
                    "future_dated", injected(Fault.FUTURE_DATED));
            assertThat(reasons.values()).doesNotContain(0L);
            assertThat(report.refusals().quarantine()).isEqualTo(reasons);
            assertThat(oracle.fates()).containsAllEntriesOf(Map.of("malformed", injected(Fault.MALFORMED)));
        }

        @Test
        void keepTheirNumberInBothModes() {
            assertThat(report.runs().conservation()).containsOnlyKeys(Mode.STREAM, Mode.BATCH);
            assertThat(report.runs().conservation().values()).allSatisfy(fates -> {
                long known = fates.counted() + fates.quarantined() + fates.duplicate() + fates.late();
                assertThat(fates.read()).isEqualTo(truth.records());
                assertThat(fates.waiting()).isZero();
                assertThat(known + fates.filtered() + fates.split()).isEqualTo(truth.records());
            });
        }

        @Test
        void thatWereSentTwiceAreDuplicatesInBothModes() {
            assertThat(report.runs().conservation().values())
                    .extracting(Report.Conservation::duplicate)
                    .containsExactly(injected(Fault.DUPLICATE), injected(Fault.DUPLICATE));
            assertThat(oracle.fates()).containsEntry("duplicate", injected(Fault.DUPLICATE));
        }

        @Test
        void thatCameLateAreThoseOfTheModel() {
            assertThat(stage.rows("select distinct concat(`partition`, '-', position) from tandem_late where pipeline ="
                                    + " 'tweets'")
                            .told())
                    .containsExactlyInAnyOrderElementsOf(oracle.late());
        }

        @Test
        void S0_07_thatAreGoodStandInTheRawTable() {
            assertThat(stage.rows("select distinct tweet_id from tweet_raw").told())
                    .containsExactlyInAnyOrderElementsOf(oracle.ids());
        }

        @Test
        void areKeptOnceEachWithTheirBytes() {
            var kept = stage.rows(
                    "select concat(`partition`, '-', position, ' ', sha2(raw, 256)) from tweet_raw union all"
                            + " select concat(`partition`, '-', position, ' ', sha2(raw, 256)) from tandem_quarantine where pipeline = 'tweets' union all"
                            + " select concat(`partition`, '-', position, ' ', sha2(raw, 256)) from tandem_duplicate where pipeline = 'tweets'");
            assertThat(kept.told())
                    .containsExactlyInAnyOrderElementsOf(
                            stage.log().stream().map(Digests::told).toList());
        }
    }

    @Nested
    class ThePage {
        private final PageOver page = PageOver.compared(stage.workspace(), stage.pipeline(), report);

        @AfterEach
        void close() {
            page.close();
        }

        @Test
        void S0_12_showsBothSeriesAndTheirDelta() {
            var totals = page.rows("window_totals");
            assertThat(totals.stream()).hasSizeGreaterThanOrEqualTo(6).hasSameSizeAs(totals.batch());
            assertThat(totals.stream()).extracting(ViewRows.Row::start).doesNotHaveDuplicates();
            assertThat(page.data().report("tweets"))
                    .hasValueSatisfying(it -> assertThat(it).contains("\"percent\"", "\"differences\"", "\"windows\""));
        }

        @Test
        void S0_12_showsLatencyThroughputAndCostOfBothModes() {
            var pulse = page.data().pulse("tweets").orElseThrow();
            assertThat(pulse.latency().p95()).isPresent();
            assertThat(pulse.fates()).containsEntry("read", truth.records());
            assertThat(List.of(
                            pulse.streamCost().orElseThrow(), pulse.batchCost().orElseThrow()))
                    .allSatisfy(cost -> assertThat(cost.recordsPerSecond()).isPositive())
                    .allSatisfy(cost -> assertThat(cost.cpuSecondsPerMillion()).isPositive());
        }

        @Test
        void S0_12_showsHowAllPipelinesAreDoingInOneLineEach() {
            var line = page.data().pipelines().get(0);
            assertThat(line.verdict()).isEqualTo("agree_with_causes");
            assertThat(line.stream()).isEqualTo(Activity.STOPPED);
            assertThat(line.unexplained()).isZero();
            assertThat(line.schedule()).isEqualTo("every day at 23:55, Asia/Kolkata");
        }

        @Test
        void showsEachRefusedRecordWithItsReasonAndBytes() {
            var refused = page.data().refusals("tweets", RefusalKind.QUARANTINE, 1_000);
            assertThat(refused.counts()).containsEntry("missing_id", injected(Fault.MISSING_ID));
            assertThat(refused.samples()).allSatisfy(it -> assertThat(it.raw()).isNotEmpty());
            var late = page.data().refusals("tweets", RefusalKind.LATE, 1_000);
            assertThat(late.samples()).extracting(Refusals.Sample::coordinates).containsAll(oracle.late());
        }

        @Test
        void ranksTagsUnderTheirNames() {
            assertThat(page.stream("top_hashtags", "rank").subList(0, 10))
                    .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        }
    }

    @Nested
    class TheTopicOfResults {
        private static List<ResultMessage> messages() {
            return stage.topic("results_feed").stream().map(ResultMessage::of).toList();
        }

        @Test
        void S0_06_hasAMessageForEachRevision() {
            assertThat(messages()).hasSize((int)
                    stage.stored(Mode.STREAM, TweetView.WINDOW_STATS).sum("revision"));
        }

        @Test
        void S0_06_endsInTheRowsOfTheTable() {
            var last = new TreeMap<String, String>();
            messages().forEach(it -> last.put(it.keyTold(), it.rowTold()));
            assertThat(last.values())
                    .containsExactlyInAnyOrderElementsOf(stage.rows(
                                    "select date_format(window_start, '%Y-%m-%dT%H:%i:%sZ'), hashtag, tweets, mentions"
                                            + " from stream_window_stats")
                            .told());
        }
    }

    @Nested
    class TheComparison {
        @Test
        void explainsEveryDifference() {
            assertThat(report.verdict()).isEqualTo(Verdict.AGREE_WITH_CAUSES);
            assertThat(report.unexplained()).isZero();
            assertThat(report.causes()).containsOnlyKeys(Cause.LATE);
        }

        @Test
        void S0_08_isOfOneDefinition() {
            assertThat(stage.rows("select distinct definition from tandem_run where pipeline = 'tweets'")
                            .told())
                    .containsExactly(stage.pipeline().hash());
        }

        @Test
        void S0_10_tellsDeltaAndPercentOfEachMeasure() {
            assertThat(report.differences()).isNotEmpty().allSatisfy(it -> {
                assertThat(it.start()).isPresent();
                assertThat(it.causes()).containsOnlyKeys("late");
                assertThat(it.records()).isNotEmpty();
            });
            assertThat(report.runs().latency().samples()).isEqualTo(truth.records());
            assertThat(report.runs().throughput()).containsOnlyKeys(Mode.STREAM, Mode.BATCH);
        }

        @Test
        void S0_11_isExportedAsTheSameNumbers(@TempDir Path folder) throws IOException {
            var page = ReportWriter.write(report, folder);
            assertThat(page).isNotEmptyFile();
            assertThat(folder.resolve("charts")).isNotEmptyDirectory();
            var told = report.differences().stream()
                    .map(it -> "%s %s %s"
                            .formatted(
                                    it.measure(),
                                    it.stream().orElse(""),
                                    it.batch().orElse("")));
            assertThat(numbers(folder.resolve("differences.csv"))).containsExactlyInAnyOrderElementsOf(told.toList());
        }

        private static List<String> numbers(Path csv) throws IOException {
            var format = CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get();
            try (var rows = format.parse(Files.newBufferedReader(csv))) {
                return rows.stream()
                        .map(row -> "%s %s %s".formatted(row.get("measure"), row.get("stream"), row.get("batch")))
                        .toList();
            }
        }
    }
}
