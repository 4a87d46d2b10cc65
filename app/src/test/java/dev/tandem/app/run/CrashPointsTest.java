package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.output.RowOutput;
import dev.tandem.engine.stream.StreamRun;
import dev.tandem.feed.Pace;
import dev.tandem.fold.Changes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stream that is broken at each point where it could lose or double something, and goes on. */
@ExtendWith(Bench.Giver.class)
class CrashPointsTest {
    private static final int EVENTS = 2_000;
    private static final int MICRO_BATCH = 50;

    private static Bench bench;

    @BeforeAll
    static void take(Bench given) {
        bench = given;
    }

    private static Stage fed(String suffix) {
        var stage = bench.stage(suffix);
        stage.generate(EVENTS, new Pace.Unpaced());
        return stage;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void drain(StreamRun stream, Stage stage) throws InterruptedException {
        var end = stage.end();
        while (!stream.drained(end, Duration.ofMillis(100))) {
            stream.check();
        }
    }

    private static Path latest(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+"))
                    .max(Comparator.comparing(
                            file -> Long.valueOf(file.getFileName().toString())))
                    .orElseThrow();
        }
    }

    /** An output that fails once, at a given micro-batch: after the fold, before the database. */
    private record Failing(long at) implements RowOutput {
        @Override
        public void write(Changes changes) {
            if (changes.number() == at) {
                throw new EngineException("Cannot write: this is a test");
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void anOutputThatFailsBeforeTheCommit() throws InterruptedException {
        var stage = fed("_before");
        try (var stream = stage.streamTo(List.of(new Failing(7)), stage.name(), MICRO_BATCH)) {
            assertThatThrownBy(() -> drain(stream, stage)).hasMessage("Cannot write: this is a test");
        }
        stage.drain(MICRO_BATCH);
        NothingLost.in(stage);
    }

    @Test
    void aCommitThatSparkDidNotWriteDown() throws Exception {
        var stage = fed("_after");
        for (int time = 0; time < 3; time++) {
            stage.streamUntil(5L * (time + 1), MICRO_BATCH);
            Files.delete(latest(stage.checkpoint().resolve("commits")));
        }
        stage.drain(MICRO_BATCH);
        NothingLost.in(stage);
    }

    @Test
    void aCheckpointThatIsGone() throws Exception {
        var stage = fed("_gone");
        for (int time = 0; time < 2; time++) {
            stage.streamUntil(6L * (time + 1), MICRO_BATCH);
            delete(stage.checkpoint());
        }
        stage.drain(MICRO_BATCH);
        NothingLost.in(stage);
    }

    /** Spark would go on behind records that no table has. */
    @Test
    void aDatabaseThatWasEmptiedWhileTheCheckpointStayed() throws Exception {
        var stage = fed("_emptied");
        stage.streamUntil(6, MICRO_BATCH);
        stage.rows("delete from tandem_ledger where pipeline = '%s' returning pipeline".formatted(stage.name()));
        assertThatThrownBy(() -> stage.streamUntil(7, MICRO_BATCH))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("the database was emptied or is an older copy")
                .hasMessageContaining("Delete the folder " + stage.checkpoint());
    }

    @Test
    void aZombieThatWakesUpBehindItsSuccessor() throws InterruptedException {
        var stage = fed("_zombie");
        try (var zombie = stage.streamTo(List.of(), "zombie", MICRO_BATCH)) {
            drain(zombie, stage);
            try (var successor = stage.streamTo(List.of(), "successor", MICRO_BATCH)) {
                stage.generateMore(200);
                drain(successor, stage);
                successor.closeWindows();
            }
            assertThatThrownBy(() -> drain(zombie, stage))
                    .hasMessageContaining("another Tandem took over")
                    .hasMessageEndingWith("let that one run and end this one");
        }
        NothingLost.in(stage);
    }

    @Test
    void aSecondStreamOnTheSameCheckpoint() throws InterruptedException {
        var stage = fed("_second");
        try (var first = stage.stream(MICRO_BATCH)) {
            long begun = System.nanoTime();
            assertThatThrownBy(() -> stage.stream(MICRO_BATCH))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("another process is running it on " + stage.checkpoint());
            assertThat(System.nanoTime() - begun).isLessThan(2_000_000_000L);
            first.drainTo(stage.end());
        }
    }
}
