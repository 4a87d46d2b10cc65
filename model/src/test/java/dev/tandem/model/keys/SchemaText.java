package dev.tandem.model.keys;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of a definition, written from the descriptions of its keys. */
final class SchemaText {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int WIDTH = 150;
    private static final String INDENT = "  ";

    private SchemaText() {}

    static String of(Section root) {
        var schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Tandem pipeline");
        schema.put(
                "description",
                "One definition, run as a stream and as a batch. Expressions are Spark SQL; lengths of time are written like 20 minutes"
                        + " or 30s. Generated from the descriptions in model/keys.");
        schema.setAll(object(root));
        var definitions = schema.putObject("$defs");
        Scalars.definitions().forEach((name, text) -> definitions.set(name, JSON.readTree(text)));
        root.reachable().stream()
                .filter(section -> !section.equals(root))
                .forEach(section -> definitions.set(section.name(), object(section)));
        return written(schema, "") + "\n";
    }

    private static ObjectNode object(Section section) {
        var schema = JSON.createObjectNode().put("type", "object");
        var required =
                section.keys().stream().filter(Key::isRequired).map(Key::name).toList();
        if (!required.isEmpty()) {
            schema.putArray("required")
                    .addAll(required.stream().map(schema::stringNode).toList());
        }
        section.constraints().forEach(text -> schema.setAll((ObjectNode) JSON.readTree("{" + text + "}")));
        var properties = schema.putObject("properties");
        section.keys().forEach(key -> properties.set(key.name(), property(key)));
        section.others()
                .ifPresentOrElse(
                        other -> schema.set("additionalProperties", JSON.readTree(other.schema())),
                        () -> schema.put("additionalProperties", false));
        return schema;
    }

    private static ObjectNode property(Key key) {
        var property = (ObjectNode) JSON.readTree(key.value().schema());
        property.put("description", key.about().replace("`", ""));
        if (key.hasDefault()) {
            property.set("default", parsed(key.absence().words()));
        }
        var examples = property.putArray("examples");
        key.examples().forEach(example -> examples.add(parsed(example)));
        return property;
    }

    private static JsonNode parsed(String yaml) {
        var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
        return JSON.valueToTree(new Load(settings).loadFromString(yaml));
    }

    /** A node that fits into a line has one line. */
    private static String written(JsonNode node, String indent) {
        var line = line(node);
        if (line.length() + indent.length() <= WIDTH || node.isEmpty()) {
            return line;
        }
        var inner = indent + INDENT;
        if (node.isArray()) {
            return node.valueStream()
                    .map(it -> inner + written(it, inner))
                    .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
        }
        return members(node).entrySet().stream()
                .map(it -> inner + line(JSON.getNodeFactory().stringNode(it.getKey())) + ": "
                        + written(it.getValue(), inner))
                .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
    }

    private static String line(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream().map(SchemaText::line).collect(Collectors.joining(", ", "[", "]"));
        }
        if (node.isObject()) {
            return members(node).entrySet().stream()
                    .map(it -> line(JSON.getNodeFactory().stringNode(it.getKey())) + ": " + line(it.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"))
                    .replace("{  }", "{}");
        }
        return JSON.writeValueAsString(node);
    }

    private static Map<String, JsonNode> members(JsonNode node) {
        var members = new LinkedHashMap<String, JsonNode>();
        node.properties().forEach(it -> members.put(it.getKey(), it.getValue()));
        return members;
    }
}
