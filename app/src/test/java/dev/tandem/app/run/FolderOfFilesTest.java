package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.TandemCommand;
import dev.tandem.testkit.oracle.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A number that lacks a file without a word would be taken for the whole. */
class FolderOfFilesTest {
    private static final String DEFINITION = """
            pipeline: left_out
            time: { event: at }
            source: { files: data/in, format: csv }
            schema: at TIMESTAMP, item STRING, amount DECIMAL(12,2), file STRING FROM FILE, number BIGINT FROM RECORD
            views:
              total:
                window: { global: true }
                measures: { n: count(*), total: sum(amount), last: max(item), files: distinct(file), highest: max(number) }
            outputs:
              - { view: total, table: "${mode}_total", in: sqlite }
            """;
    private static final String HEADER = "at,item,amount\n";

    @TempDir
    private Path home;

    private Path definition;
    private Path folder;

    @BeforeEach
    void define() throws IOException {
        folder = Files.createDirectories(home.resolve("data/in"));
        definition = Files.writeString(home.resolve("pipeline.yaml"), DEFINITION);
    }

    private Path bring(String name, String rows) throws IOException {
        return Files.writeString(folder.resolve(name), HEADER + rows);
    }

    private TandemCommand tandem(String verb, String... words) {
        var all = new ArrayList<>(List.of(verb, definition.toString()));
        all.addAll(List.of(words));
        return TandemCommand.run(home, all.toArray(String[]::new));
    }

    private String total(String mode) {
        return tandem("export", "total", "--mode", mode).out();
    }

    @Test
    void everyVerbNamesWhatItLeavesOut() throws IOException {
        bring("a.csv", "2026-01-05T10:00:00Z,tea,1\n2026-01-05T10:00:01Z,tea,1\n");
        bring("C.CSV", "2026-01-05T10:00:02Z,tea,1\n");
        bring("_b.csv", "2026-01-05T10:00:03Z,tea,10\n");
        bring("d.txt", "2026-01-05T10:00:04Z,tea,100\n");
        Files.createDirectories(folder.resolve("older"));
        var names =
                new String[] {"_b.csv: its name says", "d.txt: its name does not end in .csv", "older: it is a folder"};

        assertThat(tandem("stream", "--drain").err()).contains(names);
        var batch = tandem("batch", "--input", folder.toString());
        assertThat(batch.err()).contains(names);
        assertThat(total("stream")).contains("\n3,3.00,tea,2,2");
        assertThat(total("batch")).contains("\n3,3.00,tea,2,2");
        assertThat(tandem("doctor").out())
                .contains("data/in/_b.csv is left out", "data/in/d.txt is left out", "data/in/older is left out");
    }

    @Test
    void demoNamesWhatItCouldNotBring() throws IOException {
        var input = home.resolve("given");
        Files.createDirectories(input.resolve("older"));
        Files.writeString(input.resolve("a.csv"), HEADER + "2026-01-05T10:00:00Z,tea,1\n");
        Files.writeString(input.resolve("_b.csv"), HEADER);

        var done = tandem(
                "demo",
                "--input",
                input.toString(),
                "--out",
                home.resolve("out").toString());

        assertThat(done.err()).contains("left out of " + input + ": older: it is a folder");
        assertThat(done.err()).contains("_b.csv: its name says that it is still being written");
    }

    @Test
    void aFileThatGrewIsNamedByStreamAndDoctor() throws IOException {
        var log = bring("log.csv", "2026-01-05T10:00:00Z,tea,1\n");
        assertThat(tandem("stream", "--drain").code()).isZero();

        Files.writeString(log, "2026-01-05T10:40:00Z,jam,3.10\n", StandardOpenOption.APPEND);

        assertThat(tandem("stream", "--drain", "--close").err())
                .contains("log.csv: it has changed since it was taken in");
        assertThat(tandem("doctor").out()).contains("log.csv is left out: it has changed");
    }

