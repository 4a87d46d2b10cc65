package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.model.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that is stopped, and one whose checkpoint is lost. */
class OrdersRestartTest {
    @TempDir
    private Path home;

    @Test
    void S1_22_goesOnWhereItWasStoppedAndWithoutItsCheckpointToo() throws InterruptedException, IOException {
        try (var trial = Trial.alone("orders", home, UnaryOperator.identity())) {
            trial.generate(OptionalLong.of(2_000), Duration.ofSeconds(1));
            stopAfter(trial, 3);
            stopAfter(trial, 6);
            delete(trial.workspace().checkpoint("orders"));
            trial.drain(1_000);
            try (var oracle = Orders.oracle(trial)) {
                assertThat(trial.ledger().totals().read()).isEqualTo(2_040);
                assertThat(trial.rows("select count(distinct run_id) from tandem_run")
                                .told())
                        .containsExactly("3");
                Orders.agree(trial, oracle, Mode.STREAM);
            }
        }
    }

    private static void stopAfter(Trial trial, long microBatch) {
        try (var stream = trial.stream(1_000)) {
            await().atMost(Duration.ofMinutes(2)).until(() -> stream.run().lastMicroBatch() >= microBatch);
        }
    }

    private static void delete(Path folder) throws IOException {
        assertThat(folder).isNotEmptyDirectory();
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
