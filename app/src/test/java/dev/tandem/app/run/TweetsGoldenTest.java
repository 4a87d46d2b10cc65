package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.testkit.oracle.TweetOracle;
import dev.tandem.testkit.oracle.TweetOracle.Side;
import dev.tandem.testkit.oracle.TweetView;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten messages that stand beside the definition, one of each kind, and the rows that they must give in both modes. */
@ExtendWith(Bench.Giver.class)
class TweetsGoldenTest {
    private static final Path GOLDEN = Path.of("../pipelines/tweets/golden");
    private static final String SUFFIX = "_golden_ten";

    private static Trial trial;
    private static Report report;

    @BeforeAll
    static void runItAll(Bench bench) throws InterruptedException {
        trial = Trial.of(
                "tweets",
                bench.workspace(),
                Optional.empty(),
                text -> text.replace("pipeline: tweets", "pipeline: tweets" + SUFFIX)
                        .replaceAll("raw_feed|tweet_raw|results_feed|\\$\\{mode}_\\w+", "$0" + SUFFIX));
        trial.replay(GOLDEN.resolve("input.jsonl"), Optional.empty(), 1);
        report = trial.run(100);
    }

    @AfterAll
    static void close() {
        trial.close();
    }

    static Stream<Arguments> tables() {
        return Stream.of("window_stats", "window_totals", "top_hashtags")
                .flatMap(view -> Stream.of(Mode.values()).map(mode -> Arguments.of(view, mode)));
    }

    /** The golden rows, each a line of its cells in the order of the header. */
    private static List<String> golden(String view) throws IOException {
        return Files.readAllLines(GOLDEN.resolve(view + ".csv")).stream()
                .skip(1)
                .toList();
    }

    /** The stored rows in the same form; a number is written without zeros at its end. */
    private static List<String> stored(String view, Mode mode) throws IOException {
        var header = Files.readAllLines(GOLDEN.resolve(view + ".csv")).get(0);
        return trial
                .rows("select %s from %s".formatted(header.replace("rank", "`rank`"), trial.table(view, mode)))
                .cells()
                .stream()
                .map(row -> row.stream().map(TweetsGoldenTest::told).collect(Collectors.joining(",")))
                .sorted()
                .toList();
    }

    private static String told(Object cell) {
        var text = String.valueOf(cell).replace(":00.000000", ":00");
        return text.matches("-?[0-9]+\\.[0-9]+")
                ? new BigDecimal(text).stripTrailingZeros().toPlainString()
                : text;
    }

    @ParameterizedTest
    @MethodSource("tables")
    void S0_04_theRowsAreTheGoldenOnes(String view, Mode mode) throws IOException {
        assertThat(stored(view, mode)).isEqualTo(golden(view));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theOracleSaysTheSame(String view, Mode mode) {
        try (var oracle = TweetOracle.over(trial.topic("raw_feed" + SUFFIX))) {
            var rows = trial.rows("select * from " + trial.table(view, mode));
            assertThat(oracle.differences(TweetView.valueOf(view.toUpperCase(Locale.ROOT)), Side.BATCH, rows))
                    .isEmpty();
        }
    }

    @Test
    void S0_02_eachThatIsWrongIsInQuarantineWithItsReason() {
        assertThat(report.refusals().quarantine())
                .isEqualTo(Map.of(
                        "malformed", 1L,
                        "missing_id", 1L,
                        "missing_time", 1L,
                        "negative_likes", 1L,
                        "future_dated", 1L));
    }

    @Test
    void theModesAgreeAndTheRecordsAddUp() {
        assertThat(report.verdict()).isEqualTo(Verdict.AGREE);
        assertThat(report.runs().conservation().values())
                .allSatisfy(fates -> assertThat(fates)
                        .returns(10L, Report.Conservation::read)
                        .returns(4L, Report.Conservation::counted)
                        .returns(1L, Report.Conservation::duplicate)
                        .returns(5L, Report.Conservation::quarantined));
    }
}
