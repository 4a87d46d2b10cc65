package dev.tandem.model.reading;

import dev.tandem.model.Chart;
import dev.tandem.model.keys.ViewKeys;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The {@code chart} of a view. */
final class ChartReading {
    private final Problems problems;
    private final List<String> columns;

    /** {@code columns} are the measures and derived columns that can be drawn. */
    ChartReading(Problems problems, List<String> columns) {
        this.problems = problems;
        this.columns = columns;
    }

    Chart chart(YamlMap map) {
        map.requiredText("kind", "line");
        var kind = map.word("kind", ViewKeys.CHART.words("kind"), "is no kind of chart")
                .flatMap(ChartReading::named)
                .orElse(Chart.Kind.LINE);
        List.of("low", "high", "volume").forEach(key -> refuseUnless(kind == Chart.Kind.PRICE, map, key, "price"));
        refuseUnless(kind == Chart.Kind.STEPS, map, "steps", "steps");
        var chart =
                new Chart(kind, column(map, "value"), band(map, kind), columns(map, "sides"), columns(map, "steps"));
        if (kind == Chart.Kind.STEPS && chart.steps().size() < 2) {
            problems.add(
                    map.place(),
                    "a chart of steps needs two columns or more",
                    "write e.g. 'steps: [views, clicks, buys]'");
        }
        if (map.has("sides") && chart.sides().size() != 2) {
            problems.add(
                    map.placeOfValue("sides"),
                    "'sides' needs two columns",
                    "write e.g. 'sides: [buy_count, sell_count]'");
        }
        map.refuseOthers(ViewKeys.CHART);
        return chart;
    }

    private static Optional<Chart.Kind> named(String word) {
        return Arrays.stream(Chart.Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private void refuseUnless(boolean fits, YamlMap map, String key, String kind) {
        if (!fits && map.has(key)) {
            problems.add(map.placeOfKey(key), "'%s' goes with 'kind: %s' only".formatted(key, kind), "remove it");
        }
    }

    private Optional<Chart.Band> band(YamlMap map, Chart.Kind kind) {
        var volume = column(map, "volume");
        if (kind != Chart.Kind.PRICE) {
            return Optional.empty();
        }
        map.requiredText("value", "avg_price");
        map.requiredText("low", "min_price");
        map.requiredText("high", "max_price");
        return Optional.of(new Chart.Band(
                column(map, "low").orElse(""), column(map, "high").orElse(""), volume));
    }

    private Optional<String> column(YamlMap map, String key) {
        var name = map.text(key).filter(text -> !text.isBlank());
        name.ifPresent(it -> check(map, key, it));
        return name;
    }

    private List<String> columns(YamlMap map, String key) {
        var names = map.texts(key);
        names.forEach(name -> check(map, key, name));
        return names;
    }

    private void check(YamlMap map, String key, String name) {
        if (!columns.contains(name)) {
            problems.add(
                    map.placeOfValue(key),
                    "there is no measure or derived column '%s' to draw".formatted(name),
                    Problems.hint(name, columns));
        }
    }
}
