package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verdict says of a run that could show nothing. */
class RemarksTest {
    private static final String DEFINITION = """
            pipeline: remarked
            time: { event: at }
            source: { files: data/in, format: json, max_files: 1 }
            schema: id STRING, at TIMESTAMP
            steps: [ { watermark: { delay: 1 minute } } ]
            views: { counted: { window: { tumbling: 10 minutes }, measures: { n: count(*) } } }
            outputs: [ { view: counted, table: "${mode}_counted", in: sqlite } ]
            """;

    @TempDir
    private Path home = Path.of("");

    private Report compared(List<String> files) throws IOException, InterruptedException {
        var folder = Files.createDirectories(home.resolve("data/in"));
        for (int file = 0; file < files.size(); file++) {
            Files.writeString(folder.resolve("part-%d.jsonl".formatted(file)), files.get(file));
        }
        try (var job = Job.open(
                Hosting.local(Trial.home(home)),
                DefinitionReader.parse(DEFINITION, "remarked.yaml"),
                Job.Servers.RUNNING,
                DimensionFiles.Version.NOW,
                Clock.systemUTC(),
                new Bench.Silent())) {
            try (var stream = job.stream(new StreamJob.Pace(Optional.of(Duration.ZERO), Optional.of(1_000)))) {
                stream.drainTo(job.input().end());
                stream.run().closeWindows();
                stream.finish("drained");
            }
            job.batch().run();
            return job.comparison().run(List.of());
        }
    }

    private static String record(String id, String at) {
        return "{\"id\":\"%s\",\"at\":\"%s\"}\n".formatted(id, at);
    }

    /** A time without a zone is no instant. */
    @Test
    void namesTheRuleThatRefusedMostRecordsAndTheFirstOfThem() throws Exception {
        var report = compared(List.of(
                record("a", "2026-01-05T12:00:00Z") + record("b", "2026-01-05 12:01:00"),
                record("c", "2026-01-05 12:02:00")));
        assertThat(report.agreement().sentence())
                .contains(
                        "The rule 'malformed' refused 2 of 3 records, the first at 0-1 (",
                        "./tandem quarantine remarked --rule malformed --list");
    }

    @Test
    void saysThatTwoMicroBatchesTestNoWatermark() throws Exception {
        var one = record("a", "2026-01-05T12:00:00Z");
        var report = compared(List.of(one, record("b", "2026-01-05T12:30:00Z")));
        assertThat(report.verdict()).isEqualTo(Verdict.AGREE);
        assertThat(report.agreement().sentence())
                .contains("All records came in two micro-batches, where none can be late");
    }

    @Test
    void saysNothingOfThreeMicroBatches() throws Exception {
        var report = compared(List.of(
                record("a", "2026-01-05T12:00:00Z"),
                record("b", "2026-01-05T12:30:00Z"),
                record("c", "2026-01-05T12:50:00Z")));
        assertThat(report.agreement().sentence())
                .isEqualTo("Stream and batch agree on all 3 closed rows, to the last digit.");
    }
}
