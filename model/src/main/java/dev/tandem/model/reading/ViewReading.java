package dev.tandem.model.reading;

import dev.tandem.model.Expression;
import dev.tandem.model.Measure;
import dev.tandem.model.Place;
import dev.tandem.model.Step;
import dev.tandem.model.View;
import dev.tandem.model.Window;
import dev.tandem.model.keys.ViewKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** The {@code views} of a definition. */
final class ViewReading {
    static final List<String> BOUNDS = List.of("window_start", "window_end");
    /** The number of a view takes one signed byte in packed records and in state files. */
    private static final int MOST_VIEWS = 127;

    private static final List<String> DIRECTIONS = List.of("asc", "desc");

    private final Problems problems;

    ViewReading(Problems problems) {
        this.problems = problems;
    }

    List<View> views(YamlMap top) {
        var map = top.map("views");
        var views = new ArrayList<View>();
        map.ifPresent(all -> {
            all.refuseMoreThan(MOST_VIEWS, "views", "divide the definition into several pipelines on the same source");
            for (var name : all.keys()) {
                all.checkName(name, all.placeOfKey(name));
                all.map(name).ifPresent(view -> views.add(view(name, view, views)));
            }
        });
        if (views.isEmpty()) {
            problems.add(
                    top.placeOfKey("views"),
                    "the definition has no view",
                    "add e.g. 'views: { per_hour: { window: { tumbling: 1 hour }, measures: { n: count(*) } } }'");
        }
        return views;
    }

    private View view(String name, YamlMap map, List<View> earlier) {
        boolean ranked = map.has("from");
        View view = ranked ? top(name, map, earlier) : grouped(name, map);
        map.refuseOthers(ranked ? ViewKeys.RANKED : ViewKeys.GROUPED);
        return view;
    }

    private View grouped(String name, YamlMap map) {
        var explode = map.map("explode").map(it -> {
            var read = new View.Explode(it.requiredExpression("each", "tags"), it.name("as", "tag"));
            it.refuseOthers(ViewKeys.EXPLODE);
            return read;
        });
        var where = map.expression("where");
        var window = map.map("window").map(new WindowReading(problems)::window).orElseGet(Window.Global::new);
        var keys = map.node("by").map(node -> keys(map, node)).orElse(List.of());
        var measures =
                map.map("measures").map(new MeasureReading(problems)::measures).orElse(List.of());
        if (measures.isEmpty()) {
            problems.add(
                    map.place(),
                    "the view '%s' has no measures".formatted(name),
                    "add e.g. 'measures: { n: count(*) }'");
        }
        var derived = map.map("derive").map(YamlMap::expressions).orElse(List.of()).stream()
                .map(entry -> new Step.Named(entry.getKey(), entry.getValue()))
                .toList();
        var having = map.expression("having");
        var drawable = Stream.concat(
                        measures.stream().map(Measure::name), derived.stream().map(Step.Named::name))
                .toList();
        var chart = map.map("chart").map(new ChartReading(problems, drawable)::chart);
        var view = new View.Grouped(name, explode, where, window, keys, measures, derived, having, chart);
        refuseTwins(map, view);
        return view;
    }

    /** {@code by} is a list of fields, or a mapping from a name to the expression that gives it. */
    private List<View.Key> keys(YamlMap map, Node node) {
        if (node instanceof org.snakeyaml.engine.v2.nodes.MappingNode) {
            return YamlMap.of(node, "'by'", problems).expressions().stream()
                    .map(entry -> new View.Key(entry.getKey(), entry.getValue()))
                    .toList();
        }
        return map.list("by").stream().flatMap(it -> key(map, it).stream()).toList();
    }

    private static Optional<View.Key> key(YamlMap map, Node node) {
        var place = YamlMap.placeOf(node);
        return map.scalar(node, "an entry of 'by'").map(name -> {
            map.checkName(name, place);
            return new View.Key(name, new Expression("`" + name + "`", place));
        });
    }

