package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.app.TandemCommand;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.Generation;
import dev.tandem.store.LedgerReader;
import dev.tandem.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A definition that has changed gets its results from the landed log, as if it had run from the beginning. */
@ExtendWith(Bench.Giver.class)
class ChangedDefinitionTest {
    private static final String DEFINITION = """
            pipeline: NAME
            time: { event: at }
            source: { files: data/NAME, format: csv, max_files: 1, LANDING }
            schema: at TIMESTAMP, id STRING, item STRING, amount DECIMAL(12,2)
            steps:
              - require: { negative: amount >= 0 }
              - watermark: { delay: 1 minute }
              - dedup: { by: [id], keep: first, within: 1 hour }
            views:
              per_item:
                window: { tumbling: 10 minutes }
                by: [item]
                measures: { n: count(*), total: sum(amount) }
              ever: { measures: { n: count(*) } }
            outputs:
              - { view: per_item, table: "NAME_${mode}_item", in: DATABASE }
              - { view: ever, table: "NAME_${mode}_ever", in: DATABASE }
            """;

    private static final String NEW_VIEW = """
              per_day:
                window: { tumbling: 1 day }
                measures: { n: count(*), most: max(amount) }
            outputs:
              - { view: per_day, table: "NAME_${mode}_day", in: DATABASE }
            """;

    /** One file is one micro-batch; the comments say what the first definition makes of a record. */
    private static final List<String> FILES = List.of(
            """
            2026-01-05T10:00:00Z,a1,tea,1.00
            2026-01-05T10:01:00Z,a2,tea,2.00
            2026-01-05T10:02:00Z,a3,jam,5.00
            2026-01-05T10:00:00Z,a1,tea,1.00
            """, // the last one is a duplicate
            """
            2026-01-05T10:25:00Z,b1,tea,4.00
            2026-01-05T10:26:00Z,b2,jam,-3.00
            """, // the last one is refused by the rule
            """
            2026-01-05T10:40:00Z,c1,tea,0.50
            """,
            """
            2026-01-05T10:03:00Z,d1,tea,8.00
            """, // late: its window was refused after 10:25
            """
            2026-01-05T10:41:00Z,e1,jam,16.00
            """);

    private static final String MORE = "2026-01-05T10:42:00Z,f1,jam,32.00\n";

    @TempDir
    private Path temporary;

    private Path home = Path.of("");
    private Path definition = Path.of("");
    private String name = "";
    private String text = "";

    private void define(Path where, String called, String database, String landing) throws IOException {
        home = where;
        name = called;
        text = DEFINITION;
        definition = home.resolve(name + ".yaml");
        change("LANDING", landing);
        change("DATABASE", database);
        change("NAME", name);
        for (int number = 0; number < FILES.size(); number++) {
            bring(number, FILES.get(number));
        }
    }

    private void bring(int number, String rows) throws IOException {
        var folder = Files.createDirectories(home.resolve("data").resolve(name));
        Files.writeString(folder.resolve("%04d.csv".formatted(number)), "at,id,item,amount\n" + rows);
    }

    private void change(String from, String to) throws IOException {
        assertThat(text).contains(from);
        text = text.replace(from, to);
        Files.writeString(definition, text);
    }

    private TandemCommand tandem(String verb, String... words) {
        var all = new ArrayList<>(List.of(verb, definition.toString()));
        all.addAll(List.of(words));
        return TandemCommand.run(home, all.toArray(String[]::new));
    }

    private TandemCommand done(String verb, String... words) {
        var command = tandem(verb, words);
        assertThat(command.code()).as(command.err()).isZero();
        return command;
    }

    private String rows(String view, String mode) {
        return done("export", view, "--mode", mode).out();
    }

    /** Stream and batch agree, and each difference between them has a cause. */
    private void requireProved() throws IOException {
        done("batch");
        JsonNode report =
                new ObjectMapper().readTree(tandem("compare", "--json").out());
        assertThat(report.path("unexplained").asInt(-1)).isZero();
        assertThat(report.path("verdict").asText()).startsWith("agree");
    }

    private JsonNode retry(String... choice) throws IOException {
        var words = new ArrayList<>(List.of("quarantine", "retry", definition.toString(), "--json"));
        words.addAll(List.of(choice));
        var command = TandemCommand.run(home, words.toArray(String[]::new));
        assertThat(command.code()).as(command.err()).isZero();
        return new ObjectMapper().readTree(command.out());
    }

    private void rebuild() {
        done("plan", "--forget");
        done("stream", "--rebuild", "--drain", "--close");
    }

    @Test
    void eachKindOfChangeIsCountedFromTheLandedLog(Bench bench) throws IOException {
        requireEachKindOfChange("postgres", "postgres", "land: segments, ledger: postgres", bench);
    }

