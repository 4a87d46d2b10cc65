package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.spark.SparkMaster;
import dev.tandem.feed.Pace;
import dev.tandem.model.Mode;
import dev.tandem.parity.Verdict;
import dev.tandem.testkit.oracle.TweetOracle.Side;
import dev.tandem.testkit.oracle.TweetView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tasks on the executors of a Spark cluster, one of which is killed: the results are those of the oracle all the same. */
@ExtendWith(Bench.Giver.class)
class ClusterTest {
    private static final String EXECUTOR_MEMORY = "spark.executor.memory";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static Bench bench;
    private static SparkCluster cluster;

    @BeforeAll
    static void start(Bench given, @TempDir Path home) {
        bench = given;
        System.setProperty(EXECUTOR_MEMORY, "512m");
        cluster = SparkCluster.start(home);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        System.clearProperty(EXECUTOR_MEMORY);
    }

    @Test
    void aTopicLandedInSegmentsComesOutRightThoughAnExecutorIsKilled() throws Exception {
        var stage = bench.stage("_cluster", text -> text.replaceFirst("land: \\{ table: tweet_raw.*}", "ledger: mysql"))
                .on(cluster.master());
        stage.generate(2_400, new Pace.Unpaced());
        try (var stream = stage.stream(200)) {
            cluster.awaitExecutors(2);
            await().atMost(PATIENCE).until(() -> stream.run().lastMicroBatch() >= 3);
            long before = stream.run().lastMicroBatch();
            cluster.killAnExecutor();
            stream.drainTo(stage.end());
            stream.run().closeWindows();
            stream.finish("drained");
            assertThat(stream.run().lastMicroBatch())
                    .as("micro-batches after the kill")
                    .isGreaterThan(before + 3);
        }
        stage.batch();
        assertThat(stage.job().store().segments()).isPresent();
        try (var oracle = stage.oracle()) {
            for (var view : TweetView.values()) {
                assertThat(oracle.differences(view, Side.STREAM, stage.stored(Mode.STREAM, view)))
                        .as("stream %s", view)
                        .isEmpty();
                assertThat(oracle.differences(view, Side.BATCH, stage.stored(Mode.BATCH, view)))
                        .as("batch %s", view)
                        .isEmpty();
            }
        }
        assertThat(stage.compare().verdict()).isIn(Verdict.AGREE, Verdict.AGREE_WITH_CAUSES);
        stage.close();
    }

    @Test
    void aFolderOfFilesLandedInATableComesOutRightThoughAnExecutorIsKilled(@TempDir Path home) throws Exception {
        try (var trial = Trial.alone("orders", home, UnaryOperator.identity()).on(cluster.master())) {
            trial.generate(OptionalLong.of(1_000), Duration.ofSeconds(1));
            try (var stream = trial.stream(100)) {
                cluster.awaitExecutors(2);
                await().atMost(PATIENCE).until(() -> stream.run().lastMicroBatch() >= 2);
                cluster.killAnExecutor();
                stream.drainTo(trial.job().input().end());
                stream.run().closeWindows();
                stream.finish("drained");
            }
            trial.batch();
            var verdict = trial.compare().verdict();
            try (var oracle = Orders.oracle(trial)) {
                Orders.agree(trial, oracle, Mode.STREAM);
                Orders.agree(trial, oracle, Mode.BATCH);
            }
            assertThat(verdict).isIn(Verdict.AGREE, Verdict.AGREE_WITH_CAUSES);
        }
    }

    @Test
    void aMasterThatDoesNotAnswerIsToldAtOnce(@TempDir Path home) throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var nobody = SparkMaster.of("spark://127.0.0.1:" + port);
        try (var trial = Trial.alone("orders", home, UnaryOperator.identity()).on(nobody)) {
            assertThatThrownBy(trial::job)
                    .isInstanceOf(EngineException.class)
                    .hasMessage(
                            "Cannot reach the Spark master spark://127.0.0.1:%1$d: nothing answers at 127.0.0.1:%1$d; start the master, or give --master the address that its log tells"
                                    .formatted(port));
        }
    }
}
