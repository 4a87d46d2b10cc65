package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import dev.tandem.parity.Cause;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.testkit.oracle.Rows;
import dev.tandem.testkit.oracle.TickerOracle;
import dev.tandem.testkit.oracle.TickerView;
import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Thirty-three messages that stand beside the definition, on both sides of each threshold, and the rows that they must give. */
@ExtendWith(Bench.Giver.class)
class BitcoinGoldenTest {
    private static final Path GOLDEN = Path.of("../pipelines/bitcoin/golden");

    private static Trial trial;
    private static TickerOracle oracle;
    private static Report report;

    @BeforeAll
    static void runItAll(Bench bench) throws InterruptedException {
        trial = Trial.of(
                "bitcoin",
                bench.workspace(),
                Optional.empty(),
                text -> text.replace("pipeline: bitcoin", "pipeline: bitcoin_golden")
                        .replace("raw_prices", "raw_golden")
                        .replace("btc_prices", "prices_golden")
                        .replace("btc_group", "group_golden")
                        .replace("${mode}_", "${mode}_golden_")
                        .replace("data/", "data/golden/"));
        trial.replay(GOLDEN.resolve("input.jsonl"), Optional.empty(), 1);
        report = trial.run(4);
        oracle = TickerOracle.over(trial.topic("raw_golden"));
        oracle.cutInto(trial.microBatches(), trial.pipeline().watermark().delay());
    }

    @AfterAll
    static void close() {
        oracle.close();
        trial.close();
    }

    private static Rows golden(String name) throws IOException {
        var lines = Files.readAllLines(GOLDEN.resolve(name + ".csv")).stream()
                .map(line -> List.of(line.split(",")))
                .toList();
        return new Rows(lines.get(0), List.copyOf(lines.subList(1, lines.size())));
    }

    /** DuckDB reckons what was reckoned by hand, and the tables hold what DuckDB reckons. */
    private static void assertGolden(Rows golden, TickerView view, Side side, String table) {
        assertThat(oracle.differences(view, side, golden)).isEmpty();
        assertThat(oracle.differences(view, side, trial.rows("select * from " + table)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void S2_03_theMinutesAreTheGoldenOnes(Mode mode) throws IOException {
        assertGolden(
                golden(mode.word() + "_minute_metrics"),
                TickerView.MINUTE_METRICS,
                mode == Mode.BATCH ? Side.BATCH : Side.STREAM,
                trial.table("minute_metrics", mode));
    }

    @ParameterizedTest
    @EnumSource
    void S2_05_theRowOverEverythingIsTheGoldenOne(Mode mode) throws IOException {
        assertGolden(golden("overall"), TickerView.OVERALL, Side.BATCH, trial.table("overall", mode));
    }

    @Test
    void whatIsWrongIsInQuarantineWithItsReason() {
        assertThat(report.refusals().quarantine())
                .isEqualTo(Map.of(
                        "malformed", 1L,
                        "other_message", 1L,
                        "missing_quote", 1L,
                        "unknown_side", 1L,
                        "future_dated", 1L));
    }

    @Test
    void S2_08_theLateTradeExplainsTheOnlyDifference() {
        assertThat(report.verdict()).isEqualTo(Verdict.AGREE_WITH_CAUSES);
        assertThat(report.causes()).containsOnlyKeys(Cause.LATE);
        assertThat(report.causes().values())
                .extracting(cause -> cause.records())
                .containsExactly(1L);
        assertThat(report.runs().conservation().values())
                .extracting(Report.Conservation::duplicate)
                .containsExactly(1L, 1L);
    }
}