    @Tag("deep")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sqlite | sqlite | land: segments, ledger: sqlite",
                "mysql | mysql | 'land: { table: NAME_raw, in: mysql, key: [id] }'",
            })
    void eachKindOfChangeIsCountedInOtherDatabasesAndFromATable(
            String called, String database, String landing, Bench bench) throws IOException {
        requireEachKindOfChange(called, database, landing, bench);
    }

    private void requireEachKindOfChange(String called, String database, String landing, Bench bench)
            throws IOException {
        define(
                database.equals("sqlite") ? temporary : bench.withPostgres().home(),
                "changed_" + called,
                database,
                landing);
        done("stream", "--drain", "--close");
        assertThat(rows("per_item", "stream")).contains("10:10:00Z,tea,2,3.00", "10:30:00Z,tea,1,4.00");
        assertThat(rows("ever", "stream")).contains("\n7,");

        change("outputs:\n", NEW_VIEW.replace("DATABASE", database).replace("NAME", name));
        var refused = tandem("stream", "--drain");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("views/per_day: new", "./tandem stream %s --rebuild".formatted(name));
        assertThat(tandem("batch").err()).contains("its definition has changed");
        assertThat(done("plan").out()).contains("new            views/per_day", "--rebuild");
        rebuild();
        assertThat(rows("per_day", "stream")).contains(",7,16.00");
        requireProved();

        change("amount >= 0", "amount >= -100");
        done("plan", "--forget");
        assertThat(retry("--rule", "negative")
                        .path("judged_again")
                        .path("negative")
                        .asInt())
                .isEqualTo(1);
        assertThat(rows("per_item", "stream")).contains("10:30:00Z,jam,1,-3.00");
        assertThat(rows("ever", "stream")).contains("\n8,");
        requireProved();

        change("delay: 1 minute", "delay: 1 hour");
        rebuild();
        assertThat(rows("per_item", "stream")).contains("10:10:00Z,tea,3,11.00");
        requireProved();

        change("total: sum(amount)", "least: min(amount)");
        rebuild();
        assertThat(rows("per_item", "stream")).contains("10:10:00Z,tea,3,1.00");
        requireProved();

        bring(9, MORE);
        done("stream", "--drain", "--close");
        assertThat(rows("ever", "stream")).contains("\n9,");
        requireProved();
    }

    /** Three records are refused by the rule, two of them copies of one key, and one cannot be read. */
    @Test
    void chosenRecordsInQuarantineAreJudgedAgainAndTheOthersStay() throws IOException {
        define(temporary, "retried", "sqlite", "land: segments, ledger: sqlite");
        bring(8, """
                2026-01-05T10:43:00Z,q1,tea,-1.00
                2026-01-05T10:43:30Z,q1,tea,-1.00
                2026-01-05T10:44:00Z,q2,tea,seven
                """);
        done("stream", "--drain", "--close");
        assertThat(rows("ever", "stream")).contains("\n7,");
        change("amount >= 0", "amount >= -100");

        assertThat(retry("--at", "0:5").toString())
                .contains("{\"negative\":1}", "_before\":4", "\"quarantined\":3", "\"held\":3");
        assertThat(rows("per_item", "stream")).contains("10:30:00Z,jam,1,-3.00");
        assertThat(done("quarantine").out()).contains("held:negative", "held:malformed");
        assertThat(done("quarantine", "--rule", "negative").out()).contains("2 records");
        bring(9, MORE);
        done("stream", "--drain", "--close");
        assertThat(rows("ever", "stream")).contains("\n9,");
        requireProved();

        done("plan", "--forget");
        assertThat(retry("--rule", "negative").toString()).contains("{\"negative\":2}", "\"quarantined\":1");
        assertThat(rows("ever", "stream")).contains("\n10,");
        assertThat(tandem("compare").err())
                .contains("was run before the results were made again", "./tandem batch retried");
        requireProved();

        assertThat(retry("--rule", "negative").path("judged_again").isEmpty()).isTrue();
        assertThat(rows("ever", "batch")).contains("\n10,");
        assertThat(done("trace", "--at", "0:11").out()).contains("quarantined by 'held:malformed'");
    }

    @Test
    void aTableInAnotherDatabaseIsSwitchedToo() throws IOException {
        define(temporary, "apart", "sqlite", "land: segments, ledger: sqlite");
        change("_item\", in: sqlite", "_item\", in: data/other.db");
        done("stream", "--drain", "--close");
        change("amount >= 0", "amount >= -100");
        rebuild();
        assertThat(rows("per_item", "stream")).contains("10:30:00Z,jam,1,-3.00");
        assertThat(rows("ever", "stream")).contains("\n8,");
        bring(9, MORE);
        done("stream", "--drain");
        assertThat(rows("ever", "stream")).contains("\n9,");
        requireProved();
    }

    @Test
    void theEarlierResultsStayUntilTheyAreForgotten() throws IOException, SQLException {
        define(temporary, "kept", "sqlite", "land: segments");
        done("stream", "--drain", "--close");
        change("amount >= 0", "amount >= -100");
        rebuild();

        assertThat(query("select n from tandem_before_kept_stream_ever")).isEqualTo("7");
        assertThat(done("plan").out()).contains("kept since", "./tandem plan kept --forget");
        change("amount >= -100", "amount >= 2");
        assertThat(tandem("stream", "--rebuild", "--drain").err()).contains("./tandem plan kept --forget");

        done("plan", "--forget");
        done("stream", "--rebuild", "--drain", "--close");
        assertThat(query("select n from kept_stream_ever")).isEqualTo("5");
        assertThat(query("select n from tandem_before_kept_stream_ever")).isEqualTo("8");
        requireProved();
    }

    @Test
    void whatMadeTheLandedLogCannotBeChanged() throws IOException {
        define(temporary, "fixed", "sqlite", "land: segments");
        done("stream", "--drain", "--close");
        change("land: segments", "land: { table: fixed_raw, in: sqlite }");
        assertThat(done("plan").out()).contains("impossible     source/land", "the stream cannot go on");
        var refused = tandem("stream", "--rebuild", "--drain");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("source/land: impossible", "a new name and new tables");
    }

    @Test
    void anotherTriggerIsNoOtherDefinition() throws IOException {
        define(temporary, "free", "sqlite", "land: segments");
        done("stream", "--drain", "--close");
        text += "stream: { trigger: 3 seconds }\n";
        change("max_files: 1", "max_files: 2");
        assertThat(done("plan").out()).contains("free           stream/trigger", "the stream can go on");
        bring(9, MORE);
        done("stream", "--drain", "--close");
        assertThat(rows("ever", "stream")).contains("\n8,");
        requireProved();
    }

    @Test
    void filesOfAnotherMeaningAreRefusedAndANewFolderIsFilled() throws IOException {
        define(temporary, "folders", "sqlite", "land: segments");
        text +=
                "  - { view: per_item, csv: data/rows, mode: stream }\n  - { view: ever, latest: data/ever, mode: stream }\n";
        change("max_files: 1", "max_files: 1");
        done("stream", "--drain", "--close");
        change("total: sum(amount)", "most: max(amount)");
        var refused = tandem("stream", "--rebuild", "--drain");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("folder data/rows holds the files", "another place");
        assertThat(rows0()).isEqualTo("7");

        change("data/rows", "data/other_rows");
        rebuild();
        try (var files = Files.walk(home.resolve("data/other_rows"))) {
            var lines = new ArrayList<String>();
            for (var file : files.filter(it -> it.toString().endsWith(".csv")).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            assertThat(lines).anyMatch(it -> it.contains("tea,2,2.00"));
        }
        requireProved();
    }

    /** A refused rebuild has changed nothing: the earlier rows are read past Tandem. */
    private String rows0() {
        try {
            return query("select n from folders_stream_ever");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void killedInTheMiddleItChangesNothingAndBeginsAnew() throws IOException, SQLException {
        define(temporary, "killed", "sqlite", "land: segments");
        for (int number = 10; number < 90; number++) {
            bring(number, "2026-01-05T1%d:%02d:00Z,k%d,tea,1.00\n".formatted(1 + number / 60, number % 60, number));
        }
        done("stream", "--drain", "--close");
        assertThat(query("select n from killed_stream_ever")).isEqualTo("87");
        change("amount >= 0", "amount >= -100");
        try (var process = new RetryProcess(home, definition)) {
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        assertThat(process.isAlive()).as(process.told()).isTrue();
                        return microBatchesBeside() >= 20;
                    });
        }

        assertThat(query("select n from killed_stream_ever")).isEqualTo("87");
        assertThat(microBatchesBeside()).isBetween(20L, 85L);
        change("amount >= -100", "amount >= 0");
        done("stream", "--drain", "--close");
        requireProved();

        change("amount >= 0", "amount >= -100");
        done("stream", "--rebuild", "--drain", "--close");
        assertThat(query("select n from killed_stream_ever")).isEqualTo("88");
        requireProved();
        assertThat(microBatchesBeside()).isZero();
    }

    private DatabaseAddress database() {
        return new DatabaseAddress.Sqlite(home.resolve("databases/sqlite.db"));
    }

    private long microBatchesBeside() {
        try {
            return new LedgerReader(database(), Generation.NEXT.pipeline(name))
                    .microBatches()
                    .size();
        } catch (StoreException busy) {
            return 0;
        }
    }

    private String query(String sql) throws SQLException {
        try (var connection = database().open();
                var statement = connection.createStatement();
                var results = statement.executeQuery(sql)) {
            assertThat(results.next()).isTrue();
            return results.getString(1);
        }
    }
}
