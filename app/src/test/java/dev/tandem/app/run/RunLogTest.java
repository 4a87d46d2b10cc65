package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
    private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:10:00.123Z"), ZoneOffset.UTC);
    private final Told told = new Told();

    @TempDir
    private Path folder = Path.of("");

    private RunLog open(Path file) {
        return RunLog.open(Optional.of(file), "bitcoin", clock, told);
    }

    @Test
    void S2_06_hasALineForEachRunWithItsDuration() throws IOException {
        var file = folder.resolve("data/batch_log.txt");
        var log = open(file);
        log.finished(Duration.ofMillis(1_234), 5_882, 42);
        log.failed(Duration.ofMillis(20), "the database\nis away\n");
        assertThat(file).content().isEqualTo("""
                        2026-01-01T00:10:00Z bitcoin batch finished in 1.234 s, 5,882 records, cut 42
                        2026-01-01T00:10:00Z bitcoin batch failed after 0.020 s: the database is away
                        """);
    }

    @Test
    void S4_06_hasALineForEachMicroBatch() {
        var file = folder.resolve("logs/spark_streaming.log");
        open(file).microBatch(new RunLog.MicroBatch(12, 15, Duration.ofMillis(710), 0, 0));
        assertThat(file)
                .content()
                .isEqualTo(
                        "2026-01-01T00:10:00Z bitcoin micro-batch 12: 15 records in 0.71 s, 0 late, 0 quarantined\n");
    }

    @Test
    void continuesWhatEarlierProcessesWrote() throws IOException {
        var file = folder.resolve("run.log");
        Files.writeString(file, "earlier\n");
        open(file).finished(Duration.ofSeconds(1), 1, 1);
        assertThat(file).content().startsWith("earlier\n2026-");
    }

    @Test
    void keepsLinesOfSeveralWritersWhole() throws IOException {
        var file = folder.resolve("run.log");
        IntStream.range(0, 200).parallel().forEach(each -> open(file).failed(Duration.ZERO, "x".repeat(500)));
        assertThat(Files.readAllLines(file)).hasSize(200).allMatch(line -> line.endsWith("s: " + "x".repeat(500)));
    }

    @Test
    void isRefusedAtOnceWhereItCannotBeWritten() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "").resolve("run.log");
        assertThatThrownBy(() -> open(file))
                .hasMessageStartingWith("Cannot write the log " + file)
                .hasMessageEndingWith("name a file in the definition's 'log' that can be written");
    }

    @Test
    void stopsNoRunWhenItCannotBeWrittenAnyMore() throws IOException {
        var file = folder.resolve("run.log");
        var log = open(file);
        Files.delete(file);
        Files.createDirectory(file);
        log.finished(Duration.ofSeconds(1), 1, 1);
        log.finished(Duration.ofSeconds(1), 1, 1);
        assertThat(told.lines).singleElement().asString().endsWith("the run goes on without it");
    }

    @Test
    void isNowhereWhereTheDefinitionNamesNone() {
        RunLog.open(Optional.empty(), "bitcoin", clock, told).finished(Duration.ofSeconds(1), 1, 1);
        assertThat(folder).isEmptyDirectory();
    }

    /** Remembers what it is told. */
    private static final class Told implements Narrator {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void tell(String text) {
            lines.add(text);
        }

        @Override
        public void progress(String label, long done, OptionalLong total) {}
    }
}
