package dev.tandem.model.reading;

import dev.tandem.model.Expression;
import dev.tandem.model.Step;
import dev.tandem.model.keys.StepKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The step {@code map}: spellings of a text brought to one, as the expression that an author would write. What people put into
 * their texts (quotes, backslashes, the {@code ${…}} that Spark replaces) stands in it as text and nothing else.
 */
final class ValueMapReading {
    private static final List<String> WORDS = StepKeys.VALUE_MAP.words("normalize");

    private final Problems problems;
    private final Columns columns;

    ValueMapReading(Problems problems, Columns columns) {
        this.problems = problems;
        this.columns = columns;
    }

    List<Step.Named> assignments(YamlMap fields) {
        var assignments = new ArrayList<Step.Named>();
        for (var name : fields.keys()) {
            checkField(fields, name);
            fields.map(name).ifPresent(map -> {
                var text = text(name, map);
                assignments.add(new Step.Named(name, new Expression(text, fields.placeOfKey(name))));
            });
        }
        if (assignments.isEmpty()) {
            problems.add(
                    fields.place(), "the map names no field", "write e.g. 'map: { status: { normalize: [trim] } }'");
        }
        return assignments;
    }

    private void checkField(YamlMap fields, String name) {
        var type = columns.type(name);
        if (!columns.has(name)) {
            problems.add(
                    fields.placeOfKey(name),
                    "there is no field '%s' to map".formatted(name),
                    Problems.hint(name, columns.names()));
        } else if (type.isPresent() && !type.get().isText()) {
            problems.add(
                    fields.placeOfKey(name),
                    "'%s' is %s, and only a STRING has spellings"
                            .formatted(name, type.get().sql()),
                    "compute it with 'set'");
        }
    }

    private String text(String name, YamlMap map) {
        var normal = "`" + name + "`";
        for (var word : map.texts("normalize")) {
            if (!WORDS.contains(word)) {
                problems.add(
                        map.placeOfValue("normalize"),
                        "there is no way '%s' to normalize".formatted(word),
                        Problems.hint(word, WORDS));
            }
            normal = "%s(%s)".formatted(word, normal);
        }
        var values = map.map("values");
        if (values.isEmpty() && !map.has("normalize")) {
            problems.add(
                    map.place(),
                    "nothing is to be done to '%s'".formatted(name),
                    "write e.g. 'normalize: [trim, lower]' or 'values: { done: completed }'");
        }
        map.refuseOthers(StepKeys.VALUE_MAP);
        var base = normal;
        return values.filter(it -> !it.keys().isEmpty())
                .map(it -> choice(base, it))
                .orElse(base);
    }

    private static String choice(String normal, YamlMap values) {
        var text = new StringBuilder("CASE ").append(normal);
        for (var from : values.keys()) {
            Optional<String> to = values.text(from);
            to.ifPresent(it ->
                    text.append(" WHEN ").append(quoted(from)).append(" THEN ").append(quoted(it)));
        }
        return text.append(" ELSE ").append(normal).append(" END").toString();
    }

    /** A literal of Spark SQL. */
    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("$", "\\u0024") + "'";
    }
}
