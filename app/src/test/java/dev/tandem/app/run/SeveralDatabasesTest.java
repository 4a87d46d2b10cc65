package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.TandemCommand;
import dev.tandem.model.Mode;
import dev.tandem.parity.Report;
import dev.tandem.store.DatabaseAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A pipeline whose views stand in two databases: the ledger's, and one that only repeats what the ledger commits. */
@ExtendWith(Bench.Giver.class)
class SeveralDatabasesTest {
    private static final String SUFFIX = "_elsewhere";

    private static Trial trial;
    private static Report report;

    @BeforeAll
    static void streamInTwoPartsThenCompare(Bench bench) throws InterruptedException {
        trial = Trial.of(
                "tweets",
                bench.workspace(),
                Optional.empty(),
                text -> text.replace("pipeline: tweets", "pipeline: tweets" + SUFFIX)
                        .replaceAll("raw_feed|tweet_raw|results_feed|\\$\\{mode}_\\w+", "$0" + SUFFIX)
                        .replaceAll("(window_totals" + SUFFIX + "\", in: )mysql", "$1sqlite"));
        trial.generate(OptionalLong.of(3_000), Duration.ofSeconds(2));
        try (var stream = trial.stream(150)) {
            while (stream.run().lastMicroBatch() < 5) {
                stream.run().check();
                Thread.sleep(20);
            }
        }
        report = trial.run(150);
        trial.close();
    }

    @Test
    void everyViewAgreesAfterAStopAndAStart() {
        assertThat(report.agreement().views()).containsKeys("window_totals", "window_stats");
        assertThat(report.unexplained()).isZero();
    }

    @Test
    void theTablesOfBothAreTold() {
        var ddl = TandemCommand.run(trial.workspace().home(), "ddl", "tweets").out();
        assertThat(ddl).contains("-- in mysql", "-- in sqlite", "stream_window_totals" + SUFFIX, "tweet_raw" + SUFFIX);
    }

    @Test
    void theViewStandsInTheOtherDatabaseAlone() throws SQLException {
        Path file = trial.workspace().database("sqlite");
        try (var connection = new DatabaseAddress.Sqlite(file).open();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery("select count(*) from " + trial.table("window_totals", Mode.STREAM))) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isPositive();
        }
    }
}
