package dev.tandem.model.reading;

import dev.tandem.model.Dedup;
import dev.tandem.model.Meaning;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Schema;
import dev.tandem.model.Source;
import dev.tandem.model.View;
import dev.tandem.model.Watermark;
import dev.tandem.model.keys.DefinitionKeys;
import dev.tandem.model.record.Envelope;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** The top of a definition: each key read into its part of the {@link Pipeline}. */
final class PipelineReading {
    private static final Watermark USUAL =
            new Watermark(Duration.ofMinutes(1), Duration.ofMinutes(5), Optional.empty());

    private final Problems problems;
    private final Optional<String> profile;

    PipelineReading(Problems problems, Optional<String> profile) {
        this.problems = problems;
        this.profile = profile;
    }

    Pipeline read(Node root, String hash, Meaning meaning) {
        var map = YamlMap.of(root, "a definition", problems);
        var pipeline = pipeline(map, hash, meaning);
        Profiles.check(map, profile, problems);
        map.refuseOthers(DefinitionKeys.ALL);
        return pipeline;
    }

    private Pipeline pipeline(YamlMap map, String hash, Meaning meaning) {
        var name = name(map);
        var about = map.text("about").orElse("");
        var time = time(map);
        var sourceMap = map.map("source");
        var fields = new SchemaReading(problems);
        var schema = fields.schema(map);
        checkEventTime(time, schema);
        var dimensions = new DimensionReading(problems).dimensions(map);
        var columns = new Columns(schema, fields.whole());
        var steps = new StepReading(problems, schema, columns, dimensions).read(map);
        var views = new ViewReading(problems).views(map);
        checkWatermark(map, steps, views);
        checkSketches(steps, views);
        var outputs = new OutputReading(problems, views, steps).outputs(map);
        var source = source(map, sourceMap, outputs);
        checkRecords(map, sourceMap.orElse(map), source, schema, outputs);
        var plans = new PlanReading(problems);
        return new Pipeline(
                name,
                about,
                time.event(),
                time.zone(),
                source,
                schema,
                dimensions,
                steps.steps(),
                steps.watermark().orElse(USUAL),
                steps.dedup(),
                views,
                outputs,
                plans.stream(map, views),
                plans.batch(map),
                plans.parity(map, views),
                plans.targets(map, views),
                new GenerateReading(problems).generate(map),
                hash,
                meaning.landedWith(Envelope.of(schema).told()));
    }

    private String name(YamlMap map) {
        var name = map.name("pipeline", "my_pipeline");
        var whole = profile.filter(it -> !name.isEmpty()).map(it -> name + "_" + it);
        whole.ifPresent(it -> map.checkName(it, map.placeOfValue("pipeline")));
        return whole.orElse(name);
    }

    /** The key 'time': the field of event times, the zone of days, and where both are said. */
    private record Time(String event, ZoneId zone, YamlMap section) {}

    private Time time(YamlMap map) {
        var time = map.map("time");
        var event = time.map(it -> it.name("event", "created_at")).orElse("");
        var zone = time.flatMap(it -> it.zone("zone")).orElse((ZoneId) ZoneOffset.UTC);
        time.ifPresentOrElse(
                it -> it.refuseOthers(DefinitionKeys.TIME), () -> missing(map, "time", "time: { event: created_at }"));
        return new Time(event, zone, time.orElse(map));
    }

    private void missing(YamlMap map, String key, String example) {
        problems.add(map.place(), "the key '%s' is missing".formatted(key), "add e.g. '%s'".formatted(example));
    }

    private void checkEventTime(Time time, Schema schema) {
        var event = time.event();
        var place = time.section().placeOfValue("event");
        var field = schema.named(event);
        if (!event.isEmpty() && !schema.fields().isEmpty() && field.isEmpty()) {
            problems.add(
                    place,
                    "the schema has no field '%s'".formatted(event),
                    Problems.hint(event, SchemaReading.names(schema)));
        } else if (field.isPresent() && !field.get().type().isTimestamp()) {
            problems.add(place, "'%s' is not a TIMESTAMP".formatted(event), "give it that type in the schema");
        }
    }

