package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.testkit.oracle.Rows;
import dev.tandem.testkit.oracle.TradesOracle;
import dev.tandem.testkit.oracle.TradesView;
import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An hour of trades that nobody here made, against numbers that nobody here computed. */
class TradesTest {
    private static Trial trial;
    private static TradesOracle oracle;
    private static Report report;

    @BeforeAll
    static void runItAll(@TempDir Path home) throws InterruptedException {
        var trades = RealData.file("bitcoin/btc_trades.csv");
        trial = Trial.alone("trades", home, UnaryOperator.identity());
        trial.replay(trades, Optional.empty(), 1);
        report = trial.run(1);
        oracle = TradesOracle.overCsv(trades);
    }

    @AfterAll
    static void close() {
        if (trial != null) {
            trial.close();
        }
        if (oracle != null) {
            oracle.close();
        }
    }

    private static Rows stored(Mode mode, TradesView view) {
        return trial.rows(
                "select * from " + trial.table(view == TradesView.ONE_MINUTE ? "per_minute" : "overall", mode));
    }

    @ParameterizedTest
    @EnumSource
    void S2_02_theSixtyMinutesAreThePublishedOnes(Mode mode) {
        assertPublished(TradesView.ONE_MINUTE, mode, 60);
    }

    @ParameterizedTest
    @EnumSource
    void S2_05_theRowOverEverythingIsThePublishedOne(Mode mode) {
        assertPublished(TradesView.GLOBAL, mode, 1);
    }

    /** The published rows are those of the oracle, and the oracle's those of the tables. */
    private static void assertPublished(TradesView view, Mode mode, int rows) {
        var published = oracle.published(view, RealData.file("bitcoin/expected"));
        assertThat(published.cells()).hasSize(rows);
        assertThat(oracle.differences(view, Side.BATCH, published)).isEmpty();
        assertThat(oracle.differences(view, Side.BATCH, stored(mode, view))).isEmpty();
    }

    @Test
    void S2_08_bothModesAgree() {
        assertThat(report.verdict()).isEqualTo(Verdict.AGREE);
        assertThat(report.unexplained()).isZero();
        assertThat(report.differences()).isEmpty();
        assertThat(report.agreement().accuracy().comparedRows()).isGreaterThanOrEqualTo(60);
    }

    @Test
    void S2_04_everyRowIsLanded() {
        assertThat(trial.rows("select count(*) from trades_raw").told()).containsExactly("5882");
    }
}
