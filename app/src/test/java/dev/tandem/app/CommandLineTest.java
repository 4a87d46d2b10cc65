package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;

/** Whole commands in this process, from their words to what they tell and their exit code. */
class CommandLineTest {
    private static final String GOOD = """
            pipeline: notes
            about: Notes per hour
            time: { event: at }
            source: { kafka: notes, format: json, land: { table: note_raw, in: mysql } }
            schema: id STRING, at TIMESTAMP
            steps:
              - watermark: { delay: 1 minute }
            views:
              totals: { window: { tumbling: 1 hour }, measures: { n: count(*) } }
            outputs:
              - { view: totals, table: "${mode}_totals", in: mysql }
            batch: { schedule: { cron: "30 2 * * *", zone: Europe/Berlin } }
            """;

    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void aDefinition() throws IOException {
        define("notes", GOOD);
    }

    private void define(String name, String text) throws IOException {
        var file = folder.resolve("pipelines").resolve(name).resolve("pipeline.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Exit run(String... words) {
        var streams = new Tandem.Streams(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Progress.Screen.LINES);
        var surroundings = new Shell.Surroundings(
                folder,
                new Installation(folder.resolve("installed")),
                Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC),
                Map.of());
        return new Tandem(streams, surroundings).run(words);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "0, list",
        "0, --help",
        "0, check --help",
        "0, check notes",
        "2, ''",
        "2, lisst",
        "2, list --colour",
        "2, schedule notes --next 0",
        "2, replay notes --speed fast",
        "2, replay notes --speed 0x",
        "3, check nots",
        "3, schedule nots --next 1",
        "4, replay notes",
    })
    void eachOutcomeHasItsExitCode(int code, String words) {
        assertThat(run(words.isEmpty() ? new String[0] : words.split(" ")).code())
                .isEqualTo(code);
    }

    @Test
    void theHelpIsTheGoldenOne() throws IOException {
        run("--help");
        Golden.check("help.txt", out());
    }

    /** One file with the help of every verb, so that a change of any option is seen. */
    @Test
    void theHelpOfEachVerbIsTheGoldenOne() throws IOException {
        var all = new StringBuilder();
        for (var entry : Verbs.ALL) {
            var verb = entry.verb().getAnnotation(Command.class).name();
            out.reset();
            assertThat(run((verb + " --help").split(" "))).isEqualTo(Exit.FINE);
            all.append("$ tandem ")
                    .append(verb)
                    .append(" --help\n")
                    .append(out())
                    .append('\n');
        }
        Golden.check("verbs.txt", all.toString());
    }

    /** One file with what a person is told who makes a mistake, each with its hint. */
    @Test
    void theErrorsAreTheGoldenOnes() throws IOException {
        define("typo", GOOD.replace("watermark", "watermak"));
        define("zone", GOOD.replace("Europe/Berlin", "Europe/Berlim"));
        var all = new StringBuilder();
        for (var words : List.of(
                "",
                "lisst",
                "list --colour",
                "check nots",
                "check typo",
                "check zone",
                "schedule notes --next 0",
                "schedule notes --once --next 3",
                "check notes --profile staging",
                "export notes total",
                "explain notes total",
                "explain notes totals java",
                "explain notes totals --window soon",
                "explain notes totals --row 0",
                "trace notes",
                "trace notes --at here",
                "trace notes --file part.csv",
                "batch notes --master sparks://here:7077",
                "demo --events many",
                "demo notes --events -5",
                "generate notes --rate -1",
                "demo notes --input nothing.csv",
                "start notes --no-page --input nothing.csv",
                "batch notes --input nothing",
                "demo notes --out /dev/null/report")) {
            err.reset();
            var exit = run(words.isEmpty() ? new String[0] : words.split(" "));
            all.append("$ tandem ")
                    .append(words)
                    .append("\n")
                    .append(err().replace(folder.toString(), "FOLDER"))
                    .append("exit ")
                    .append(exit.code())
                    .append("\n\n");
        }
        Golden.check("errors.txt", all.toString());
    }

    @Nested
    class AnError {
        @Test
        void tellsTheNearestPipeline() {
            run("schedule", "nots");
            assertThat(err())
                    .isEqualTo(
                            "error  Cannot find the pipeline 'nots': there is neither pipelines/nots/pipeline.yaml nor such a file; did you mean 'notes'?\n");
        }

        @Test
        void tellsTheNearestVerb() {
            run("lisst");
            assertThat(err())
                    .isEqualTo(
                            "error  Unmatched argument at index 0: 'lisst'; did you mean 'list'?; see 'tandem --help'\n");
        }

        @Test
        void hasNoTraceUnlessAskedFor() {
            run("schedule", "nots");
            assertThat(err()).doesNotContain("\tat ");
            run("schedule", "nots", "--verbose");
            assertThat(err()).contains("\tat ");
        }

        @Test
        void leavesTheAnswerEmpty() {
            run("check", "nots");
            assertThat(out()).isEmpty();
        }
    }

    @Nested
    class TheList {
        @Test
        void tellsWhatEachPipelineIs() {
            run("list");
            assertThat(out()).isEqualTo("""
                            notes  Notes per hour
                              source    kafka notes
                              views     totals
                              schedule  30 2 * * * Europe/Berlin; nobody runs it: ./tandem start notes, or ./tandem schedule notes
                              file      pipelines/notes/pipeline.yaml
                            """);
        }

        @Test
        void isJsonWithASchemaVersionWhenAsked() {
            run("list", "--json");
            assertThat(out()).startsWith("{").contains("\"schema_version\" : 1", "\"name\" : \"notes\"");
        }

        @Test
        void keepsABrokenDefinitionInSight() throws IOException {
            define("broken", "pipeline: broken\n");
            assertThat(run("list")).isEqualTo(Exit.FINE);
            assertThat(out()).contains("broken  ✖").contains("see 'tandem check broken'");
        }
    }

    @Nested
    class TheCheck {
        @Test
        void warnsOfARunThatClocksSkip() {
            run("check", "notes");
            assertThat(out())
                    .startsWith("✔ pipelines/notes/pipeline.yaml\n")
                    .contains(
                            "▲ pipelines/notes/pipeline.yaml  the batch of 2026-03-29T02:30 is skipped: clocks in Europe/Berlin go forward over that time");
        }

        @Test
        void tellsAWrongCronLineWithItsPlace() throws IOException {
            define("notes", GOOD.replace("30 2 * * *", "61 2 * * *"));
            assertThat(run("check", "notes")).isEqualTo(Exit.INVALID);
            assertThat(err())
                    .startsWith(
                            "error  pipelines/notes/pipeline.yaml:12:29  '61 2 * * *' is no cron line: Failed to parse cron expression.");
        }

        @Test
        void tellsTheProblemsOfAllDefinitionsAtOnce() throws IOException {
            define("other", GOOD.replace("count(*)", "sum(likez)"));
            define("third", GOOD.replace("watermark", "watermerk"));
            assertThat(run("check")).isEqualTo(Exit.INVALID);
            assertThat(err()).contains("there is no column 'likez'", "there is no step 'watermerk'");
            assertThat(out()).contains("✔ pipelines/notes/pipeline.yaml");
        }

        @Test
        void takesAPathOutsideOfPipelines() throws IOException {
            Files.writeString(folder.resolve("mine.yaml"), GOOD);
            assertThat(run("check", "mine.yaml")).isEqualTo(Exit.FINE);
            assertThat(out()).startsWith("✔ mine.yaml\n");
        }
    }

    @Test
    void theNextRunsStandInBothZones() {
        run("scheduler", "notes", "--next", "2");
        assertThat(out()).isEqualTo("""
                        30 2 * * * Europe/Berlin
                        Sun 2026-03-01 02:30 +01:00  2026-03-01T01:30:00Z
                        Mon 2026-03-02 02:30 +01:00  2026-03-02T01:30:00Z
                        """);
    }

    @Test
    void theDoctorNamesWhatCannotBeReachedWithItsMend() {
        var exit = run("doctor", "--kafka", "127.0.0.1:1", "--database", "mysql://nobody@127.0.0.1:1/none");
        assertThat(exit).isEqualTo(Exit.NOT_READY);
        assertThat(out())
                .contains("✖ kafka                  127.0.0.1:1 does not answer\n")
                .contains("✖ mysql                  mysql://nobody@127.0.0.1:1/none does not answer")
                .contains("→ check that the broker runs and the address is right");
    }
}
