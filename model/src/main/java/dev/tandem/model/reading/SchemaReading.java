package dev.tandem.model.reading;

import dev.tandem.model.FieldType;
import dev.tandem.model.Place;
import dev.tandem.model.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The fields of a record or of a dimension, from the one text that names them. */
final class SchemaReading {
    private static final Pattern FIELD =
            Pattern.compile("([A-Za-z_]\\w{0,62})\\s+(.+?)(\\s+NOT\\s+NULL)?", Pattern.CASE_INSENSITIVE);

    private final Problems problems;
    private boolean whole = true;

    SchemaReading(Problems problems) {
        this.problems = problems;
    }

    /** Whether every field could be read, so that a name not among them is a mistake of its own. */
    boolean whole() {
        return whole;
    }

    Schema schema(YamlMap map) {
        var fields = new ArrayList<Schema.Field>();
        var names = new HashSet<String>();
        var place = map.placeOfValue("schema");
        for (var part : splitOutsideBrackets(map.requiredText("schema", "id STRING NOT NULL, at TIMESTAMP"))) {
            field(part, place).ifPresent(field -> {
                if (!names.add(field.name())) {
                    whole = false;
                    problems.add(place, "the field '%s' stands twice".formatted(field.name()), "remove one of them");
                }
                fields.add(field);
            });
        }
        whole &= !fields.isEmpty();
        return new Schema(fields);
    }

    private Optional<Schema.Field> field(String part, Place place) {
        var matcher = FIELD.matcher(part);
        if (!matcher.matches()) {
            whole = false;
            problems.add(
                    place, "'%s' is not a field".formatted(part), "write e.g. 'likes INT' or 'id STRING NOT NULL'");
            return Optional.empty();
        }
        var type = FieldType.named(matcher.group(2));
        if (type.isEmpty()) {
            whole = false;
            problems.add(
                    place,
                    "the field '%s' has no known type '%s'".formatted(matcher.group(1), matcher.group(2)),
                    "use STRING, INT, BIGINT, DOUBLE, DECIMAL(p,s), BOOLEAN, TIMESTAMP, DATE or ARRAY<…>");
        }
        return type.map(it -> new Schema.Field(matcher.group(1), it, matcher.group(3) != null));
    }

    private static List<String> splitOutsideBrackets(String text) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter == '<' || letter == '(') {
                depth++;
            } else if (letter == '>' || letter == ')') {
                depth--;
            } else if (letter == ',' && depth == 0) {
                parts.add(text.substring(start, at).strip());
                start = at + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts.stream().filter(part -> !part.isEmpty()).toList();
    }

    /** A cell of a CSV file holds one value: fields that are lists are told at {@code place}. */
    void refuseLists(Schema schema, Place place) {
        schema.fields().stream()
                .filter(field -> field.type() instanceof FieldType.ListOf)
                .forEach(field -> problems.add(
                        place,
                        "the list '%s' cannot stand in a CSV cell".formatted(field.name()),
                        "use json, or read it as STRING and split it in a step"));
    }

    static List<String> names(Schema schema) {
        return schema.fields().stream().map(Schema.Field::name).toList();
    }
}
