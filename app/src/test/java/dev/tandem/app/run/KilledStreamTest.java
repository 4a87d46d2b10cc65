package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.engine.EngineException;
import dev.tandem.feed.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the process that streams, at moments that a seed chooses, until everything is drained. */
@ExtendWith(Bench.Giver.class)
class KilledStreamTest {
    private static final long SEED = Long.getLong("chaos.seed", 7);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static Bench bench;

    @BeforeAll
    static void take(Bench given) {
        bench = given;
    }

    @Test
    void losesAndDoublesNothingInTwoKills() throws Exception {
        killTimes(2, "_kill");
    }

    @Test
    @Tag("chaos")
    void losesAndDoublesNothingInManyKills() throws Exception {
        killTimes(Integer.getInteger("chaos.kills", 10), "_chaos");
    }

    /** The driver and the executors by turns, so that each micro-batch may lose either while it runs. */
    @Test
    @Tag("chaos")
    void losesAndDoublesNothingThoughExecutorsAreKilledToo(@TempDir Path home) throws Exception {
        int kills = Integer.getInteger("chaos.kills", 10);
        var random = new SplittableRandom(SEED);
        var stage = smallMicroBatches("_cluster_chaos");
        stage.generate(1_500L * kills, new Pace.Unpaced());
        int drivers = 0;
        try (var cluster = SparkCluster.start(home)) {
            for (int kill = 0; kill < kills; drivers++) {
                try (var process = StreamProcess.start(stage, cluster)) {
                    int before = random.nextInt(0, 3);
                    for (int executor = 0; executor < before && kill < kills - 1; executor++, kill++) {
                        awaitMicroBatch(stage, process, lastMicroBatch(stage) + random.nextInt(2, 8));
                        LockSupport.parkNanos(random.nextLong(300_000_000));
                        cluster.killAnExecutor();
                    }
                    awaitMicroBatch(stage, process, lastMicroBatch(stage) + random.nextInt(2, 8));
                    LockSupport.parkNanos(random.nextLong(300_000_000));
                    kill++;
                }
            }
        }
        assertThat(runsWithoutEnd(stage)).as("seed %d", SEED).isEqualTo(drivers);
        stage.drain(40);
        NothingLost.in(stage);
    }

    @Test
    void isTheOnlyOneOnItsCheckpoint() throws Exception {
        var stage = smallMicroBatches("_alone");
        stage.generate(500, new Pace.Unpaced());
        try (var other = StreamProcess.start(stage)) {
            awaitMicroBatch(stage, other, 1);
            long begun = System.nanoTime();
            assertThatThrownBy(() -> stage.stream(40))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("another process is running it on " + stage.checkpoint());
            assertThat(System.nanoTime() - begun).isLessThan(2_000_000_000L);
        }
    }

    /** With its tables made, so that the ledger can be asked before the process has come up. */
    private static Stage smallMicroBatches(String suffix) {
        var stage = bench.stage(suffix, text -> text.replaceFirst("max_records: \\d+", "max_records: 40"));
        assertThat(stage.job().store().ledgerReader().lastCut()).isEmpty();
        return stage;
    }

    private static void killTimes(int kills, String suffix) throws IOException, InterruptedException {
        var random = new SplittableRandom(SEED);
        var stage = smallMicroBatches(suffix);
        stage.generate(1_500L * kills, new Pace.Unpaced());
        for (int kill = 0; kill < kills; kill++) {
            try (var process = StreamProcess.start(stage)) {
                awaitMicroBatch(stage, process, lastMicroBatch(stage) + random.nextInt(2, 25));
                LockSupport.parkNanos(random.nextLong(100_000_000));
            }
        }
        assertThat(runsWithoutEnd(stage)).as("seed %d", SEED).isEqualTo(kills);
        stage.drain(40);
        NothingLost.in(stage);
    }

    private static void awaitMicroBatch(Stage stage, StreamProcess process, long number) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            assertThat(process.isAlive()).as(process.told()).isTrue();
            return lastMicroBatch(stage) >= number;
        });
    }

    private static long lastMicroBatch(Stage stage) {
        return stage.ledgerReader().lastCut().map(cut -> cut.microBatch()).orElse(0L);
    }

    private static long runsWithoutEnd(Stage stage) {
        return stage.rows("select run_id from tandem_run where pipeline = '%s' and finished is null"
                        .formatted(stage.name()))
                .cells()
                .size();
    }
}
