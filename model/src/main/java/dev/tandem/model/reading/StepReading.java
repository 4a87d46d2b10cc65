package dev.tandem.model.reading;

import dev.tandem.model.Dedup;
import dev.tandem.model.Dimension;
import dev.tandem.model.Durations;
import dev.tandem.model.Expression;
import dev.tandem.model.Schema;
import dev.tandem.model.Step;
import dev.tandem.model.Watermark;
import dev.tandem.model.keys.StepKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/** The {@code steps} of a definition, and what a record holds as it goes through them. */
final class StepReading {
    static final String EVENTS = "events";
    static final String QUARANTINE = "quarantine";
    private static final List<String> STEPS = StepKeys.STEP.names();
    private static final String NOT_NULL_ALL = "not_null_all";
    private static final Duration USUAL_FUTURE = Duration.ofMinutes(5);

    private final Problems problems;
    private final Schema schema;
    private final Map<String, Dimension> dimensions;
    private final Columns columns;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, List<String>> branches = new LinkedHashMap<>();
    private final List<String> joined = new ArrayList<>();
    private Optional<Watermark> watermark = Optional.empty();
    private Optional<Dedup> dedup = Optional.empty();

    StepReading(Problems problems, Schema schema, Columns columns, List<Dimension> dimensions) {
        this.problems = problems;
        this.schema = schema;
        this.dimensions = dimensions.stream()
                .collect(Collectors.toMap(Dimension::name, it -> it, (first, second) -> first, LinkedHashMap::new));
        this.columns = columns;
    }

    StepReading read(YamlMap top) {
        top.list("steps").forEach(this::step);
        return this;
    }

    List<Step> steps() {
        return steps;
    }

    Optional<Watermark> watermark() {
        return watermark;
    }

    Optional<Dedup> dedup() {
        return dedup;
    }

    /** What a record holds after all steps. */
    Columns columns() {
        return columns;
    }

    /** Each branch of a split, with what its records hold. */
    Map<String, List<String>> branches() {
        return branches;
    }

    private void step(Node node) {
        var map = YamlMap.of(node, "a step", problems);
        var keys = map.keys();
        if (keys.size() != 1) {
            problems.add(
                    map.place(),
                    "a step is one of %s, not %d keys".formatted(String.join(", ", STEPS), keys.size()),
                    "give each step a dash of its own");
        } else if (!STEPS.contains(keys.get(0))) {
            problems.add(
                    map.placeOfKey(keys.get(0)),
                    "there is no step '%s'".formatted(keys.get(0)),
                    Problems.hint(keys.get(0), STEPS));
        } else {
            step(map, keys.get(0));
        }
    }

    private void step(YamlMap map, String kind) {
        switch (kind) {
            case "set" -> {
                var assignments = named(map, kind);
                assignments.forEach(it -> refuseTwin(map, it.name()));
                set(assignments);
            }
            case "map" -> map.map(kind).ifPresent(it -> set(new ValueMapReading(problems, columns).assignments(it)));
            case "require" -> require(map);
            case "keep" -> map.expression(kind).ifPresent(it -> steps.add(new Step.Keep(it)));
            case "drop" -> map.expression(kind).ifPresent(it -> steps.add(new Step.Keep(unless(it))));
            case "split" -> split(map);
            case "join" -> map.oneOrMore(kind).forEach(name -> join(map, name));
            case "watermark" -> map.map(kind).ifPresent(this::watermark);
            default -> map.map(kind).ifPresent(this::dedup);
        }
    }

