package dev.tandem.model.reading;

import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Output.What;
import dev.tandem.model.View;
import dev.tandem.model.keys.OutputKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** The {@code outputs} of a definition. */
final class OutputReading {
    private static final String ATTACH = "attach";
    private static final String MODE = "${mode}";
    private static final List<String> KINDS = OutputKeys.media();
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(15);

    private final Problems problems;
    private final ColumnsOf columnsOf;
    private final OwnColumnsReading ownColumns;
    private final List<String> views;
    private final Map<String, List<String>> branches;

    /** Where each mode writes already. */
    private final Map<String, String> taken = new HashMap<>();

    OutputReading(Problems problems, List<View> views, StepReading steps) {
        this.problems = problems;
        this.views = views.stream().map(View::name).toList();
        branches = steps.branches();
        columnsOf = new ColumnsOf(views, steps);
        ownColumns = new OwnColumnsReading(problems, columnsOf, steps.columns());
    }

    /** None where the definition is attached to the tables of other jobs, which {@code attach} names in the place of outputs. */
    List<Output> outputs(YamlMap top) {
        if (top.node(ATTACH).isPresent()) {
            return none(top);
        }
        var outputs = new ArrayList<Output>();
        var nodes = top.list("outputs");
        nodes.forEach(node -> output(node).ifPresent(outputs::add));
        if (nodes.isEmpty()) {
            problems.add(
                    top.placeOfKey("outputs"),
                    "the definition has no output",
                    "add e.g. '- { view: window_stats, table: \"${mode}_window_stats\", in: mysql }'");
        }
        return outputs;
    }

    private List<Output> none(YamlMap top) {
        if (!top.list("outputs").isEmpty()) {
            problems.add(
                    top.placeOfKey(ATTACH),
                    "'attach' stands in the place of 'outputs', and both are here",
                    "remove 'outputs' to explain the tables of other jobs, or 'attach' to run this definition");
        }
        return List.of();
    }

    private Optional<Output> output(Node node) {
        var map = YamlMap.of(node, "an output", problems);
        var what = what(map);
        var kind = map.onlyOneOf(KINDS, "this output", "write one of " + String.join(", ", KINDS));
        var mode = map.converted("mode", OutputReading::mode, "is not a mode", "use stream or batch");
        var output = kind.map(word -> switch (word) {
            case "table" -> table(map, what, mode);
            case "kafka" ->
                new Output.Topic(what, map.requiredText("kafka", "results_feed"), topicKey(map, what), mode);
            case "lake" -> lake(map, what, mode);
            case "csv" -> new Output.Csv(what, folder(map, "csv", mode), mode);
            case "snapshot" -> snapshots(map, what, mode);
            case "latest" -> latest(map, what, mode);
            case "sink" -> custom(map, what, mode);
            default -> console(map, what, mode);
        });
        kind.ifPresent(word -> ownColumns.refuse(what, word, map.placeOfValue(word)));
        map.refuseOthers(known(map));
        return output;
    }

    /** The keys of its kind, and {@code rows}, which has a message of its own; those of all kinds where it is not one of them. */
    private static Set<String> known(YamlMap map) {
        var kinds = KINDS.stream().filter(map::has).toList();
        var known = new LinkedHashSet<String>();
        (kinds.size() == 1 ? kinds : KINDS)
                .forEach(kind -> known.addAll(OutputKeys.of(kind).names()));
        if (map.has("rows")) {
            known.add("rows");
        }
        return known;
    }

