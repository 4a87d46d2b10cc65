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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the reader accepts the schema accepts, and what it refuses by form the schema refuses. */
class PublishedSchemaTest {
    private static final String TEXT = Definitions.text(Definitions.ROOT.resolve("docs/pipeline.schema.json"));
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT);
    private static final JsonNode TREE = new JsonMapper().readTree(TEXT);

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
        @MethodSource({"dev.tandem.model.reading.Definitions#examples", "dev.tandem.model.reading.Definitions#rare"})
        void acceptsEveryExample(Path file) {
            assertThat(errors(Definitions.text(file))).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(Measure.Kind.class)
        void acceptsEveryMeasure(Measure.Kind kind) {
            var call = kind.call("likes");
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
        void acceptsItsOwnExamplesAndDefaults(String pointer) {
            var part = TREE.at(pointer).deepCopy();
            ((ObjectNode) part).set("$defs", TREE.at("/$defs"));
            var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(part);
            part.path("examples")
                    .forEach(example -> assertThat(schema.validate(example)).isEmpty());
            if (part.has("default")) {
                assertThat(schema.validate(part.get("default"))).isEmpty();
            }
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
