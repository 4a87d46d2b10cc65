package dev.tandem.model.reading;

import dev.tandem.model.FieldOrigin;
import dev.tandem.model.Format;
import dev.tandem.model.PathStep;
import dev.tandem.model.Place;
import dev.tandem.model.Schema;
import dev.tandem.model.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The fields of a record or of a dimension, from the one text that names them. */
final class SchemaReading {
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
        var place = map.placeOfValue("schema");
        for (var part : splitOutsideBrackets(map.requiredText("schema", "id STRING NOT NULL, at TIMESTAMP"))) {
            if (part.equals("registry")) {
                whole = false;
                problems.add(
                        place,
                        "only the fields of Avro messages of a topic are in a registry",
                        "write 'format: avro' in the source, or name the fields");
                continue;
            }
            var field = new FieldReading(part, place, problems).read();
            field.ifPresent(fields::add);
            whole &= field.isPresent();
        }
        refuseTwins(fields, place);
        for (int first = 0; first < fields.size(); first++) {
            for (int second = first + 1; second < fields.size(); second++) {
                refuseOverlap(fields.get(first), fields.get(second), place);
            }
        }
        whole &= !fields.isEmpty();
        return new Schema(fields);
    }

    /** Expressions do not tell names apart by case, nor do databases. */
    private void refuseTwins(List<Schema.Field> fields, Place place) {
        var seen = new HashMap<String, String>();
        for (var field : fields) {
            var other = seen.putIfAbsent(field.name().toLowerCase(Locale.ROOT), field.name());
            if (field.name().equals(other)) {
                whole = false;
                problems.add(place, "the field '%s' stands twice".formatted(field.name()), "remove one of them");
            } else if (other != null) {
                whole = false;
                problems.add(
                        place,
                        "the fields '%s' and '%s' differ by case alone, and expressions and databases take them for one"
                                .formatted(other, field.name()),
                        "rename one of them, as in \"%s_2 %s FROM '%s'\""
                                .formatted(
                                        field.name(),
                                        field.type().sql(),
                                        field.sourceName().orElse(field.name())));
            }
        }
    }

    /** Two fields may be read from one place only where a record can satisfy both. */
    private void refuseOverlap(Schema.Field first, Schema.Field second, Place place) {
        if (first.besideRecord() != second.besideRecord() || first.ofMessage() || second.ofMessage()) {
            return;
        }
        var one = first.origin().path();
        var other = second.origin().path();
        int common = 0;
        while (common < Math.min(one.size(), other.size()) && one.get(common).equals(other.get(common))) {
            common++;
        }
        if (common == one.size() && common == other.size()) {
            if (!first.name().equals(second.name())) {
                problems.add(
                        place,
                        "the fields '%s' and '%s' are both read from %s"
                                .formatted(
                                        first.name(),
                                        second.name(),
                                        first.origin().sql()),
                        "keep one, and set the other in a step");
            }
        } else if (common == one.size() || common == other.size()) {
            boolean outerIsFirst = common == one.size();
            refuseNoContainer(outerIsFirst ? first : second, outerIsFirst ? second : first, place);
        } else if (one.get(common).getClass() != other.get(common).getClass()) {
            problems.add(
                    place,
                    "'%s' would be an object for the field '%s' and a list for '%s'"
                            .formatted(
                                    PathStep.text(one.subList(0, common)),
                                    (one.get(common) instanceof PathStep.Member ? first : second).name(),
                                    (one.get(common) instanceof PathStep.Member ? second : first).name()),
                    "fix the path of one of them");
        }
    }

    /** {@code inner} is read within what {@code outer} is read from. */
    private void refuseNoContainer(Schema.Field outer, Schema.Field inner, Place place) {
        var next = inner.origin().path().get(outer.origin().path().size());
        boolean list = next instanceof PathStep.Element && outer.type().isList();
        boolean lenient = outer.type().isText() && outer.conversion() == Schema.Conversion.LENIENT;
        if (!list && !lenient) {
            problems.add(
                    place,
                    "the field '%s' is %s, and '%s' is read from within it"
                            .formatted(outer.name(), outer.type().sql(), inner.name()),
                    "write '%s STRING LENIENT' to have its JSON text, or remove it".formatted(outer.name()));
        }
    }

    private static List<String> splitOutsideBrackets(String text) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            quoted ^= letter == '\'';
            if (quoted) {
                continue;
            }
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

    /** Tells what records of {@code format} cannot hold. */
    void refuseUnfit(Schema schema, Format format, Place place) {
        if (format.kind() == Format.Kind.AVRO) {
            schema.inRecord().fields().stream()
                    .filter(field -> field.conversion() == Schema.Conversion.LENIENT)
                    .forEach(field -> problems.add(
                            place,
                            "the field '%s' is LENIENT, and a value of Avro has a type".formatted(field.name()),
                            "remove LENIENT"));
        }
        if (format.kind() != Format.Kind.CSV) {
            return;
        }
        for (var field : schema.inRecord().fields()) {
            if (field.type().isList()) {
                problems.add(
                        place,
                        "the list '%s' cannot stand in a CSV cell".formatted(field.name()),
                        "use json, or read it as STRING and split it in a step");
            } else if (field.conversion() == Schema.Conversion.LENIENT) {
                problems.add(
                        place,
                        "the field '%s' is LENIENT, and a CSV cell is text anyway".formatted(field.name()),
                        "remove LENIENT");
            }
            if (field.origin() instanceof FieldOrigin.Path) {
                problems.add(
                        place,
                        "the field '%s' comes from %s, and a CSV record has no objects"
                                .formatted(field.name(), field.origin().sql()),
                        "name a column of the header, as in FROM 'Order ID'");
            } else if (!format.header() && !field.sourceName().equals(Optional.of(field.name()))) {
                problems.add(
                        place,
                        "the field '%s' comes from %s, and these records have no header"
                                .formatted(field.name(), field.origin().sql()),
                        "remove FROM: without a header, cells go by place");
            }
        }
    }

    /** Tells the fields that neither a row of a dimension nor a line of a file has. */
    void refuseOfMessage(Schema schema, String what, Place place) {
        for (var field : schema.fields()) {
            if (!field.inRecord()) {
                refuse(field, what, "remove it, or read a topic", place);
            }
        }
    }

    /** Tells the fields that a source does not know of its records. */
    void refuseUnknown(Schema schema, Source source, Place place) {
        boolean files = source.asFiles().isPresent();
        boolean rows = source.asRows().isPresent();
        for (var field : schema.fields()) {
            boolean ofTopic = field.origin() instanceof FieldOrigin.Beside beside
                    ? beside.part().ofTopic()
                    : field.ofMessage();
            if (rows && !field.inRecord()) {
                refuse(field, "a row", "read a column, by its own name or FROM 'column'", place);
            } else if (files && ofTopic) {
                refuse(
                        field,
                        "a record of a file",
                        "read it FROM FILE, FROM RECORD or a column, or read a topic",
                        place);
            } else if (!files && field.besideRecord() && !ofTopic) {
                refuse(field, "a message of a topic", "read it FROM KEY or FROM HEADER 'name', or read files", place);
            }
        }
    }

    private void refuse(Schema.Field field, String what, String hint, Place place) {
        problems.add(
                place,
                "the field '%s' comes from %s, which %s does not have"
                        .formatted(field.name(), field.origin().sql(), what),
                hint);
    }

    static List<String> names(Schema schema) {
        return schema.names();
    }
}
