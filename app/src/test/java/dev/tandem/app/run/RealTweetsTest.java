package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.testkit.oracle.TweetOracle;
import dev.tandem.testkit.oracle.TweetOracle.Side;
import dev.tandem.testkit.oracle.TweetView;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Twelve thousand tweets of one night that nobody here made, against numbers that nobody here computed. */
@ExtendWith(Bench.Giver.class)
class RealTweetsTest {
    private static final String TWEETS = "tweets/mayweather_tweets.csv";

    @BeforeAll
    static void needTheFile() {
        assertThat(RealData.file(TWEETS)).isReadable();
    }

    /** The rows about our file in a table of expected results, as the columns that {@code pick} names with {@code |} between. */
    private static List<String> expected(String table, String... pick) throws IOException {
        var format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var reader = Files.newBufferedReader(RealData.file("tweets/expected/" + table));
                var rows = format.parse(reader)) {
            return rows.stream()
                    .filter(row -> row.get("src").equals("mayweather"))
                    .filter(row -> !row.isMapped("rx") || row.get("rx").equals("lib"))
                    .map(row -> picked(row, pick))
                    .toList();
        }
    }

    private static String picked(CSVRecord row, String... pick) {
        return String.join("|", List.of(pick).stream().map(row::get).toList());
    }

    private static final String SECONDS = "date_format(window_start, '%%Y-%%m-%%d %%H:%%i:%%s')";

    private static List<String> hashtags(Stage stage, Mode mode) {
        return stage.rows(("select " + SECONDS + ", hashtag, mentions, tweets from %s")
                        .formatted(stage.table(mode, TweetView.WINDOW_STATS)))
                .told();
    }

    private static List<String> windows(Stage stage, Mode mode) {
        return stage.rows(("select " + SECONDS + ", tweets, users from %s")
                        .formatted(stage.table(mode, TweetView.WINDOW_TOTALS)))
                .told();
    }

    /** Of each window, whatever the order. */
    private static Map<String, Long> mentions(Stage stage, Mode mode) {
        var mentions = new TreeMap<String, Long>();
        stage.rows(("select " + SECONDS + ", mentions from %s").formatted(stage.table(mode, TweetView.WINDOW_TOTALS)))
                .cells()
                .forEach(row -> mentions.put(String.valueOf(row.get(0)), Long.valueOf(String.valueOf(row.get(1)))));
        return mentions;
    }

    private static List<String> top(Stage stage, Mode mode) {
        return stage.rows(("select " + SECONDS + ", hashtag, mentions, `rank` from %s")
                        .formatted(stage.table(mode, TweetView.TOP_HASHTAGS)))
                .told();
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class InOrder {
        private Stage stage;
        private Report report;

        @BeforeAll
        void run(Bench bench) throws InterruptedException {
            var file = RealData.file(TWEETS);
            stage = bench.stage("_real");
            stage.replay(file, Optional.empty(), 1);
            report = stage.run(500);
        }

        @ParameterizedTest
        @EnumSource
        void S0_04_giveTheExpectedHashtags(Mode mode) throws IOException {
            assertThat(hashtags(stage, mode))
                    .containsExactlyInAnyOrderElementsOf(
                            expected("hashtag_20min.csv", "window_start", "hashtag", "n", "tweets"));
        }

        @ParameterizedTest
        @EnumSource
        void S0_04_giveTheExpectedTotals(Mode mode) throws IOException {
            assertThat(windows(stage, mode))
                    .containsExactlyInAnyOrderElementsOf(
                            expected("window_20min.csv", "window_start", "tweets", "users"));
        }

        /**
         * The two files of expected results do not agree on tags: {@code window_20min} has 5 more in 3 more tweets than
         * {@code hashtag_20min}, the one of which its README says that Twitter's own library extracted them.
         */
        @ParameterizedTest
        @EnumSource
        void S0_04_giveAsManyMentionsAsTheirHashtags(Mode mode) throws IOException {
            var sums = new TreeMap<String, Long>();
            for (var row : expected("hashtag_20min.csv", "window_start", "n")) {
                var cells = row.split("\\|", 2);
                sums.merge(cells[0], Long.valueOf(cells[1]), Long::sum);
            }
            assertThat(mentions(stage, mode)).isEqualTo(sums);
        }

        @ParameterizedTest
        @EnumSource
        void giveWhatTheOracleGives(TweetView view) {
            try (var oracle = stage.oracle()) {
                for (var mode : Mode.values()) {
                    assertThat(oracle.differences(view, Side.BATCH, stage.stored(mode, view)))
                            .isEmpty();
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void S0_04_giveTheExpectedTopTen(Mode mode) throws IOException {
            assertThat(top(stage, mode))
                    .containsExactlyInAnyOrderElementsOf(
                            expected("top10_20min.csv", "window_start", "hashtag", "n", "rank"));
        }

        @Test
        void agreeInFourClosedWindows() {
            assertThat(report.verdict()).isEqualTo(Verdict.AGREE);
            assertThat(stage.rows("select status, count(*) from stream_window_totals_real group by 1")
                            .told())
                    .containsExactly("closed|4");
        }

        @Test
        void S0_13_passTheParityTarget() {
            assertThat(report.targets())
                    .filteredOn(it -> it.name().equals("parity"))
                    .allMatch(it -> it.met());
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OutOfOrder {
        private Stage stage;
        private Report report;
        private TweetOracle oracle;

        @BeforeAll
        void run(Bench bench) throws InterruptedException {
            var file = RealData.file(TWEETS);
            stage = bench.stage("_disorder");
            stage.replay(file, Optional.of(Duration.ofMinutes(30)), 11);
            report = stage.run(240);
            oracle = stage.oracle();
        }

        @AfterAll
        void close() {
            oracle.close();
        }

        @Test
        void giveTheExpectedBatch() throws IOException {
            assertThat(hashtags(stage, Mode.BATCH))
                    .containsExactlyInAnyOrderElementsOf(
                            expected("hashtag_20min.csv", "window_start", "hashtag", "n", "tweets"));
        }

        @ParameterizedTest
        @EnumSource
        void giveAStreamThatLacksTheLateOnes(TweetView view) {
            assertThat(oracle.differences(view, Side.STREAM, stage.stored(Mode.STREAM, view)))
                    .isEmpty();
            assertThat(oracle.differences(view, Side.BATCH, stage.stored(Mode.STREAM, view)))
                    .isNotEmpty();
        }

        @Test
        void areExplainedToTheLastOne() {
            assertThat(report.verdict()).isEqualTo(Verdict.AGREE_WITH_CAUSES);
            assertThat(report.unexplained()).isZero();
            assertThat(report.runs().conservation().get(Mode.STREAM))
                    .returns((long) oracle.late().size(), Report.Conservation::late);
        }

        @Test
        void S0_13_missTheParityTarget() {
            assertThat(report.targets())
                    .filteredOn(it -> it.name().equals("parity"))
                    .noneMatch(it -> it.met());
        }
    }
}
