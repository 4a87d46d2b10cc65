package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.Exit;
import dev.tandem.app.TandemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A home that 0.2 has written: ledger, segments, checkpoint and state of 301 records, a batch and a comparison. Nobody
 * who upgrades must lose it. It is made anew only when {@code OwnTables.VERSION} or a format of files is raised, never to make this pass.
 */
class EarlierHomeTest {
    private static final Path KEPT = Path.of("src/test/resources/golden/home-0.2.zip");

    private static final String DEFINITION = """
            pipeline: kept
            time: { event: at }
            source: { files: in, format: csv, max_files: 1 }
            schema: id BIGINT, at TIMESTAMP, amount BIGINT
            steps:
              - watermark: { delay: 1 minute }
              - dedup: { by: [id], within: 1 day }
            views:
              sums: { window: { tumbling: 10 minutes }, measures: { n: count(*), total: sum(amount) } }
            outputs:
              - { view: sums, table: "${mode}_sums", in: sqlite }
            """;

    @TempDir
    private Path home = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        if (Boolean.getBoolean("home.renew")) {
            return;
        }
        try (var zip = new ZipInputStream(Files.newInputStream(KEPT))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var file = home.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }

    /** A record every 10 seconds from 10:00 on, 60 in a window; its amount is its number. */
    private void bring(String file, int from, int until, String more) throws IOException {
        var rows = IntStream.range(from, until)
                .mapToObj(it ->
                        "%d,2026-01-05T%02d:%02d:%02dZ,%d\n".formatted(it, 10 + it / 360, it / 6 % 60, it % 6 * 10, it))
                .collect(Collectors.joining("", "id,at,amount\n", more));
        Files.writeString(Files.createDirectories(home.resolve("in")).resolve(file), rows);
    }

    private TandemCommand done(String... words) {
        var command = TandemCommand.run(home, words);
        assertThat(command.code()).as(command.err()).isZero();
        return command;
    }

    private List<String> exported(String mode) {
        return done("export", "kept", "sums", "--mode", mode)
                .out()
                .lines()
                .skip(1)
                .map(it -> it.replaceFirst("^\\S+?T(\\d\\d:\\d\\d)[^,]*,[^,]*,(\\d+,\\d+).*$", "$1 $2"))
                .toList();
    }

    /** The window that begins at number 60 w holds 60 w + 0 … 60 w + 59, which is 3600 w + 1770. */
    @Test
    void goesOn() throws IOException {
        assertThat(done("plan", "kept").out()).contains("the stream can go on");
        assertThat(done("late", "kept").out()).startsWith("late of kept: 1 record\n");
        assertThat(done("compare", "kept").out()).contains("late: 1 record");

        bring("d.csv", 300, 360, "");
        done("stream", "kept", "--drain", "--close");
        done("batch", "kept");

        var after = List.of("10:10 60,5370", "10:20 60,8970", "10:30 60,12570", "10:40 60,16170", "10:50 60,19770");
        assertThat(exported("stream")).first().isEqualTo("10:00 60,1770");
        assertThat(exported("stream")).endsWith(after.toArray(String[]::new)).hasSize(6);
        assertThat(exported("batch")).first().isEqualTo("10:00 61,2770");
        assertThat(exported("batch")).endsWith(after.toArray(String[]::new)).hasSize(6);
    }

    @Test
    void isRefusedIfANewerTandemWroteIt() throws SQLException {
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("databases/sqlite.db"));
                var statement = database.createStatement()) {
            assertThat(statement.executeUpdate("update tandem_schema set version = version + 1"))
                    .isEqualTo(1);
        }
        var refused = TandemCommand.run(home, "stream", "kept", "--drain");
        assertThat(refused.code()).isEqualTo(Exit.NOT_READY.code());
        assertThat(refused.err())
                .contains("they are of version 3, this Tandem knows version 2; use a newer Tandem or another database");
    }

    /** One record of the last file is late by half an hour. */
    @Test
    @EnabledIfSystemProperty(named = "home.renew", matches = "true")
    void isMadeAnew() throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve("pipelines/kept")).resolve("pipeline.yaml"), DEFINITION);
        bring("a.csv", 0, 100, "");
        bring("b.csv", 100, 200, "");
        bring("c.csv", 200, 300, "1000,2026-01-05T10:00:05Z,1000\n");
        done("stream", "kept", "--drain");
        done("batch", "kept");
        done("compare", "kept");
        try (var zip = new ZipOutputStream(Files.newOutputStream(KEPT));
                var files = Files.walk(home)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var name = home.relativize(file).toString();
                if (name.matches("(databases|segments|state|checkpoints|latest|reports|pipelines|in)/.*")) {
                    zip.putNextEntry(new ZipEntry(name));
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            }
        }
    }
}