    private static Optional<Mode> mode(String text) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.word().equals(text))
                .findFirst();
    }

    private What what(YamlMap map) {
        var view = map.filledText("view", "window_stats");
        boolean viewsOnly = (map.has("snapshot") || map.has("latest")) && !map.has("rows");
        Optional<String> rows = viewsOnly ? Optional.empty() : map.filledText("rows", "events");
        if (map.has("view") && map.has("rows")) {
            problems.add(map.place(), "this output writes both a view and rows", "make two outputs of it");
        } else if (!map.has("view") && !map.has("rows")) {
            problems.add(map.place(), "this output does not say what it writes", "add e.g. 'view: window_stats'");
        }
        view.filter(name -> !views.contains(name))
                .ifPresent(name -> problems.add(
                        map.placeOfValue("view"), "there is no view '%s'".formatted(name), Problems.hint(name, views)));
        return rows.map(name -> records(map, name)).orElseGet(() -> new What.OfView(view.orElse("")));
    }

    private What records(YamlMap map, String name) {
        if (name.equals(StepReading.EVENTS)) {
            return new What.Records(What.Kind.EVENTS, name);
        }
        if (name.equals(StepReading.QUARANTINE)) {
            return new What.Records(What.Kind.QUARANTINE, name);
        }
        if (!branches.containsKey(name)) {
            var known = new ArrayList<>(List.of(StepReading.EVENTS, StepReading.QUARANTINE));
            known.addAll(branches.keySet());
            problems.add(
                    map.placeOfValue("rows"), "there are no rows '%s'".formatted(name), Problems.hint(name, known));
        }
        return new What.Records(What.Kind.BRANCH, name);
    }

    private Output table(YamlMap map, What what, Optional<Mode> mode) {
        var table = map.requiredText("table", "${mode}_window_stats");
        map.checkName(table.replace(MODE, "stream"), map.placeOfValue("table"));
        var database = Databases.named(map, "in", problems);
        claim(map, "table", table, "%s in %s".formatted(table.toLowerCase(Locale.ROOT), database), mode);
        var key = map.texts("key");
        if (what.isView()) {
            refuseKeyOfView(map);
        } else if (columnsOf.isQuarantine(what)) {
            problems.add(
                    map.placeOfKey("table"),
                    "the quarantine stands in the table tandem_quarantine already",
                    "remove this output, or write it to a lake, csv, kafka or console");
        } else if (key.isEmpty()) {
            problems.add(
                    map.placeOfKey("key"),
                    "a table of rows does not say what identifies one",
                    "write e.g. 'key: [order_id]'");
        }
        key.forEach(name -> check(map, "key", what, name));
        return new Output.Table(what, table, database, key, mode);
    }

    private Optional<String> topicKey(YamlMap map, What what) {
        var key = map.filledText("key", "user_id");
        if (what.isView()) {
            refuseKeyOfView(map);
        }
        key.ifPresent(name -> check(map, "key", what, name));
        return key;
    }

    private void refuseKeyOfView(YamlMap map) {
        if (map.has("key")) {
            problems.add(
                    map.placeOfKey("key"),
                    "'key' goes with 'rows' only: a view's rows are identified by window and key",
                    "remove it");
        }
    }

    private Output lake(YamlMap map, What what, Optional<Mode> mode) {
        var folder = folder(map, "lake", mode);
        var partition = map.texts("partition");
        partition.forEach(name -> check(map, "partition", what, name));
        return new Output.Lake(what, folder, partition, mode);
    }

    private Output snapshots(YamlMap map, What what, Optional<Mode> mode) {
        var folder = folder(map, "snapshot", mode);
        var every = map.duration("every").orElse(USUAL_PAUSE);
        if (every.isZero()) {
            problems.add(
                    map.placeOfValue("every"), "snapshots need a pause between them", "write e.g. 'every: 15 seconds'");
        }
        if (!what.isView()) {
            problems.add(
                    map.placeOfKey("snapshot"),
                    "only a view has snapshots: rows are only ever added to",
                    "write them to csv or lake");
        }
        return new Output.Snapshots(what, folder, every, mode);
    }

    private Output latest(YamlMap map, What what, Optional<Mode> mode) {
        var folder = folder(map, "latest", mode);
        if (!what.isView()) {
            problems.add(
                    map.placeOfKey("latest"),
                    "only a view has latest rows: records are only ever added to",
                    "write them to csv or lake");
        }
        return new Output.Latest(what, folder, mode);
    }

    private static Output custom(YamlMap map, What what, Optional<Mode> mode) {
        var name = map.name("sink", "webhook");
        var settings = new LinkedHashMap<String, String>();
        map.map("with")
                .ifPresent(with -> with.keys().forEach(key -> {
                    with.checkName(key, with.placeOfKey(key));
                    with.text(key).ifPresent(text -> settings.put(key, text));
                }));
        return new Output.Custom(what, name, settings, mode, map.placeOfValue("sink"));
    }

    private static Output console(YamlMap map, What what, Optional<Mode> mode) {
        map.converted(
                "console",
                text -> text.equals("true") ? Optional.of(text) : Optional.<String>empty(),
                "is not a choice",
                "write console: true");
        return new Output.Console(what, mode);
    }

    private String folder(YamlMap map, String kind, Optional<Mode> mode) {
        var folder = map.requiredText(kind, "data/${mode}/window_stats");
        claim(map, kind, folder, folder(folder), mode);
        return folder;
    }

    /** One spelling for each folder. */
    static String folder(String path) {
        return path.replaceAll("/(\\./)*/*", "/").replaceAll("^(\\./)+|/$", "");
    }

    /** Tells where {@code target} would be written to twice in one mode. */
    private void claim(YamlMap map, String key, String target, String identity, Optional<Mode> mode) {
        if (target.isBlank()) {
            return;
        }
        var what = key.equals("table") ? "table" : "folder";
        if (!target.contains(MODE) && mode.isEmpty()) {
            problems.add(
                    map.placeOfValue(key),
                    "stream and batch would write the same %s '%s'".formatted(what, target),
                    key.equals("table")
                            ? "put ${mode} into the name, as in \"${mode}_%s\", or add 'mode: stream'".formatted(target)
                            : "put ${mode} into the path, as in \"%s/${mode}\", or add 'mode: stream'"
                                    .formatted(target));
            return;
        }
        for (var each : mode.map(List::of).orElse(List.of(Mode.values()))) {
            var told = taken.putIfAbsent(each.word() + what + Output.inMode(identity, each), target);
            if (told != null) {
                problems.add(
                        map.placeOfValue(key),
                        "another output writes the %s '%s' in the same mode".formatted(what, target),
                        "name another one");
                return;
            }
        }
    }

    private void check(YamlMap map, String key, What what, String name) {
        columnsOf
                .columns(what)
                .filter(known -> !known.contains(name))
                .ifPresent(known -> problems.add(
                        map.placeOfValue(key),
                        "no column '%s' of '%s' can be its %s".formatted(name, what.name(), key),
                        known.isEmpty() ? "leave it out" : Problems.hint(name, known)));
    }
}