    private static List<Step.Named> named(YamlMap map, String key) {
        return map.map(key).map(YamlMap::expressions).orElse(List.of()).stream()
                .map(entry -> new Step.Named(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void refuseTwin(YamlMap map, String name) {
        columns.twin(name)
                .ifPresent(twin -> problems.add(
                        map.placeOfValue("set"),
                        "'%s' and '%s' differ by case alone, and expressions take them for one".formatted(name, twin),
                        "write '%s' to set that field, or use another name".formatted(twin)));
    }

    private void set(List<Step.Named> assignments) {
        steps.add(new Step.Set(assignments));
        assignments.forEach(it -> columns.compute(it.name()));
    }

    private void require(YamlMap map) {
        if (dedup.isPresent()) {
            problems.add(
                    map.placeOfKey("require"),
                    "rules are checked before copies are told apart",
                    "move 'require' above 'dedup'");
        }
        steps.add(new Step.Require(named(map, "require").stream()
                .map(rule -> rule.expression().text().strip().equals(NOT_NULL_ALL)
                        ? new Step.Named(rule.name(), complete(rule.expression()))
                        : rule)
                .toList()));
    }

    /** That every field of the schema has a value. */
    private Expression complete(Expression shorthand) {
        var text = schema.fields().stream()
                .map(field -> "`%s` IS NOT NULL".formatted(field.name()))
                .collect(Collectors.joining(" AND "));
        return new Expression(text, shorthand.place());
    }

    /** A record for which the condition is null is not dropped. The line break ends a comment that the condition may end in. */
    private static Expression unless(Expression condition) {
        var end = condition.text().contains("--") ? "\n" : "";
        return new Expression("NOT coalesce((%s%s), false)".formatted(condition.text(), end), condition.place());
    }

    private void split(YamlMap map) {
        var named = named(map, "split");
        if (named.isEmpty()) {
            problems.add(
                    map.place(), "the split has no branch", "write e.g. 'split: { cancelled: status = 'cancelled' }'");
        }
        for (var branch : named) {
            if (branches.putIfAbsent(branch.name(), columns.names()) != null) {
                problems.add(
                        map.placeOfValue("split"),
                        "the branch '%s' stands twice".formatted(branch.name()),
                        "rename one of them");
            }
            if (branch.name().equals(EVENTS) || branch.name().equals(QUARANTINE)) {
                problems.add(
                        map.placeOfValue("split"),
                        "no branch can be called '%s': outputs mean something else by it".formatted(branch.name()),
                        "use another name");
            }
        }
        steps.add(new Step.Split(named));
    }

    private void join(YamlMap map, String name) {
        var place = map.placeOfValue("join");
        var dimension = dimensions.get(name);
        if (dimension == null) {
            problems.add(
                    place,
                    "there is no dimension '%s'".formatted(name),
                    dimensions.isEmpty()
                            ? "add e.g. 'dimensions: { %s: { csv: %s.csv, key: id, schema: … } }'".formatted(name, name)
                            : Problems.hint(name, dimensions.keySet()));
            return;
        }
        if (joined.contains(name)) {
            problems.add(place, "'%s' is joined twice".formatted(name), "remove one of them");
            return;
        }
        joined.add(name);
        dimension.key().forEach(key -> checkKey(map, dimension, key));
        dimension.schema().fields().stream()
                .filter(field -> !dimension.key().contains(field.name()))
                .forEach(field -> bring(map, dimension, field));
        steps.add(new Step.Join(name));
    }

    private void checkKey(YamlMap map, Dimension dimension, String key) {
        var place = map.placeOfValue("join");
        if (!columns.has(key)) {
            problems.add(
                    place,
                    "a record has no '%s' here to find its row of '%s' by".formatted(key, dimension.name()),
                    "set it in a step above the join");
            return;
        }
        var there = dimension.schema().named(key).map(Schema.Field::type);
        var here = columns.type(key);
        if (there.isPresent() && here.isPresent() && !there.equals(here)) {
            problems.add(
                    place,
                    "'%s' is %s in a record and %s in '%s'"
                            .formatted(key, here.get().sql(), there.get().sql(), dimension.name()),
                    "give both the same type");
        }
    }

    private void bring(YamlMap map, Dimension dimension, Schema.Field field) {
        if (columns.whole()
                && (columns.has(field.name()) || columns.twin(field.name()).isPresent())) {
            problems.add(
                    map.placeOfValue("join"),
                    "a record has a '%s' already, which '%s' would bring too".formatted(field.name(), dimension.name()),
                    "rename the field of the dimension, in its file and its schema");
        }
        columns.add(field);
    }

    private void watermark(YamlMap map) {
        var delay = map.duration("delay").orElse(Duration.ZERO);
        if (delay.isZero()) {
            problems.add(
                    map.placeOfValue("delay"),
                    "a watermark needs a delay above zero",
                    "write e.g. 'delay: 2 minutes' (zero would lose events that share the newest time)");
        }
        if (watermark.isPresent()) {
            problems.add(map.place(), "the watermark is set twice", "keep one of them");
        }
        watermark = Optional.of(
                new Watermark(delay, map.duration("max_future").orElse(USUAL_FUTURE), map.duration("idle_close")));
        map.refuseOthers(StepKeys.WATERMARK);
    }

    private void dedup(YamlMap map) {
        var by = map.texts("by");
        if (by.isEmpty()) {
            problems.add(map.place(), "dedup does not say by which fields", "write e.g. 'by: [tweet_id]'");
        }
        var keep = map.word("keep", StepKeys.DEDUP.words("keep"), "is not a way to choose a copy")
                .filter(word -> word.equals("last"))
                .map(word -> Dedup.Keep.LAST)
                .orElse(Dedup.Keep.FIRST);
        var nulls = map.word("nulls", StepKeys.DEDUP.words("nulls"), "is not a way to take nulls")
                .filter(word -> word.equals("equal"))
                .map(word -> Dedup.Nulls.EQUAL)
                .orElse(Dedup.Nulls.DISTINCT);
        var within = map.converted(
                "within",
                text -> text.strip().equals("forever") ? Optional.of(Dedup.FOREVER) : Durations.read(text),
                "is not a length of time",
                "write e.g. 30 minutes, or forever");
        if (!map.has("within")) {
            problems.add(
                    map.place(),
                    "dedup does not say how long the stream remembers a key",
                    "write e.g. 'within: 30 minutes', or 'within: forever'");
        }
        map.refuseOthers(StepKeys.DEDUP);
        if (dedup.isPresent()) {
            problems.add(map.place(), "dedup is set twice", "keep one of them");
            return;
        }
        dedup = Optional.of(new Dedup(by, keep, nulls, within.orElse(Dedup.FOREVER)));
        steps.add(new Step.Deduplicate());
    }
}
