package dev.tandem.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tandem.model.Measure;
import dev.tandem.model.reading.BadExamples.BadExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schema that editors read and the reader that runs read must not drift apart. */
class PublishedSchemaTest {
    private static final String TEXT = Definitions.text(Definitions.ROOT.resolve("docs/pipeline.schema.json"));
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT);
    private static final JsonNode TREE = new JsonMapper().readTree(TEXT);
    private static final String STRANGER = "zzzzzzzzzzzz";

    @Nested
    class TheSchema {
        @ParameterizedTest
        @MethodSource("dev.tandem.model.reading.Definitions#shipped")
        void acceptsEveryShippedPipeline(Path file) {
            assertThat(errors(Definitions.text(file))).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("dev.tandem.model.reading.Definitions#shipped")
        void isNamedInTheFirstLineOfEveryPipeline(Path file) {
            assertThat(Definitions.text(file))
                    .startsWith("# yaml-language-server: $schema=../../docs/pipeline.schema.json\n");
        }

        @Test
        void acceptsEveryKeyThereIs() {
            assertThat(errors(Definitions.SOUND)).isEmpty();
            assertThat(errors(Definitions.FILES)).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("dev.tandem.model.reading.Definitions#examples")
        void acceptsEveryExample(Path file) {
            assertThat(errors(Definitions.text(file))).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(Measure.Kind.class)
        void acceptsEveryMeasure(Measure.Kind kind) {
            var call = kind == Measure.Kind.PERCENTILE ? "percentile(likes, 0.95)" : kind.word() + "(likes)";
            var text = Definitions.SOUND.replace("avg(likes)", '"' + call + '"');
            assertThat(text).contains(call);
            assertThat(errors(text)).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("dev.tandem.model.reading.BadExamples#ofForm")
        void refusesWhatTheReaderRefuses(BadExample bad) {
            assertThat(errors(bad.text())).isNotEmpty();
        }

        @ParameterizedTest
        @MethodSource("dev.tandem.model.reading.PublishedSchemaTest#keys")
        void describesEveryKeyWithAnExample(String pointer) {
            assertThat(TREE.at(pointer).has("description")).as("description").isTrue();
            assertThat(TREE.at(pointer).path("examples").isEmpty())
                    .as("no example")
                    .isFalse();
        }

        @ParameterizedTest
        @MethodSource("dev.tandem.model.reading.PublishedSchemaTest#keys")
        void acceptsItsOwnExamples(String pointer) {
            var part = TREE.at(pointer).deepCopy();
            ((ObjectNode) part).set("$defs", TREE.at("/$defs"));
            var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(part);
            part.path("examples")
                    .forEach(example -> assertThat(schema.validate(example)).isEmpty());
        }

        /** The reader tells the keys it knows when it meets one that is like none of them. */
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "pipeline: sound        | /properties",
                    "time: {                | /properties/time/properties",
                    "  kafka: raw           | /$defs/kafkaSource/properties",
                    "capture: {             | /$defs/kafkaSource/properties/capture/properties",
                    "land: {                | /$defs/land/properties",
                    "people: {              | /$defs/dimension/properties",
                    "- watermark: {         | /$defs/step/properties/watermark/properties",
                    "- dedup: {             | /$defs/step/properties/dedup/properties",
                    "{ id: {                | /$defs/valueMap/properties",
                    "daily: {               | /$defs/groupedView/properties",
                    "explode: {             | /$defs/groupedView/properties/explode/properties",
                    "window: {              | /$defs/window/properties",
                    "best: {                | /$defs/topView/properties",
                    "top: {                 | /$defs/topView/properties/top/properties",
                    "- { view: per_tag,     | /$defs/tableOutput/properties",
                    "- { view: best,        | /$defs/topicOutput/properties",
                    "- { rows: quarantine,  | /$defs/lakeOutput/properties",
                    "- { view: daily,       | /$defs/csvOutput/properties",
                    "- { view: risen,       | /$defs/latestOutput/properties",
                    "- { view: visits,      | /$defs/consoleOutput/properties",
                    "stream: {              | /$defs/stream/properties",
                    "batch: { schedule      | /$defs/batch/properties",
                    "schedule: {            | /$defs/batch/properties/schedule/properties",
                    "parity: {              | /$defs/parity/properties",
                    "targets: {             | /$defs/targets/properties",
                    "pace: {                | /$defs/generate/properties/pace/properties",
                    "late: {                | /$defs/fault/properties",
                    "quiet: {               | /$defs/profile/properties",
                    "- keep: likes >= 0     | /$defs/step/properties"
                })
        void knowsTheKeysThatTheReaderKnows(String before, String pointer) {
            assertThat(TREE.at(pointer).propertyNames()).hasSameElementsAs(known(before));
        }

        private static Set<String> known(String before) {
            return toldIn(withStranger(before));
        }

        private static Set<String> toldIn(String text) {
            return Definitions.problemsOf(text).stream()
                    .filter(problem -> problem.what().contains(STRANGER))
                    .map(problem -> problem.hint().replace("use one of ", ""))
                    .flatMap(list -> Stream.of(list.split(", ")))
                    .collect(Collectors.toSet());
        }

        private static String withStranger(String before) {
            if (before.equals("batch: { schedule")) {
                return Definitions.with(before, "batch: { " + STRANGER + ": 1, schedule");
            }
            if (before.endsWith("{") || before.endsWith(",")) {
                return Definitions.with(before, before + " " + STRANGER + ": 1, ");
            }
            return before.startsWith("-")
                    ? Definitions.with(before, "- " + STRANGER + ": 1")
                    : before.startsWith("kafka")
                            ? Definitions.with("  kafka: raw\n", "  kafka: raw\n  " + STRANGER + ": 1\n")
                            : Definitions.with(before, before + "\n" + STRANGER + ": 1");
        }

        /** Keys of what the sound definition, which reads a topic, has not. */
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "  max_files: 2       | /$defs/filesSource/properties",
                    "csv: {               | /$defs/filesSource/properties/format/then/properties/csv/properties",
                    "{ view: total,       | /$defs/snapshotOutput/properties"
                })
        void knowsTheKeysOfFilesToo(String before, String pointer) {
            var stranger =
                    before.startsWith("max") ? before + "\n  " + STRANGER + ": 1" : before + " " + STRANGER + ": 1,";
            assertThat(TREE.at(pointer).propertyNames())
                    .hasSameElementsAs(toldIn(Definitions.with(Definitions.FILES, before, stranger)));
        }
    }

    /** As editors do: merge keys and aliases are written out first. */
    static List<Error> errors(String yaml) {
        var written =
                new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(yaml);
        return SCHEMA.validate(new JsonMapper().writeValueAsString(written), InputFormat.JSON);
    }

    /** A pointer to each key's own schema. */
    static List<String> keys() {
        var pointers = new ArrayList<String>();
        collect("", TREE, pointers);
        return pointers;
    }

    private static void collect(String pointer, JsonNode node, List<String> pointers) {
        for (var entry : node.properties()) {
            var inside = pointer + "/" + entry.getKey();
            if (entry.getKey().equals("properties")) {
                entry.getValue().propertyNames().forEach(key -> pointers.add(inside + "/" + key));
            }
            if (!entry.getKey().equals("examples")) {
                collect(inside, entry.getValue(), pointers);
            }
        }
    }
}
