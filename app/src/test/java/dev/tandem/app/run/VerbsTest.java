package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.app.TandemCommand;
import dev.tandem.model.Mode;
import dev.tandem.testkit.oracle.TweetView;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The commands of the reference system, one after the other: each does its part and leaves the rest alone. */
@ExtendWith(Bench.Giver.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VerbsTest {
    private static Stage stage;
    private static Stage often;

    @BeforeAll
    static void take(Bench bench) {
        stage = bench.stage("_verbs");
        often = bench.stage(
                "_often", text -> text.replaceFirst("schedule: \\{ cron: [^}]*}", "schedule: { every: 3 seconds }"));
    }

    private static TandemCommand tandem(String... words) {
        return TandemCommand.run(stage.workspace().home(), words);
    }

    private static int stored(Mode mode) {
        return stage.rows("show tables like '%s'".formatted(stage.table(mode, TweetView.WINDOW_STATS)))
                        .cells()
                        .isEmpty()
                ? 0
                : stage.stored(mode, TweetView.WINDOW_STATS).cells().size();
    }

    private static List<Boolean> there() {
        return List.of(!stage.log().isEmpty(), stored(Mode.STREAM) > 0, stored(Mode.BATCH) > 0);
    }

    @Test
    @Order(1)
    void S0_16_producerOnlyFillsTheTopic() {
        var done = tandem("producer", stage.name(), "--events", "500", "--rate", "1000");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).contains("acknowledged");
        assertThat(there()).containsExactly(true, false, false);
    }

    @Test
    @Order(2)
    void S0_16_streamingOnlyFillsTheTablesOfTheStream() {
        var done = tandem("streaming", stage.name(), "--drain", "--close");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).startsWith("drained: ").endsWith("windows closed\n");
        assertThat(there()).containsExactly(true, true, false);
    }

    @Test
    @Order(3)
    void S0_16_batchOnlyFillsItsOwnTables() {
        var done = tandem("batch", stage.name());
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(there()).containsExactly(true, true, true);
    }

    @Test
    @Order(4)
    void S0_16_compareWritesItsReport() {
        var done = tandem("compare", stage.name());
        assertThat(done.code()).as(done.err() + done.out()).isZero();
        assertThat(stage.workspace().home().resolve("comparison/output"))
                .isDirectoryContaining("glob:**differences.csv");
    }

    @Test
    @Order(4)
    void S0_16_schedulerTellsItsTimes() {
        var done = tandem("scheduler", stage.name(), "--next", "2");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).contains("23:55").contains("Asia/Kolkata");
    }

    @Test
    @Order(4)
    void S0_18_ddlPrintsEveryTable() {
        var done = tandem("ddl", stage.name(), "--in", "mysql");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out().toLowerCase(Locale.ROOT))
                .contains("create table", stage.named("tweet_raw"), stage.named("stream_window_stats"))
                .contains(stage.named("batch_window_stats"), "tandem_ledger");
    }

    @Test
    @Order(5)
    void aNumberThatSomebodyChangedIsADisagreement() {
        var table = stage.table(Mode.STREAM, TweetView.WINDOW_STATS);
        stage.execute("update %s set tweets = tweets + 1 order by row_key limit 1".formatted(table));
        var done = tandem("compare", stage.name());
        assertThat(done.code()).as(done.err()).isEqualTo(5);
        assertThat(done.out()).contains("DISAGREE").contains("cause 'sink'");
        stage.execute("update %s set tweets = tweets - 1 order by row_key limit 1".formatted(table));
        assertThat(tandem("compare", stage.name()).code()).isZero();
    }

    @Test
    @Order(6)
    void aRowThatSomebodyDeletedIsADisagreement() {
        stage.execute(
                "delete from %s order by row_key limit 1".formatted(stage.table(Mode.STREAM, TweetView.WINDOW_STATS)));
        var done = tandem("compare", stage.name());
        assertThat(done.code()).as(done.err()).isEqualTo(5);
        assertThat(done.out()).contains("DISAGREE").contains("cause 'sink'");
    }

    @Test
    @Order(7)
    void S0_16_startDoesItAllUntilInterrupted() throws Exception {
        var report = new LatestReport(often.workspace(), often.name()).folder().resolve(LatestReport.FILE);
        Files.deleteIfExists(report);
        var done = new CompletableFuture<TandemCommand>();
        var thread =
                new Thread(() -> done.complete(tandem("start", often.name(), "--rate", "300", "--no-page")), "start");
        thread.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> done.isDone() || (landed() > 100 && Files.exists(report)));
        thread.interrupt();
        thread.join();
        assertThat(landed()).as(done.join().err()).isGreaterThan(100);
        assertThat(done.join().code()).isIn(0, 130);
        assertThat(report).as("the comparison after a scheduled batch").isNotEmptyFile();
    }

    private static int landed() {
        return often.ledgerReader().lastCut().stream()
                .flatMap(cut -> cut.positions().values().stream())
                .mapToInt(Long::intValue)
                .sum();
    }
}
