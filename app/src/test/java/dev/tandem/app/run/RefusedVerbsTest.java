package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.app.TandemCommand;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.page.data.Comparison;
import dev.tandem.page.data.DifferenceQuery;
import dev.tandem.page.data.RefusalKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four files, each a micro-batch: one record is an hour late, one is a copy, one breaks a rule. */
class RefusedVerbsTest {
    private static final DifferenceQuery ALL =
            new DifferenceQuery("", "late", "", "", DifferenceQuery.Order.PERCENT, 0, 10);

    @TempDir
    private Path home = Path.of("");

    private void write(String file, String... lines) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("in")).resolve(file), String.join("\n", lines) + "\n");
    }

    private static String record(String id, String time, int likes) {
        return "{\"id\":\"%s\",\"at\":\"2026-01-05T%sZ\",\"likes\":%d}".formatted(id, time, likes);
    }

    private void prepare() throws IOException {
        define("land: { table: small_raw, in: sqlite }");
        write("a.jsonl", record("a", "12:00:00", 1), record("b", "12:01:00", -1));
        write("b.jsonl", record("c", "13:00:00", 1), record("a", "12:00:00", 1));
        write("bb.jsonl", record("f", "13:04:00", 1));
        write("c.jsonl", record("d", "13:05:00", 1), record("e", "12:02:00", 7));
    }

    private void define(String landing) throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve("pipelines/small")).resolve("pipeline.yaml"),
                """
                pipeline: small
                time: { event: at }
                source: { files: in, format: json, max_files: 1, LANDING }
                schema: id STRING, at TIMESTAMP, likes INT
                steps:
                  - require: { negative: likes >= 0 }
                  - watermark: { delay: 1 minute }
                  - dedup: { by: [id], within: 1 day }
                views:
                  stats: { window: { tumbling: 10 minutes }, measures: { n: count(*) } }
                outputs:
                  - { view: stats, table: "${mode}_stats", in: sqlite }
                """.replace("LANDING", landing));
    }

    private TandemCommand tandem(String... words) {
        return TandemCommand.run(home, words);
    }

    @Test
    void theyCountAndListWhatIsNotInEveryNumber() throws Exception {
        prepare();
        assertThat(tandem("late", "small").err()).contains("its stream has not run");
        var streamed = tandem("stream", "small", "--drain", "--close");
        assertThat(streamed.code()).as(streamed.err()).isZero();

        var quarantine = tandem("quarantine", "small", "--list");
        assertThat(quarantine.out())
                .startsWith("quarantine of small: 1 record\n  by rule\n    negative ")
                .contains("0-1  arrived ", record("b", "12:01:00", -1));
        assertThat(tandem("quarantine", "small", "--rule", "other").out()).startsWith("quarantine of small: 0 records");

        var duplicates = tandem("duplicates", "small", "--format", "csv");
        assertThat(duplicates.out().lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("0,3,")
                .contains("duplicate of 0-0");

        var late = new ObjectMapper()
                .readTree(tandem("late", "small", "--format", "json").out());
        assertThat(late.path("records").asInt()).isEqualTo(1);
        assertThat(late.at("/by_view/stats").asInt()).isEqualTo(1);
        assertThat(late.at("/by_partition/0").asInt()).isEqualTo(1);
        assertThat(late.at("/list/0/position").asInt()).isEqualTo(6);
        assertThat(late.at("/list/0/raw").asText()).isEqualTo(record("e", "12:02:00", 7));
        assertThat(tandem("late", "small", "--from", "soon").err()).contains("Cannot read --from 'soon'");
        verifyTellsBuildServers();
    }

    /** With segments the database lists some of the records; the ledger counts all of them. */
    @Test
    void aSampleIsToldAsOneAndTheNumberIsThatOfAll() throws Exception {
        define("land: segments, ledger: sqlite");
        write(
                "a.jsonl",
                IntStream.range(0, 1_000)
                        .mapToObj(it -> record("n" + it, "12:01:00", -1))
                        .toArray(String[]::new));
        var streamed = tandem("stream", "small", "--drain");
        assertThat(streamed.code()).as(streamed.err()).isZero();

        assertThat(tandem("quarantine", "small").out())
                .startsWith("quarantine of small: 1,000 records\n  the database lists ")
                .contains(" of 1,000, up to 100 of a micro-batch and partition");
        var json = new ObjectMapper()
                .readTree(tandem("quarantine", "small", "--format", "json").out());
        assertThat(json.path("records").asInt()).isEqualTo(1_000);
        assertThat(json.path("sampled").asBoolean()).isTrue();
        assertThat(json.path("listed").asInt())
                .isLessThan(1_000)
                .isEqualTo(json.at("/by_rule/negative").asInt());
        var pipeline = DefinitionReader.read(home.resolve("pipelines/small/pipeline.yaml"), "small");
        try (var page = PageOver.of(Trial.home(home), pipeline)) {
            assertThat(page.data().refusals("small", RefusalKind.QUARANTINE, 10).total())
                    .isEqualTo(1_000);
        }
    }

    /** The late record is the cause of the one row that differs, so that the gate is passed. */
    private void verifyTellsBuildServers() throws IOException {
        assertThat(tandem("batch", "small").code()).isZero();
        var junit = tandem("verify", "small", "--format", "junit");
        assertThat(junit.code()).as(junit.err()).isZero();
        assertThat(junit.out()).startsWith("<?xml").contains("name=\"view: stats\"", "failures=\"0\"");
        assertThat(tandem("verify", "small", "--format", "github").out()).startsWith("::notice title=");
        assertThat(tandem("verify", "small", "--format", "markdown").out()).contains("| late | 1 | 1 |");
        eachComparisonIsKept();
    }

    /** Three formats, three comparisons of the same runs. */
    private void eachComparisonIsKept() throws IOException {
        var pipeline = DefinitionReader.read(home.resolve("pipelines/small/pipeline.yaml"), "small");
        try (var page = PageOver.of(Trial.home(home), pipeline)) {
            assertThat(page.data().comparisons("small"))
                    .hasSize(3)
                    .allSatisfy(it -> assertThat(it.causes()).isEqualTo(Map.of("late", 1L)))
                    .isSortedAccordingTo(Comparator.comparing(Comparison::at));
            assertThat(page.data().differences("small", ALL).orElseThrow().rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row.measures().get(0).batch()).contains("2"));
        }
    }
}