    /** As if the process had died behind taking the file in, and somebody had deleted it then. */
    private void takeInWithoutTheFile(String name) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("databases/sqlite.db"));
                var statement = connection.createStatement()) {
            statement.execute(
                    "insert into tandem_file select pipeline, 1, '%s', bytes, sha256, first_position + records, 3, arrived_at from tandem_file"
                            .formatted(name));
        }
    }

    @Test
    void aLostFileIsGivenUpAndToldByTheComparison() throws IOException, SQLException {
        bring("a.csv", "2026-01-05T10:00:00Z,tea,1\n");
        assertThat(tandem("stream", "--drain").code()).isZero();
        takeInWithoutTheFile("b.csv");
        bring("c.csv", "2026-01-05T10:00:01Z,jam,2\n");
        assertThat(tandem("stream", "--drain").err()).contains("b.csv: there is no such file", "tandem files");
        assertThat(tandem("files").out()).matches("counted +1 records +a.csv\nlost +3 records +b.csv\n");
        assertThat(tandem("files", "--forget", "a.csv").err()).contains("all of its records are counted");

        assertThat(tandem("files", "--forget", "b.csv").out()).startsWith("forgotten");

        var done = tandem("stream", "--drain");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(total("stream")).contains("\n2,3.00,tea,2,1");
        tandem("batch");
        assertThat(tandem("compare", "--out", home.resolve("out").toString()).out())
                .contains(
                        "AGREE",
                        "Neither has read some records of the folder: the last 3 of the 3 records of 'b.csv' (forgotten at ");
        assertThat(total("batch")).contains("\n2,3.00,tea,2,1");
    }

    @Test
    void oneBadFileStopsAllOrCostsItself() throws IOException {
        bring("01-monday.csv", "2026-01-05T10:00:00Z,tea,1\n");
        Files.writeString(folder.resolve("02-old-till.csv"), "at,item\n2026-01-05T10:00:00Z,tea\n");
        bring("03-tuesday.csv", "2026-01-06T10:00:00Z,tea,2\n");

        var stopped = tandem("stream", "--drain", "--close");
        assertThat(stopped.code()).isNotZero();
        assertThat(stopped.err()).contains("02-old-till.csv", "'on_bad_file: quarantine'");

        Files.writeString(definition, DEFINITION.replace("format: csv }", "format: csv, on_bad_file: quarantine }"));
        var done = tandem("stream", "--drain", "--close");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.err()).contains("left out of " + folder + ": 02-old-till.csv: Cannot read");
        assertThat(total("stream")).contains("\n2,3.00,");
    }

    @Test
    void aLargeFileIsCutIntoMicroBatchesAndCountedIntoADuckDbFile() throws IOException, SQLException {
        Files.writeString(
                definition,
                DEFINITION.replace("in: sqlite", "in: results/total.duckdb") + "stream: { max_records: 1000 }\n");
        bring("a.csv", "2026-01-05T10:00:00Z,tea,1\n".repeat(3_500));
        bring("b.csv", "2026-01-05T10:00:00Z,tea,1\n".repeat(600));

        var done = tandem("stream", "--drain");

        assertThat(done.out()).as(done.err()).startsWith("drained: 4,100 records in 5 micro-batches");
        assertThat(total("stream")).contains("\n4100,4100.00,tea,2,3500");
        tandem("batch");
        assertThat(tandem("compare", "--out", home.resolve("out").toString()).out())
                .contains("AGREE");
        assertThat(asAnAnalystReadsIt("select n, total, files from batch_total"))
                .isEqualTo("4100|4100.00|2");
    }

    private String asAnAnalystReadsIt(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + home.resolve("results/total.duckdb"));
                var statement = connection.createStatement();
                var results = statement.executeQuery(sql)) {
            return Rows.read(results).told().get(0);
        }
    }

    @Test
    void disorderReadsAFolderAsARunWithoutItDoes() throws IOException {
        var input = Files.createDirectories(home.resolve("given"));
        Files.writeString(input.resolve("part-1.csv"), "2026-01-05T10:00:00Z;tea;1\n2026-01-05T10:00:01Z;\"a\nb\";2\n");
        Files.writeString(input.resolve("part-2.csv"), "2026-01-05T10:00:02Z;jam;4\n");
        Files.writeString(input.resolve("notes.txt"), "x");
        var bare = DEFINITION.replace("format: csv }", "format: { csv: { header: false, delimiter: \";\" } } }");
        Files.writeString(definition, bare);

        var fed = tandem("generate", "--input", input.toString(), "--disorder", "1m", "--seed", "7", "--fast");
        assertThat(fed.code()).as(fed.err()).isZero();
        assertThat(fed.out()).startsWith("sent 3 records");
        assertThat(fed.err()).contains("notes.txt: its name does not end in .csv", "files of 100 records");
        assertThat(tandem("stream", "--drain").code()).isZero();
        tandem("batch", "--input", input.toString());

        assertThat(total("stream")).contains("\n3,7.00,tea,");
        assertThat(total("batch")).contains("\n3,7.00,tea,");
    }

    @Test
    void partTwoComesBeforePartTenWhereAskedFor() throws IOException {
        var text = DEFINITION
                .replace("format: csv }", "format: csv, order: natural }")
                .replace("views:", "steps:\n  - dedup: { by: [amount], keep: last, within: forever }\nviews:");
        Files.writeString(definition, text);
        bring("part-1.csv", "2026-01-05T10:00:00Z,created,1\n");
        bring("part-2.csv", "2026-01-05T10:10:00Z,paid,1\n");
        Files.setLastModifiedTime(
                bring("part-10.csv", "2026-01-05T10:20:00Z,shipped,1\n"), FileTime.from(Instant.EPOCH));

        assertThat(tandem("stream", "--drain").code()).isZero();

        assertThat(total("stream")).contains("\n1,1.00,shipped");
    }
}
