package dev.tandem.model.reading;

import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.View;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The {@code outputs} of a definition. */
final class OutputReading {
    private final Problems problems;

    OutputReading(Problems problems) {
        this.problems = problems;
    }

    List<Output> outputs(YamlMap top, List<View> views) {
        var names = views.stream().map(View::name).toList();
        var outputs = top.list("outputs").stream()
                .map(node -> output(YamlMap.of(node, "an output", problems), names))
                .toList();
        if (outputs.isEmpty()) {
            problems.add(
                    top.placeOfKey("outputs"),
                    "the definition has no output",
                    "add e.g. '- { view: window_stats, table: \"${mode}_window_stats\", in: mysql }'");
        }
        return outputs;
    }

    private Output output(YamlMap map, List<String> views) {
        var view = map.requiredText("view", "window_stats");
        if (!view.isEmpty() && !views.contains(view)) {
            problems.add(map.placeOfValue("view"), "there is no view '%s'".formatted(view), Problems.mend(view, views));
        }
        Output output = map.keys().contains("kafka") ? topic(map, view) : table(map, view);
        map.refuseOthers();
        return output;
    }

    private static Output topic(YamlMap map, String view) {
        var mode = map.converted("mode", OutputReading::mode, "is not a mode", "use stream or batch");
        return new Output.Topic(view, map.requiredText("kafka", "results_feed"), mode);
    }

    private static Optional<Mode> mode(String text) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.word().equals(text))
                .findFirst();
    }

    private Output table(YamlMap map, String view) {
        var table = map.requiredText("table", "${mode}_window_stats");
        map.checkName(table.replace("${mode}", "stream"), map.placeOfValue("table"));
        if (!table.isEmpty() && !table.contains("${mode}")) {
            problems.add(
                    map.placeOfValue("table"),
                    "stream and batch would write the same table '%s'".formatted(table),
                    "put ${mode} into the name, as in \"${mode}_%s\"".formatted(table));
        }
        return new Output.Table(view, table, map.name("in", "mysql"));
    }
}
