package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.testkit.oracle.OrdersOracle;
import dev.tandem.testkit.oracle.OrdersView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that come up to twenty days after their time; without copies, since those that come late have a horizon of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateOrdersTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private Trial trial;
    private OrdersOracle oracle;
    private Report report;

    @BeforeAll
    void run(@TempDir Path home) throws InterruptedException {
        UnaryOperator<String> noCopies =
                text -> text.replace("duplicate: 2%, ", "").replace("batch: 100", "batch: 50");
        Path file;
        try (var source = Trial.alone("orders", home.resolve("source"), noCopies)) {
            source.generate(OptionalLong.of(1_500), Duration.ofSeconds(1));
            file = Orders.whole(source.file(Orders.DROP), home.resolve("orders.csv"));
        }
        trial = Trial.alone("orders", home.resolve("late"), noCopies);
        trial.replay(file, Optional.of(Duration.ofDays(20)), 7);
        report = trial.run(1_000);
        trial.close();
        oracle = Orders.oracle(trial);
    }

    @AfterAll
    void close() {
        oracle.close();
    }

    @Test
    void S1_23_S1_32_areKeptAndCounted() {
        var late = oracle.late(TEN_MINUTES, TEN_MINUTES);
        var valid = trial.rows("select distinct \"partition\" || '-' || position from tandem_late");
        assertThat(valid.told()).isNotEmpty().isSubsetOf(late);
        assertThat(trial.ledger().totals().latePartial())
                .isEqualTo(valid.cells().size());
        assertThat(Orders.stored(trial, OrdersView.WINDOWED_REVENUE, Mode.BATCH).sum("orders_count")
                        - Orders.stored(trial, OrdersView.WINDOWED_REVENUE, Mode.STREAM)
                                .sum("orders_count"))
                .isEqualTo(valid.cells().size());
    }

    @ParameterizedTest
    @EnumSource
    void S1_23_S1_32_missTheirWindowsInTheStreamAndNothingElse(Mode mode) {
        Orders.agree(trial, oracle, mode);
    }

    @Test
    void S1_23_explainEveryDifference() {
        assertThat(report.verdict()).isEqualTo(Verdict.AGREE_WITH_CAUSES);
        assertThat(report.unexplained()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void S1_32_areInQuarantineInBothModes(Mode mode) {
        assertThat(Orders.fates(trial, mode)).containsAllEntriesOf(oracle.fates());
    }
}
