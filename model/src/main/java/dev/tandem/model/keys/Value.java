package dev.tandem.model.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What may be written for a key.
 *
 * @param label what people call it
 * @param schema its JSON Schema
 * @param nested the sections that it may hold
 * @param words the words that it may be, if it is one of a few
 */
public record Value(String label, String schema, List<Nested> nested, List<String> words) {
    /**
     * A section within a value.
     *
     * @param sign the key by which this section is told from the others; empty for the last one, which has none
     * @param depth how many mappings of free names lie around it
     */
    public record Nested(String sign, Section section, int depth) {}

    public Value {
        nested = List.copyOf(nested);
        words = List.copyOf(words);
    }

    /** A value of a form of its own. */
    static Value exactly(String label, String schema) {
        return new Value(label, schema, List.of(), List.of());
    }

    /** A value whose form is defined once, in {@link Scalars}. */
    static Value scalar(String label, String definition) {
        return exactly(label, reference(definition));
    }

    static Value oneOf(List<String> words) {
        var label = words.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
        return new Value(label, "{\"enum\": [%s]}".formatted(quoted(words)), List.of(), words);
    }

    static Value oneOf(String... words) {
        return oneOf(List.of(words));
    }

    /** The words of {@code constants}, in lower case. */
    static Value oneOf(Enum<?>... constants) {
        return oneOf(Arrays.stream(constants).map(Words::of).toList());
    }

    static Value of(Section section) {
        return new Value("map", reference(section.name()), List.of(new Nested("", section, 0)), List.of());
    }

    /** {@code section} where the mapping has the key {@code sign}, else {@code otherwise}. */
    static Value when(String sign, Section section, Value otherwise) {
        var schema = "{\"type\": \"object\", \"if\": {\"required\": [\"%s\"]}, \"then\": %s, \"else\": %s}"
                .formatted(sign, reference(section.name()), otherwise.schema());
        var nested = new ArrayList<Nested>();
        nested.add(new Nested(sign, section, 0));
        nested.addAll(otherwise.nested());
        return new Value("map", schema, nested, List.of());
    }

    /** A list of at least {@code least}. */
    static Value listOf(Value element, int least) {
        var schema = "{\"type\": \"array\", %s\"items\": %s}"
                .formatted(least > 0 ? "\"minItems\": %d, ".formatted(least) : "", element.schema());
        return new Value("list of " + plural(element.label()), schema, element.nested(), element.words());
    }

    /** A mapping from names to values. */
    static Value mapOf(Value element, int least) {
        var schema = "{\"type\": \"object\", %s\"propertyNames\": %s, \"additionalProperties\": %s}"
                .formatted(
                        least > 0 ? "\"minProperties\": %d, ".formatted(least) : "",
                        reference("name"),
                        element.schema());
        var nested = element.nested().stream()
                .map(it -> new Nested(it.sign(), it.section(), it.depth() + 1))
                .toList();
        return new Value("map of name to " + element.label(), schema, nested, List.of());
    }

    /** {@code first} where the value is of JSON's {@code type}, else {@code second}. */
    static Value choice(String type, Value first, Value second) {
        var schema = "{\"if\": {\"type\": \"%s\"}, \"then\": %s, \"else\": %s}"
                .formatted(type, first.schema(), second.schema());
        var nested = new ArrayList<>(first.nested());
        nested.addAll(second.nested());
        var words = new ArrayList<>(first.words());
        words.addAll(second.words());
        return new Value("%s, or %s".formatted(second.label(), first.label()), schema, nested, words);
    }

    /** This value under another name for people. */
    Value called(String other) {
        return new Value(other, schema, nested, words);
    }

    List<Section> sections() {
        return nested.stream().map(Nested::section).toList();
    }

    private static String reference(String definition) {
        return "{\"$ref\": \"#/$defs/%s\"}".formatted(definition);
    }

    private static String quoted(List<String> words) {
        return words.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "));
    }

    private static String plural(String label) {
        return label.startsWith("`") ? label : label + "s";
    }
}
