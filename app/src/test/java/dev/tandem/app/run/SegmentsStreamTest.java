package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.output.RowOutput;
import dev.tandem.feed.Pace;
import dev.tandem.fold.Changes;
import dev.tandem.parity.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tweets pipeline with its landed log in segments: stream, restart, batch and comparison. */
@ExtendWith(Bench.Giver.class)
class SegmentsStreamTest {
    private static final int MICRO_BATCH = 100;

    private static Bench bench;

    @BeforeAll
    static void take(Bench given) {
        bench = given;
    }

    private static Stage fed(String suffix) {
        var stage = bench.stage(
                suffix,
                text -> text.replace("land: { table: tweet_raw, in: mysql, key: [tweet_id] }", "ledger: mysql"));
        stage.generate(4_000, new Pace.Unpaced());
        return stage;
    }

    @Test
    void aRestartReadsItsStateFromTheSegments() throws InterruptedException {
        var stage = fed("_resegmented");
        for (int time = 1; time < 4; time++) {
            stage.streamUntil(2L * time, MICRO_BATCH);
        }
        stage.drain(MICRO_BATCH);
        NothingLost.in(stage);
    }

    @Test
    void mergedSegmentsGiveTheSameToARestartABatchAndAComparison() throws InterruptedException {
        var stage = fed("_merged");
        stage.streamUntil(20, MICRO_BATCH);
        var done = stage.compact();
        assertThat(done.before()).isGreaterThan(20);
        assertThat(done.after()).isLessThanOrEqualTo(2);
        stage.job().store().forgetState();
        var report = stage.run(MICRO_BATCH);
        NothingLost.in(stage);
        assertThat(report.verdict()).isEqualTo(Verdict.AGREE_WITH_CAUSES);
        assertThat(stage.compact().merged()).isPositive();
        assertThat(stage.compact().merged()).isZero();
    }

    @Test
    void segmentsOfAMicroBatchThatWasNotCommittedAreSwept() throws InterruptedException {
        var stage = fed("_orphaned");
        try (var stream = stage.streamTo(List.of(new FailsOnce()), stage.name(), MICRO_BATCH)) {
            assertThatThrownBy(() -> {
                        while (!stream.drained(stage.end(), Duration.ofMillis(100))) {
                            stream.check();
                        }
                    })
                    .hasMessage("Cannot write: this is a test");
        }
        assertThat(files(stage)).isNotEqualTo(named(stage));
        stage.drain(MICRO_BATCH);
        NothingLost.in(stage);
        assertThat(files(stage)).isEqualTo(named(stage));
    }

    private static Set<String> named(Stage stage) {
        return stage.ledgerReader().files(Long.MAX_VALUE).values().stream()
                .flatMap(List::stream)
                .map(it -> it.name().substring(it.name().lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    private static Set<String> files(Stage stage) {
        var folder = Path.of(stage.job().store().segments().orElseThrow().base());
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(it -> it.getFileName().toString())
                    .filter(it -> it.contains(stage.name()) && !it.endsWith(".crc"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record FailsOnce() implements RowOutput {
        @Override
        public void write(Changes changes) {
            if (changes.number() == 3) {
                throw new EngineException("Cannot write: this is a test");
            }
        }

        @Override
        public void close() {}
    }
}
