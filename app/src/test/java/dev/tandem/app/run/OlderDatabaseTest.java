package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.Exit;
import dev.tandem.app.TandemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that was restored from an older copy, beside files that are newer. */
class OlderDatabaseTest {
    private static final String DEFINITION = """
            pipeline: restored
            time: { event: at }
            source: { files: data/in, format: csv, archive: data/archive }
            schema: at TIMESTAMP, item STRING
            views:
              total: { window: { global: true }, measures: { n: count(*) } }
            outputs:
              - { view: total, table: "${mode}_total", in: sqlite }
            """;

    @TempDir
    private Path home;

    private Path definition;

    @BeforeEach
    void define() throws IOException {
        Files.createDirectories(home.resolve("data/in"));
        definition = Files.writeString(home.resolve("pipeline.yaml"), DEFINITION);
    }

    private TandemCommand drain() {
        return TandemCommand.run(home, "stream", definition.toString(), "--drain");
    }

    private void read(String name) throws IOException {
        Files.writeString(home.resolve("data/in").resolve(name), "at,item\n2026-01-05T10:00:00Z,tea\n");
        assertThat(drain().err()).doesNotContain("error");
        assertThat(home.resolve("data/archive").resolve(name)).exists();
    }

    private List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return new ArrayList<>(files.sorted(Comparator.reverseOrder())
                    .filter(it -> !it.equals(folder))
                    .toList());
        }
    }

    private void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (var file : files(from)) {
            Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void restore(Path copy) throws IOException {
        for (var file : files(home.resolve("databases"))) {
            Files.delete(file);
        }
        copy(copy, home.resolve("databases"));
    }

    private void forgetCheckpoint() throws IOException {
        for (var file : files(home.resolve("checkpoints/restored"))) {
            Files.delete(file);
        }
    }

    @Test
    void isRefusedAlsoWhenNothingWaitsToBeRead() throws IOException {
        read("a.csv");
        var copy = home.resolve("copy");
        copy(home.resolve("databases"), copy);
        read("b.csv");
        var newest = home.resolve("newest");
        copy(home.resolve("databases"), newest);
        restore(copy);
        // The checkpoint says it first, if Spark had the time to write down that the last micro-batch is done.
        assertThat(drain().err()).contains("the database was emptied or is an older copy");
        forgetCheckpoint();
        assertRefused(drain());
        restore(newest);
        assertThat(drain().err()).doesNotContain("error");
        read("c.csv");
        assertThat(TandemCommand.run(home, "batch", definition.toString()).out())
                .contains("batch: 3 records counted");
    }

    private static void assertRefused(TandemCommand refused) {
        assertThat(refused.code()).isEqualTo(Exit.NOT_READY.code());
        assertThat(refused.err())
                .contains("data/archive has files up to position 2, the database knows them up to 1")
                .contains("the database was emptied or is an older copy");
    }

    @Test
    void isNotAllowedToSweepNewerSegments() throws IOException {
        read("a.csv");
        var copy = home.resolve("copy");
        copy(home.resolve("databases"), copy);
        read("b.csv");
        read("c.csv");
        restore(copy);
        forgetCheckpoint();
        Files.delete(home.resolve("data/archive/.tandem-restored"));
        var segments = files(home.resolve("segments"));
        assertThat(drain().err())
                .contains("has segments of micro-batch 3, but the database knows micro-batches up to 1");
        assertThat(files(home.resolve("segments"))).isEqualTo(segments);
    }
}