    private void refuseTwins(YamlMap map, View.Grouped view) {
        var names = new HashMap<String, String>();
        for (var name : columns(view)) {
            var other = names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (name.equals(other)) {
                problems.add(map.place(), "the column '%s' stands twice".formatted(name), "rename one of them");
            } else if (other != null) {
                problems.add(
                        map.place(),
                        "the columns '%s' and '%s' differ by case alone, and databases take them for one"
                                .formatted(other, name),
                        "rename one of them");
            } else if (BOUNDS.contains(name.toLowerCase(Locale.ROOT))) {
                problems.add(
                        map.place(),
                        "a window has a column '%s' of its own".formatted(name),
                        "rename this one, or leave it out");
            }
        }
    }

    private View top(String name, YamlMap map, List<View> earlier) {
        var from = map.requiredText("from", "window_stats");
        var top = map.map("top");
        if (top.isEmpty()) {
            problems.add(
                    map.place(),
                    "the view '%s' does not say which rows".formatted(name),
                    "add 'top: { n: 10, order: [n desc] }'");
            return new View.Top(name, from, 1, List.of());
        }
        var columns = rankedColumns(map, from, earlier);
        int count = top.get().whole("n", 1).orElse(1);
        top.get().requiredText("n", "10");
        top.get()
                .text("per")
                .filter(per -> !per.equals("window"))
                .ifPresent(per ->
                        problems.add(map.place(), "top cannot be taken per '%s'".formatted(per), "use per: window"));
        var orders = top.get().texts("order").stream()
                .map(text -> order(text, columns, top.get().placeOfValue("order")))
                .toList();
        top.get().refuseOthers(ViewKeys.TOP);
        return new View.Top(name, from, count, orders);
    }

    /** The columns of the view that is ranked; none if there is no such view. */
    private List<String> rankedColumns(YamlMap map, String from, List<View> earlier) {
        var ranked = earlier.stream()
                .filter(view -> view.name().equals(from))
                .flatMap(view -> view.asGrouped().stream())
                .findFirst();
        if (ranked.isEmpty()) {
            var known = earlier.stream().map(View::name).toList();
            problems.add(
                    map.placeOfValue("from"),
                    "there is no view '%s' above this one".formatted(from),
                    Problems.hint(from, known));
            return List.of();
        }
        if (ranked.get().window().isSession()) {
            problems.add(
                    map.placeOfValue("from"),
                    "the sessions of '%s' cannot be ranked: each is its key's own, with no other row in it"
                            .formatted(from),
                    "rank a view with another window");
        }
        var columns = columns(ranked.get());
        refuseRank(map, from, columns);
        return columns;
    }

    private void refuseRank(YamlMap map, String from, List<String> columns) {
        columns.stream()
                .filter(View.Top.RANK::equalsIgnoreCase)
                .forEach(name -> problems.add(
                        map.placeOfValue("from"),
                        "'%s' has a column '%s', which is what a top view calls the place in the ranking"
                                .formatted(from, name),
                        "rename that column"));
    }

    /** Keys, measures and derived columns. */
    static List<String> columns(View.Grouped view) {
        var columns = new ArrayList<String>();
        view.by().forEach(key -> columns.add(key.name()));
        view.measures().forEach(measure -> columns.add(measure.name()));
        view.derive().forEach(derived -> columns.add(derived.name()));
        return columns;
    }

    private View.Order order(String text, List<String> columns, Place place) {
        var words = text.strip().split("\\s+");
        if (!columns.isEmpty() && !columns.contains(words[0])) {
            problems.add(
                    place, "there is no column '%s' to order by".formatted(words[0]), Problems.hint(words[0], columns));
        }
        if (words.length > 2 || (words.length == 2 && !DIRECTIONS.contains(words[1].toLowerCase(Locale.ROOT)))) {
            problems.add(place, "'%s' is not an order".formatted(text), "write e.g. [n desc, name asc]");
        }
        return new View.Order(words[0], words.length > 1 && words[1].equalsIgnoreCase("desc"));
    }
}