    /** Running totals never close, so how late an event may be decides nothing about them. */
    private void checkWatermark(YamlMap map, StepReading steps, List<View> views) {
        boolean running = !views.isEmpty()
                && views.stream().allMatch(view -> view.fold(it -> it.window().isGlobal(), top -> true));
        if (steps.watermark().isEmpty() && map.has("steps") && !running) {
            problems.add(
                    map.placeOfKey("steps"),
                    "no step says how late an event may be",
                    "add '- watermark: { delay: 2 minutes, max_future: 1 minute }'");
        }
    }

    /** Where a later copy counts, the part of the earlier one is taken back. */
    private void checkSketches(StepReading steps, List<View> views) {
        if (steps.dedup().filter(it -> it.keep() == Dedup.Keep.LAST).isEmpty()) {
            return;
        }
        views.stream()
                .flatMap(view -> view.asGrouped().stream())
                .flatMap(view -> view.measures().stream())
                .filter(measure -> !measure.kind().isRetractable())
                .forEach(measure -> problems.add(
                        measure.argument().orElseThrow().place(),
                        "'%s' cannot be counted approximately where the last copy is kept: a sketch gives nothing back"
                                .formatted(measure.name()),
                        "use distinct, or 'keep: first' in the dedup"));
    }

    private Source source(YamlMap map, Optional<YamlMap> source, List<Output> outputs) {
        if (source.isEmpty()) {
            missing(map, "source", "source: { kafka: my_topic, format: json, land: { table: my_raw, in: mysql } }");
        }
        return source.map(it -> new SourceReading(problems).source(it, outputs))
                .orElse(new Source.Kafka("", new Source.Landing.Table("", "", List.of())));
    }

    /** What the source and the rest must agree on. */
    private void checkRecords(YamlMap map, YamlMap place, Source source, Schema schema, List<Output> outputs) {
        OwnColumnsReading.refuse(source.landing(), schema, problems, map.placeOfValue("schema"));
        var fields = new SchemaReading(problems);
        fields.refuseUnfit(schema, source.format(), map.placeOfValue("schema"));
        fields.refuseUnknown(schema, source, map.placeOfValue("schema"));
        if (map.has("attach") && topics(source).size() > 1) {
            problems.add(
                    place.placeOfValue("kafka"),
                    "a definition with 'attach' reads one topic",
                    "name the topic that both jobs read");
        }
        source.asRows()
                .filter(rows -> !map.has("attach"))
                .ifPresent(
                        rows -> problems.add(
                                place.place(),
                                "a stream cannot read the %s: only 'attach' takes rows as its log"
                                        .formatted(rows.place().told()),
                                "read a topic or files, or name the tables of your jobs under 'attach' in the place of 'outputs'"));
        for (var output : outputs) {
            target(output, source)
                    .ifPresent(target -> problems.add(
                            place.place(),
                            "an output writes into what the source reads: '%s'".formatted(target),
                            "name another one in 'outputs'"));
        }
    }

    /** The topic, folder or home of the landed log of {@code source}, if {@code output} writes into it. */
    private static Optional<String> target(Output output, Source source) {
        Function<Output, Optional<String>> folder = it -> folder(it, source);
        return output.fold(
                table -> landingTable(source)
                        .filter(it -> table.database().equals(source.landing().database()))
                        .filter(it -> Stream.of(Mode.values())
                                .anyMatch(mode -> table.table(mode).equalsIgnoreCase(it))),
                topic -> Optional.of(topic.topic()).filter(topics(source)::contains),
                folder::apply,
                folder::apply,
                folder::apply,
                folder::apply,
                custom -> Optional.empty(),
                console -> Optional.empty());
    }

    private static List<String> topics(Source source) {
        return source.asKafka().map(Source.Kafka::topics).orElse(List.of());
    }

    private static Optional<String> folder(Output output, Source source) {
        return folders(source)
                .filter(folder -> Stream.of(Mode.values())
                        .anyMatch(mode -> OutputReading.folder(
                                        Output.inMode(output.path().orElse(""), mode))
                                .equals(OutputReading.folder(folder))))
                .findFirst();
    }

    private static Optional<String> landingTable(Source source) {
        return source.landing().fold(table -> Optional.of(table.table()), segments -> Optional.<String>empty());
    }

    /** Those that the source reads or keeps its records in. */
    private static Stream<String> folders(Source source) {
        return Stream.concat(
                source.fold(
                        topic -> Stream.<String>empty(), files -> Stream.of(files.folder()), rows -> Stream.empty()),
                source.landing().fold(table -> Stream.<String>empty(), segments -> Stream.of(segments.folder())));
    }
}
