package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.feed.Fault;
import dev.tandem.feed.Pace;
import dev.tandem.feed.TruthFile;
import dev.tandem.feed.TruthSummary;
import dev.tandem.model.Mode;
import dev.tandem.proof.Report;
import dev.tandem.proof.Verdict;
import dev.tandem.testkit.oracle.TweetOracle;
import dev.tandem.testkit.oracle.TweetOracle.Side;
import dev.tandem.testkit.oracle.TweetView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
                    "malformed", Long.toString(injected(Fault.MALFORMED)),
                    "missing_id", Long.toString(injected(Fault.MISSING_ID)),
                    "future_dated", Long.toString(injected(Fault.FUTURE_DATED)));
            assertThat(reasons.values()).doesNotContain("0");
            assertThat(report.quarantine()).isEqualTo(reasons);
            assertThat(oracle.fates()).containsAllEntriesOf(Map.of("malformed", injected(Fault.MALFORMED)));
        }

        @Test
        void keepTheirNumberInBothModes() {
            assertThat(report.conservation()).containsOnlyKeys("stream", "batch");
            assertThat(report.conservation().values()).allSatisfy(fates -> {
                long all = fates.values().stream().mapToLong(Long::longValue).sum();
                assertThat(fates).containsEntry("read", truth.records()).containsEntry("waiting", 0L);
                assertThat(all - truth.records()).isEqualTo(truth.records());
            });
        }

        @Test
        void thatWereSentTwiceAreDuplicatesInBothModes() {
            assertThat(report.conservation().values())
                    .extracting(mode -> mode.get("duplicate"))
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
    class TheTopicOfResults {
        private static final ObjectMapper JSON = new ObjectMapper();

        private static List<JsonNode> messages() throws IOException {
            var messages = new ArrayList<JsonNode>();
            for (var record : stage.topic("results_feed")) {
                messages.add(JSON.readTree(record.value()));
            }
            return messages;
        }

        private static String told(JsonNode message) {
            return "%s|%s|%d|%d"
                    .formatted(
                            message.get("window_start").asText(),
                            message.get("hashtag").asText(),
                            message.get("tweets").asLong(),
                            message.get("mentions").asLong());
        }

        @Test
        void S0_06_hasAMessageForEachRevision() throws IOException {
            assertThat(messages()).hasSize((int)
                    stage.stored(Mode.STREAM, TweetView.WINDOW_STATS).sum("revision"));
        }

        @Test
        void S0_06_endsInTheRowsOfTheTable() throws IOException {
            var last = new TreeMap<String, String>();
            messages().forEach(it -> last.put(it.get("window_start").asText() + it.get("hashtag"), told(it)));
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
            assertThat(report.causes()).containsOnlyKeys("late");
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
            assertThat(report.latency().samples()).isEqualTo(truth.records());
            assertThat(report.throughput()).containsOnlyKeys("stream", "batch");
        }
    }
}
