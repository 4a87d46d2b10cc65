package dev.tandem.model.reading;

import dev.tandem.model.Dedup;
import dev.tandem.model.Durations;
import dev.tandem.model.FieldType;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Place;
import dev.tandem.model.Schema;
import dev.tandem.model.Source;
import dev.tandem.model.Step;
import dev.tandem.model.Watermark;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** The top of a definition: each key read into its part of the {@link Pipeline}. */
final class PipelineReading {
    private static final Pattern FIELD =
            Pattern.compile("([A-Za-z_]\\w{0,62})\\s+(.+?)(\\s+NOT\\s+NULL)?", Pattern.CASE_INSENSITIVE);
    private static final List<String> STEPS = List.of("set", "require", "watermark", "dedup", "keep");

    private final Problems problems;
    private final List<Step> steps = new ArrayList<>();
    private Optional<Watermark> watermark = Optional.empty();
    private Optional<Dedup> dedup = Optional.empty();

    PipelineReading(Problems problems) {
        this.problems = problems;
    }

    Pipeline read(Node root, String hash) {
        var map = YamlMap.of(root, "a definition", problems);
        var name = map.name("pipeline", "my_pipeline");
        var about = map.text("about").orElse("");
        var time = map.map("time");
        var eventTime = time.map(it -> it.name("event", "created_at")).orElse("");
        var zone = time.flatMap(it -> it.zone("zone")).orElse((ZoneId) ZoneOffset.UTC);
        time.ifPresentOrElse(YamlMap::refuseOthers, () -> missing(map, "time", "time: { event: created_at }"));
        var source = map.map("source").map(this::source);
        if (source.isEmpty()) {
            missing(map, "source", "source: { kafka: my_topic, format: json, land: { table: my_raw, in: mysql } }");
        }
        var schema = schema(map);
        checkEventTime(eventTime, schema, time.orElse(map));
        map.list("steps").forEach(this::step);
        var views = new ViewReading(problems).views(map);
        var outputs = new OutputReading(problems).outputs(map, views);
        var plans = new PlanReading(problems);
        var pipeline = new Pipeline(
                name,
                about,
                eventTime,
                zone,
                source.orElse(new Source.Kafka("", new Source.Landing("", "", List.of()))),
                schema,
                steps,
                watermark.orElse(new Watermark(Duration.ofMinutes(1), Duration.ofMinutes(5), Optional.empty())),
                dedup,
                views,
                outputs,
                plans.stream(map),
                plans.batch(map),
                plans.parity(map, views),
                plans.targets(map),
                plans.generate(map),
                hash);
        if (watermark.isEmpty() && map.keys().contains("steps")) {
            problems.add(
                    map.placeOfKey("steps"),
                    "no step says how late an event may be",
                    "add '- watermark: { delay: 2 minutes, max_future: 1 minute }'");
        }
        map.refuseOthers();
        return pipeline;
    }

    private void missing(YamlMap map, String key, String example) {
        problems.add(map.place(), "the key '%s' is missing".formatted(key), "add e.g. '%s'".formatted(example));
    }

    private Source source(YamlMap map) {
        var topic = map.requiredText("kafka", "raw_feed");
        map.converted(
                "format",
                text -> "json".equals(text) ? Optional.of(text) : Optional.<String>empty(),
                "is not a format that can be read from Kafka",
                "use json");
        var landing = map.map("land").map(land -> {
            var read = new Source.Landing(land.name("table", "my_raw"), land.name("in", "mysql"), land.texts("key"));
            land.refuseOthers();
            return read;
        });
        if (landing.isEmpty()) {
            missing(map, "land", "land: { table: my_raw, in: mysql }");
        }
        map.refuseOthers();
        return new Source.Kafka(topic, landing.orElse(new Source.Landing("", "", List.of())));
    }

