package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.output.RowOutput;
import dev.tandem.engine.stream.RestoredState;
import dev.tandem.feed.Pace;
import dev.tandem.fold.Changes;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.segments.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The state files of a stream: read at a restart where they fit, and replaced by the landed log where they do not. */
@ExtendWith(Bench.Giver.class)
class SavedStateTest {
    private static final int MICRO_BATCH = 300;

    private static Bench bench;

    @BeforeAll
    static void take(Bench given) {
        bench = given;
    }

    private static Stage fed(String suffix) {
        return fed(suffix, text -> text);
    }

    private static Stage fed(String suffix, UnaryOperator<String> change) {
        var stage = bench.stage(suffix, change);
        stage.generate(4_000, new Pace.Unpaced());
        return stage;
    }

    private static RestoredState restart(Stage stage) throws InterruptedException {
        try (var stream = stage.stream(MICRO_BATCH)) {
            stream.drainTo(stage.end());
            stream.run().closeWindows();
            return stream.run().restored().orElseThrow();
        }
    }

    private static Path folder(Stage stage) throws IOException {
        try (var folders = Files.list(stage.workspace().state().resolve(stage.name()))) {
            return folders.max(Comparator.comparing(
                            it -> Long.valueOf(it.getFileName().toString())))
                    .orElseThrow();
        }
    }

    @Test
    void aStoppedStreamGoesOnFromItsStateFilesAlone() throws InterruptedException {
        var stage = fed("_saved");
        stage.streamUntil(3, MICRO_BATCH);
        long last = stage.ledgerReader().lastCut().orElseThrow().microBatch();
        var restored = restart(stage);
        assertThat(restored.savedAfter()).isEqualTo(last);
        assertThat(restored.records()).isZero();
        NothingLost.in(stage);
    }

    @Test
    void whatWasLandedAfterTheStateWasSavedIsReadAgain() throws InterruptedException {
        var stage = fed("_saved_before");
        stage.streamUntil(3, MICRO_BATCH);
        long last = stage.ledgerReader().lastCut().orElseThrow().microBatch();
        try (var stream = stage.streamTo(List.of(new FailsAt(last + 3)), stage.name(), MICRO_BATCH)) {
            assertThatThrownBy(() -> {
                        while (!stream.drained(stage.end(), Duration.ofMillis(100))) {
                            stream.check();
                        }
                    })
                    .hasMessage("Cannot write: this is a test");
        }
        var restored = restart(stage);
        assertThat(restored.savedAfter()).isEqualTo(last);
        assertThat(restored.records()).isBetween(1L, 2L * MICRO_BATCH);
        NothingLost.in(stage);
    }

    @Test
    void aTornFileIsNotUsed() throws Exception {
        // In segments, whose names have the number of the micro-batch: it must go on from the ledger's.
        var stage = fed(
                "_saved_torn",
                text -> text.replace("land: { table: tweet_raw, in: mysql, key: [tweet_id] }", "ledger: mysql"));
        stage.streamUntil(3, MICRO_BATCH);
        var file = folder(stage).resolve("keys-0.state");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        long last = stage.ledgerReader().lastCut().orElseThrow().microBatch();
        assertThat(restart(stage).savedAfter()).isZero();
        var files = stage.ledgerReader().files(Long.MAX_VALUE);
        assertThat(files.getOrDefault(last + 1, List.of()))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.name()).contains("%s-%d-".formatted(stage.name(), last + 1)));
        NothingLost.in(stage);
    }

    @Test
    void aStateOfMicroBatchesThatTheLedgerDoesNotHaveIsNotUsed() throws Exception {
        var stage = fed("_saved_other");
        stage.streamUntil(3, MICRO_BATCH);
        var folder = new StateFolder(stage.job().store().state(), stage.name());
        var saved = folder.saved(it -> true).get(0);
        folder.complete(new StateFolder.Saved(saved.layout(), saved.number(), "another database"), new BlockWriter());
        assertThat(restart(stage).savedAfter()).isZero();
        NothingLost.in(stage);
    }

    private record FailsAt(long number) implements RowOutput {
        @Override
        public void write(Changes changes) {
            if (changes.number() == number) {
                throw new EngineException("Cannot write: this is a test");
            }
        }

        @Override
        public void close() {}
    }
}
