package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.run.RealData;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From hand-made records to a definition that {@code check} accepts; each figure was counted by hand. */
class InitVerbTest {
    /** The fourth line is a copy of the first and 20 s behind the third; o5 is 90 s behind o4. */
    private static final String ORDERS = """
            order_id;placed_at;country;amount
            o1;2026-01-01 10:00:00;DE;10.50
            o2;2026-01-01 10:00:10;DE;20.00
            o3;2026-01-01 10:00:20;FR;5.25
            o1;2026-01-01 10:00:00;DE;10.50
            o4;2026-01-01 10:02:00;FR;7.00
            o5;2026-01-01 10:00:30;DE;1.00
            o6;2026-01-01 10:02:10;DE;2.00
            o7;2026-01-01 10:02:20;FR;3.00
            o8;2026-01-01 10:02:30;DE;4.00
            o9;2026-01-01 10:02:40;FR;5.00
            """;

    @TempDir
    private Path folder = Path.of("");

    private TandemCommand run(String... words) {
        return TandemCommand.run(folder, words);
    }

    private String definition(String name) throws IOException {
        return Files.readString(folder.resolve("pipelines").resolve(name).resolve("pipeline.yaml"));
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void proposesADefinitionForACsvFileThatABatchRuns() throws IOException {
        write("orders.csv", ORDERS);
        var init = run("init", "orders.csv");
        assertThat(init.err()).doesNotContain("error");
        assertThat(init.code()).isZero();
        assertThat(definition("orders"))
                .contains(
                        "# All 10 records can be read by this schema.",
                        "time: { event: placed_at, zone: UTC }",
                        "format: { csv: { delimiter: \";\", zone: UTC } }",
                        "  order_id STRING,\n  placed_at TIMESTAMP NOT NULL,\n  country STRING,\n  amount DECIMAL(18,2)\n",
                        "# 2 (20.00 %) of 10 records are out of order by 'placed_at'; the furthest is 1 minute 30 seconds behind.",
                        "  - watermark: { delay: 2 minutes }",
                        "#   order_id: 1 duplicates, of which 0 differ from the first copy",
                        "  - dedup: { by: [order_id], within: 30 minutes }",
                        "window: { tumbling: 10 minutes }",
                        "    by: [country]",
                        "sum_amount: \"sum(`amount`)\"");
        assertThat(run("check", "orders").code()).isZero();
        var batch = run("batch", "orders", "--input", "orders.csv");
        assertThat(batch.err()).doesNotContain("error");
        assertThat(batch.code()).isZero();
        // o1 to o9 once: 10.50 + 20 + 5.25 + 7 + 1 + 2 + 3 + 4 + 5 = 57.75
        assertThat(run("export", "orders", "per_10_minutes", "--mode", "batch").out())
                .contains("2026-01-01T10:00:00Z", ",9,57.75");
    }

    @Test
    void asksATerminalAndTakesItsAnswers() throws IOException {
        write("orders.csv", ORDERS);
        var answers = "shop\nnowhere/at\nEurope/Berlin\n30s\nnone\n";
        var err = new ByteArrayOutputStream();
        var streams = new Tandem.Streams(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Progress.Screen.LINES,
                Optional.of(new BufferedReader(new StringReader(answers))));
        var surroundings = new Shell.Surroundings(folder, new Installation(folder), Clock.systemUTC(), Map.of());
        assertThat(new Tandem(streams, surroundings).run("init", "orders.csv")).isEqualTo(Exit.FINE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(
                        "? Name of the pipeline [orders]: ",
                        "? Times name no zone; the zone they are in [UTC]: ",
                        "  'nowhere/at' cannot be used; press Enter to take 'UTC'",
                        "? Watermark delay (0 of 10 records of the sample are further behind) [2 minutes]: ",
                        "? Dedup key, fields separated by commas, or none (1 duplicates in the sample) [order_id]: ");
        assertThat(definition("shop"))
                .contains("zone: Europe/Berlin", "delay: 30 seconds", "> 30 seconds    1 (10.00 %)")
                .doesNotContain("dedup:");
    }

    @Test
    void opensObjectsReadsEpochsAndTellsWhatIsMalformed() throws IOException {
        var lines = new StringBuilder();
        for (int number = 0; number < 199; number++) {
            lines.append("{\"id\":%d,\"ts\":%d,\"user\":{\"name\":\"u%d\"},\"tags\":[\"a\"],\"n\":%d}\n"
                    .formatted(number, 1_767_225_600_000L + number * 1_000L, number % 3, number));
        }
        lines.append("{\"id\":199,\"ts\":1767225800000,\"user\":{\"name\":\"u1\"},\"tags\":[],\"n\":\"none\"}\n");
        write("clicks.jsonl", lines.toString());
        var init = run("init", "clicks.jsonl", "--json");
        assertThat(init.code()).isZero();
        assertThat(init.out())
                .contains(
                        "\"records\" : 200",
                        "\"malformed\" : 1",
                        "\"event_time\" : \"ts\"",
                        "\"key\" : [ \"id\" ]",
                        "\"duplicates\" : 0");
        assertThat(definition("clicks"))
                .contains(
                        "199 of 200 records can be read by this schema; 1 are malformed",
                        "the field 'n' is 'none', which is no BIGINT",
                        "ts TIMESTAMP EPOCH MILLIS NOT NULL",
                        "user_name STRING FROM '$.user.name'",
                        "tags ARRAY<STRING>",
                        "by: [user_name]");
    }

    @Test
    void findsHeadersEncodingsListsAndFolders() throws IOException {
        Files.write(
                folder.resolve("latin.csv"),
                "at,städte\n2026-01-01T00:00:00Z,Köln\n2026-01-01T00:00:01Z,Mainz\n"
                        .getBytes(Charset.forName("windows-1252")));
        assertThat(run("init", "latin.csv").code()).isZero();
        assertThat(definition("latin")).contains("encoding: windows-1252", "st_dte STRING FROM 'städte'");

        write(
                "list.json",
                "[{\"at\":\"2026-01-01T00:00:00Z\",\n\"v\":1.5},\n{\"at\":\"2026-01-01T00:00:01Z\",\"v\":2}]");
        assertThat(run("init", "list.json").code()).isZero();
        assertThat(definition("list")).contains("format: { json: { layout: values } }", "v DECIMAL(18,2)");

        write("days/a.csv", "2026-01-01T00:00:00Z\t1\n2026-01-01T00:00:09Z\t2\n");
        write("days/b.csv", "2026-01-02T00:00:00Z\t3\n");
        assertThat(run("init", "days").code()).isZero();
        assertThat(definition("days"))
                .contains(
                        "from 3 records of days",
                        "csv: { header: false, delimiter: \"\\t\" }",
                        "c1 TIMESTAMP NOT NULL,\n  c2 BIGINT",
                        "  live: # ./tandem start days --profile live");
        assertThat(run("check", "days", "--profile", "live").code()).isZero();
    }

    @Test
    void readsATableOfADatabaseAndKeepsTheSample() throws IOException, SQLException {
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
                var statement = database.createStatement()) {
            statement.execute("CREATE TABLE sales (sale_id INTEGER, sold_at TEXT, price TEXT)");
            statement.execute(
                    "INSERT INTO sales VALUES (1, '2026-01-01T00:00:00Z', '1.50'), (2, '2026-01-01T00:00:01Z', '2.25')");
        }
        assertThat(run("init", "sqlite:shop.db?table=sales").code()).isZero();
        assertThat(definition("sales"))
                .contains(
                        "kafka: \"sales\"",
                        "sold_at TIMESTAMP NOT NULL",
                        "price DECIMAL(18,2)",
                        "have no order of arrival");
        assertThat(folder.resolve("pipelines/sales/sample.jsonl")).content().isEqualTo("""
                        {"sale_id":"1","sold_at":"2026-01-01T00:00:00Z","price":"1.50"}
                        {"sale_id":"2","sold_at":"2026-01-01T00:00:01Z","price":"2.25"}
                        """);
    }

    @Test
    void refusesWhatItCannotProposeFor() throws IOException {
        write("words.csv", "word,length\nalpha,5\nbeta,4\n");
        var timeless = run("init", "words.csv");
        assertThat(timeless.code()).isEqualTo(Exit.USAGE.code());
        assertThat(timeless.err())
                .isEqualTo(
                        "error  Cannot propose an event time for words.csv: none of its fields (word, length) is a time that can be recognised; a stream needs one, so add a column with times such as 2026-01-31T23:59:59Z\n");
        assertThat(run("init", "nowhere.csv").code()).isEqualTo(Exit.NOT_READY.code());
        assertThat(run("init", "kafka:orders").err()).contains("set KAFKA_BOOTSTRAP_SERVERS");
        write("orders.csv", ORDERS);
        assertThat(run("init", "orders.csv").code()).isZero();
        assertThat(run("init", "orders.csv").err()).contains("it is there already; choose another --name");
        assertThat(run("init", "orders.csv", "--force").code()).isZero();
    }

    /** 39,244 edits of Wikipedia in order, of which 20,000 are read. */
    @Test
    void readsRealEditsOfWikipedia() throws IOException {
        var file = RealData.file("activity/wikiticker-2015-09-12-sampled.json.gz");
        assertThat(run("init", file.toString(), "--name", "wiki").code()).isZero();
        assertThat(definition("wiki"))
                .contains(
                        "from 20,000 records",
                        "# All 20,000 records can be read by this schema.",
                        "time: { event: time }",
                        "  time TIMESTAMP NOT NULL,",
                        "  isRobot BOOLEAN NOT NULL,",
                        "  delta BIGINT NOT NULL,",
                        "are in the order of 'time'.",
                        "sum_delta",
                        "sum_added",
                        "sum_deleted");
    }
}
