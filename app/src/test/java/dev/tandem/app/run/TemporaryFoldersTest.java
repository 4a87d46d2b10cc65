package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program itself, in a process and with a temporary folder of its own. */
@Timeout(300)
class TemporaryFoldersTest {
    private static final String DEFINITION = """
            pipeline: tidy
            time: { event: at }
            source: { files: data/in, format: csv }
            schema: at TIMESTAMP, item STRING
            views:
              total:
                window: { global: true }
                measures: { n: count(*) }
            outputs:
              - { view: total, table: "${mode}_total", in: sqlite }
              - { rows: events, lake: "data/${mode}/events", partition: [item] }
            """;

    @TempDir
    private Path root;

    private Path place;
    private Path temporary;
    private Path home;

    @BeforeEach
    void bring() throws IOException {
        place = Files.createDirectories(root.resolve("place"));
        temporary = Files.createDirectories(root.resolve("temporary"));
        home = place.resolve("a b%20c # ü");
        Files.createDirectories(home.resolve("data/in"));
        Files.writeString(home.resolve("data/in/a.csv"), "at,item\n2026-01-05T10:00:00Z,tea\n");
        Files.writeString(root.resolve("tidy.yaml"), DEFINITION);
    }

    private Process tandem(String... words) throws IOException {
        var command = new ArrayList<>(StreamProcess.java());
        command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-XX:-UsePerfData", "dev.tandem.app.Tandem"));
        command.addAll(List.of(words));
        command.addAll(List.of("--home", home.toString()));
        return new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("output.txt").toFile())
                .start();
    }

    private String definition() {
        return root.resolve("tidy.yaml").toString();
    }

    private void done(String... words) throws IOException, InterruptedException {
        assertThat(tandem(words).waitFor()).as(told()).isZero();
    }

    private String told() throws IOException {
        return Files.readString(root.resolve("output.txt"));
    }

    private static List<String> in(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(it -> it.getFileName().toString()).sorted().toList();
        }
    }

    @Tag("deep")
    @Test
    void everyRunLeavesNothingButItsHome() throws Exception {
        done("stream", definition(), "--drain", "--close");
        done("batch", definition());
        done("compare", definition(), "--out", home.resolve("report").toString());

        assertThat(in(temporary)).isEmpty();
        assertThat(in(place)).containsExactly("a b%20c # ü");
        assertThat(in(home.resolve("scratch"))).isEmpty();
        assertThat(in(home.resolve("data"))).containsExactly("batch", "in", "stream");
    }

    @Test
    void aKilledRunIsSweptByTheNext() throws Exception {
        var stream = tandem("stream", definition());
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                assertThat(stream.isAlive()).as(told()).isTrue();
                return Files.exists(home.resolve("data/stream/events"));
            });
        } finally {
            stream.destroyForcibly().waitFor();
        }
        assertThat(in(temporary)).isEmpty();
        assertThat(in(home.resolve("scratch"))).as("left by the killed one").isNotEmpty();

        done("stream", definition(), "--drain");

        assertThat(in(home.resolve("scratch"))).isEmpty();
        assertThat(in(temporary)).isEmpty();
        assertThat(in(place)).containsExactly("a b%20c # ü");
    }

    @Test
    void aVerbThatOnlyLooksMakesNoHome() throws Exception {
        home = place.resolve("never");

        done("list");

        assertThat(in(place)).doesNotContain("never");
        assertThat(in(temporary)).isEmpty();
    }
}
