package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial of docs/attach.md: its log, its two jobs, which awk does, and what is answered, line by line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttachTutorialTest {
    private static final Pattern DIFFERENCES = Pattern.compile("(differences  |report       ).*");

    private Tutorial tutorial = new Tutorial(Path.of(""), List.of(), List.of());

    @BeforeAll
    void follow(@TempDir Path home) throws Exception {
        tutorial = Tutorial.follow("attach.md", home);
    }

    private static String withoutPlace(String text) {
        return DIFFERENCES.matcher(text).replaceAll("$1…").strip();
    }

    @Test
    void showsWhatTheCommandAnswers() throws Exception {
        assertThat(tutorial.commands()).hasSize(1);

        var answered = tutorial.run(tutorial.commands().get(0));

        assertThat(withoutPlace(answered.out()))
                .as(answered.err())
                .isEqualTo(withoutPlace(tutorial.answers().get(0)));
        assertThat(answered.code()).isEqualTo(5);
        assertThat(Files.readAllLines(tutorial.folder().resolve("comparison/attach/differences.csv")))
                .hasSizeGreaterThan(100);
        assertThat(tutorial.folder().resolve("comparison/attach/report.html"))
                .content()
                .contains("147 behaviours");
    }

    @Test
    void answersTheSameWhereTheLogIsParquet() throws Exception {
        var text = Files.readString(tutorial.folder().resolve("orders.yaml"));
        Files.writeString(
                tutorial.folder().resolve("parquet.yaml"),
                text.replace("files: events", "parquet: raw")
                        .replace("at TIMESTAMP EPOCH SECONDS", "at TIMESTAMP")
                        .replace("amount BIGINT", "amount DECIMAL(12,2)"));
        asParquet();

        var answered = tutorial.run("./tandem attach parquet.yaml --rows 2 --records 2");

        assertThat(withoutPlace(answered.out()))
                .as(answered.err())
                .isEqualTo(withoutPlace(tutorial.answers().get(0))
                        .replace("log         events", "log         parquet:raw")
                        .replaceAll("(part-\\d+).csv", "$1.parquet"));
    }

    /** The same records with the types of a lake. */
    private void asParquet() throws Exception {
        Files.createDirectories(tutorial.folder().resolve("raw"));
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var files = Files.newDirectoryStream(tutorial.folder().resolve("events"))) {
            for (var file : files) {
                var name = file.getFileName().toString().replace(".csv", ".parquet");
                statement.execute(
                        "COPY (SELECT id, make_timestamptz(\"at\" * 1000000) AS \"at\", category, amount::DECIMAL(12, 2) AS amount FROM read_csv('%s')) TO '%s'"
                                .formatted(
                                        file, tutorial.folder().resolve("raw").resolve(name)));
            }
        }
    }

    @Test
    void isCheckedAndNotRun() {
        assertThat(TandemCommand.run(tutorial.folder(), "check", "orders.yaml").code())
                .isZero();

        var streamed = TandemCommand.run(tutorial.folder(), "stream", "orders.yaml");

        assertThat(streamed.code()).isEqualTo(3);
        assertThat(streamed.err()).contains("Cannot run orders.yaml", "use ./tandem attach");
    }

    @Test
    void saysWhatIsWrongWithAttach() throws Exception {
        var text = Files.readString(tutorial.folder().resolve("orders.yaml"));
        var file = tutorial.folder().resolve("wrong.yaml");
        Files.writeString(
                file, text.replace("    stream: dashboard.csv\n    batch: nightly.csv\n", "    strem: x.csv\n"));

        var checked = TandemCommand.run(tutorial.folder(), "check", "wrong.yaml");

        assertThat(checked.code()).isEqualTo(3);
        assertThat(checked.err()).contains("'per_slot' names no table", "unknown key 'strem'");
    }
}
