package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.engine.EngineException;
import dev.tandem.feed.Pace;
import dev.tandem.servers.Lifetime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the servers while a stream runs: it waits for them, goes on by itself, and stays exact. */
class ServersAwayTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MICRO_BATCH = 40;

    private final Heard heard = new Heard();
    private final List<Process> startedAgain = new ArrayList<>();
    private Workspace workspace;
    private @Nullable Stage opened;

    private static final class Heard implements Narrator {
        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        public void tell(String text) {
            lines.add(text);
        }

        @Override
        public void progress(String label, long done, OptionalLong total) {}

        long count(String word) {
            return lines.stream().filter(it -> it.contains(word)).count();
        }
    }

    @BeforeEach
    void start() throws IOException {
        var home = Files.createTempDirectory(
                Files.createDirectories(Path.of("target", "test-homes").toAbsolutePath()), "away");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        workspace = new Workspace(home, Bench.CACHE, Path.of("../servers/target/servers"));
    }

    private Stage stage() {
        return Objects.requireNonNull(opened);
    }

    private Stage open(String retryFor) {
        UnaryOperator<String> change = text -> text.replaceFirst("max_records: \\d+", "$0, retry_for: " + retryFor);
        Services.start(workspace, Stage.definition(workspace, "_away", change), Lifetime.UNTIL_STOPPED, heard)
                .close();
        opened = Stage.of(workspace, "_away", change);
        return opened;
    }

    @AfterEach
    void stop() {
        if (opened != null) {
            opened.close();
        }
        startedAgain.forEach(it -> it.destroyForcibly().onExit().join());
        Operations.down(workspace);
        workspace.empty();
    }

    private Job job() throws InterruptedException {
        return Job.open(
                Hosting.local(workspace),
                stage().pipeline(),
                Job.Servers.RUNNING,
                DimensionFiles.Version.NOW,
                Clock.systemUTC(),
                heard);
    }

    private CompletableFuture<SupervisedStream.Done> drained(Job job) {
        var end = stage().end();
        var pace = new StreamJob.Pace(Optional.of(Duration.ZERO), Optional.of(MICRO_BATCH));
        return CompletableFuture.supplyAsync(() -> {
            try {
                return new SupervisedStream(job, stage().pipeline(), pace)
                        .run(
                                stream -> {
                                    stream.drainTo(end);
                                    stream.run().closeWindows();
                                },
                                "drained");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void awaitMicroBatch(long number) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> stage().ledgerReader().lastCut().orElseThrow().microBatch() >= number);
    }

    private KilledServer kill(String name) {
        return KilledServer.of(Services.attached(workspace).stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow());
    }

    private void awaitHeard(String words, long times) {
        await().atMost(PATIENCE).until(() -> heard.count(words) >= times);
    }

    @Test
    void areWaitedForAndNothingIsLostOrDoubled() throws Exception {
        open("5 minutes").generate(2_400, new Pace.Unpaced());
        try (var job = job()) {
            var drained = drained(job);
            awaitMicroBatch(5);
            var database = kill("mariadb");
            awaitHeard("the stream waits", 1);
            startedAgain.add(database.startAgain());
            awaitHeard("the stream goes on", 1);
            awaitMicroBatch(20);
            var broker = kill("kafka");
            awaitHeard("the stream waits", 2);
            startedAgain.add(broker.startAgain());
            // A micro-batch whose commit got no answer is in the ledger, and missing from the number that the command
            // reports.
            long landed = stage().log().size();
            assertThat(drained.join().records()).isBetween(landed - MICRO_BATCH, landed);
            job.batch().run();
            assertThat(job.comparison().run(List.of()).unexplained()).isZero();
        }
        assertThat(heard.count("the stream waits")).isEqualTo(2);
        assertThat(heard.count("the stream goes on")).isEqualTo(2);
        NothingLost.in(stage());
    }

    @Test
    void areGivenUpWhenTheTimeIsOver() throws Exception {
        open("3 seconds").generate(1_200, new Pace.Unpaced());
        try (var job = job()) {
            var drained = drained(job);
            awaitMicroBatch(5);
            var database = kill("mariadb");
            assertThatThrownBy(drained::join)
                    .cause()
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("a server was away for 3 seconds (stream.retry_for)")
                    .hasMessageEndingWith("start the stream again: it continues from the ledger");
            startedAgain.add(database.startAgain());
        }
    }
}