    private Schema schema(YamlMap map) {
        var fields = new ArrayList<Schema.Field>();
        var names = new HashSet<String>();
        var place = map.placeOfValue("schema");
        for (var part : splitOutsideBrackets(map.requiredText("schema", "id STRING NOT NULL, at TIMESTAMP"))) {
            field(part, place).ifPresent(field -> {
                if (!names.add(field.name())) {
                    problems.add(place, "the field '%s' stands twice".formatted(field.name()), "remove one of them");
                }
                fields.add(field);
            });
        }
        return new Schema(fields);
    }

    private Optional<Schema.Field> field(String part, Place place) {
        var matcher = FIELD.matcher(part);
        if (!matcher.matches()) {
            problems.add(
                    place, "'%s' is not a field".formatted(part), "write e.g. 'likes INT' or 'id STRING NOT NULL'");
            return Optional.empty();
        }
        var type = FieldType.named(matcher.group(2));
        if (type.isEmpty()) {
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

    private void checkEventTime(String eventTime, Schema schema, YamlMap time) {
        var field = schema.named(eventTime);
        if (!eventTime.isEmpty() && !schema.fields().isEmpty() && field.isEmpty()) {
            var names = schema.fields().stream().map(Schema.Field::name).toList();
            problems.add(
                    time.placeOfValue("event"),
                    "the schema has no field '%s'".formatted(eventTime),
                    Problems.mend(eventTime, names));
        } else if (field.isPresent() && !(field.get().type() instanceof FieldType.Timestamp)) {
            problems.add(
                    time.placeOfValue("event"),
                    "'%s' is not a TIMESTAMP".formatted(eventTime),
                    "give it that type in the schema");
        }
    }

    private void step(Node node) {
        var map = YamlMap.of(node, "a step", problems);
        var keys = map.keys();
        if (keys.size() != 1) {
            problems.add(
                    map.place(),
                    "a step is one of %s, not %d keys".formatted(String.join(", ", STEPS), keys.size()),
                    "give each step a dash of its own");
            return;
        }
        if (!STEPS.contains(keys.get(0))) {
            problems.add(
                    map.placeOfKey(keys.get(0)),
                    "there is no step '%s'".formatted(keys.get(0)),
                    Problems.mend(keys.get(0), STEPS));
            return;
        }
        switch (keys.get(0)) {
            case "set" -> steps.add(new Step.Set(named(map, "set")));
            case "require" -> steps.add(new Step.Require(named(map, "require")));
            case "keep" -> map.expression("keep").ifPresent(it -> steps.add(new Step.Keep(it)));
            case "watermark" -> map.map("watermark").ifPresent(this::watermark);
            default -> map.map("dedup").ifPresent(this::dedup);
        }
    }

    private static List<Step.Named> named(YamlMap map, String key) {
        return map.map(key).map(YamlMap::expressions).orElse(List.of()).stream()
                .map(entry -> new Step.Named(entry.getKey(), entry.getValue()))
                .toList();
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
        watermark = Optional.of(new Watermark(
                delay, map.duration("max_future").orElse(Duration.ofMinutes(5)), map.duration("idle_close")));
        map.refuseOthers();
    }

    private void dedup(YamlMap map) {
        var by = map.texts("by");
        if (by.isEmpty()) {
            problems.add(map.place(), "dedup does not say by which fields", "write e.g. 'by: [tweet_id]'");
        }
        map.converted(
                "keep",
                text -> "first".equals(text) ? Optional.of(text) : Optional.<String>empty(),
                "is not a way to choose a copy",
                "use first");
        var within = map.duration("within");
        if (within.isEmpty()) {
            problems.add(
                    map.place(),
                    "dedup does not say how long the stream remembers a key",
                    "write e.g. 'within: %s'".formatted(Durations.told(Duration.ofMinutes(30))));
        }
        if (dedup.isPresent()) {
            problems.add(map.place(), "dedup is set twice", "keep one of them");
        }
        dedup = Optional.of(new Dedup(by, within.orElse(Duration.ZERO)));
        map.refuseOthers();
    }
}
