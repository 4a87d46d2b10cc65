package dev.tandem.model.reading;

import dev.tandem.model.Expression;
import dev.tandem.model.Measure;
import dev.tandem.model.Place;
import dev.tandem.model.View;
import dev.tandem.model.Window;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** The {@code views} of a definition. */
final class ViewReading {
    private static final Pattern MEASURE = Pattern.compile("(\\w+)\\s*\\((.*)\\)", Pattern.DOTALL);
    private static final Pattern FILTERED =
            Pattern.compile("(.*\\))\\s*FILTER\\s*\\(\\s*WHERE\\s(.+)\\)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final List<String> KINDS = List.of("tumbling", "sliding", "calendar", "global");
    private static final List<String> DIRECTIONS = List.of("asc", "desc");

    private final Problems problems;

    ViewReading(Problems problems) {
        this.problems = problems;
    }

    List<View> views(YamlMap top) {
        var map = top.map("views");
        var views = new ArrayList<View>();
        map.ifPresent(all -> {
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
        View view = map.keys().contains("from") ? top(name, map, earlier) : grouped(name, map);
        map.refuseOthers();
        return view;
    }

    private View grouped(String name, YamlMap map) {
        var explode = map.map("explode").map(it -> {
            var read = new View.Explode(it.requiredExpression("each", "tags"), it.name("as", "tag"));
            it.refuseOthers();
            return read;
        });
        var where = map.expression("where");
        var window = map.map("window").map(this::window).orElse(new Window.Global());
        var keys = map.node("by").map(node -> keys(map, node)).orElse(List.of());
        var measures = map.map("measures").map(this::measures).orElse(List.of());
        if (measures.isEmpty()) {
            problems.add(
                    map.place(),
                    "the view '%s' has no measures".formatted(name),
                    "add e.g. 'measures: { n: count(*) }'");
        }
        refuseTwins(map, keys, measures);
        return new View.Grouped(name, explode, where, window, keys, measures);
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

    private void refuseTwins(YamlMap map, List<View.Key> keys, List<Measure> measures) {
        var names = new HashSet<String>();
        Stream.concat(keys.stream().map(View.Key::name), measures.stream().map(Measure::name))
                .filter(name -> !names.add(name))
                .forEach(name -> problems.add(
                        map.place(), "the column '%s' stands twice".formatted(name), "rename one of them"));
    }

    private Window window(YamlMap map) {
        var zone = map.zone("zone").orElse(ZoneOffset.UTC);
        refuseMixture(map);
        var tumbling = map.duration("tumbling");
        var sliding = map.duration("sliding");
        var every = map.duration("every");
        var calendar = map.converted("calendar", ViewReading::unit, "is not a calendar window", "use day or hour");
        map.converted("global", ViewReading::yes, "is not a choice", "write global: true");
        map.refuseOthers();
        try {
            if (tumbling.isPresent()) {
                return new Window.Tumbling(tumbling.get());
            }
            if (sliding.isPresent()) {
                return new Window.Sliding(sliding.get(), every.orElse(Duration.ZERO));
            }
            if (calendar.isPresent()) {
                return new Window.Calendar(calendar.get(), zone);
            }
        } catch (IllegalArgumentException e) {
            problems.add(
                    map.place(), "this window cannot be cut: " + e.getMessage(), "write e.g. { tumbling: 20 minutes }");
            return new Window.Global();
        }
        return new Window.Global();
    }

    private void refuseMixture(YamlMap map) {
        var keys = map.keys();
        var kinds = KINDS.stream().filter(keys::contains).toList();
        if (kinds.size() != 1) {
            problems.add(
                    map.place(),
                    kinds.isEmpty()
                            ? "this window has no kind"
                            : "this window is of several kinds: " + String.join(", ", kinds),
                    "use tumbling, sliding with every, calendar, or global: true");
        }
        refuseWithout(map, "every", "sliding");
        refuseWithout(map, "zone", "calendar");
    }

    private void refuseWithout(YamlMap map, String key, String owner) {
        if (map.keys().contains(key) && !map.keys().contains(owner)) {
            problems.add(map.placeOfKey(key), "'%s' goes with '%s' only".formatted(key, owner), "remove it");
        }
    }

    private static Optional<Boolean> yes(String text) {
        return text.equals("true") ? Optional.of(true) : Optional.empty();
    }

    private static Optional<ChronoUnit> unit(String text) {
        return switch (text) {
            case "day" -> Optional.of(ChronoUnit.DAYS);
            case "hour" -> Optional.of(ChronoUnit.HOURS);
            default -> Optional.empty();
        };
    }

    private List<Measure> measures(YamlMap map) {
        return map.expressions().stream()
                .flatMap(entry -> measure(entry).stream())
                .toList();
    }

    private Optional<Measure> measure(Map.Entry<String, Expression> entry) {
        var place = entry.getValue().place();
        var text = entry.getValue().text().strip();
        var filtered = FILTERED.matcher(text);
        Optional<Expression> filter = filtered.matches()
                ? Optional.of(new Expression(filtered.group(2).strip(), place))
                : Optional.empty();
        var call = MEASURE.matcher(filtered.matches() ? filtered.group(1) : text);
        var example = "write e.g. count(*), sum(amount) or count(*) FILTER (WHERE kind = 'buy')";
        if (!call.matches()) {
            problems.add(place, "'%s' is not a measure".formatted(text), example);
            return Optional.empty();
        }
        var word = call.group(1);
        var kind = Measure.Kind.named(word);
        if (kind.isEmpty()) {
            problems.add(place, "there is no measure '%s'".formatted(word), Problems.mend(word, Measure.Kind.words()));
            return Optional.empty();
        }
        var argument = call.group(2).strip();
        boolean star = argument.equals("*");
        if (argument.isEmpty() || (star && kind.get() != Measure.Kind.COUNT)) {
            problems.add(place, "%s needs something to compute".formatted(word), example);
            return Optional.empty();
        }
        Optional<Expression> computed = star ? Optional.empty() : Optional.of(new Expression(argument, place));
        return Optional.of(new Measure(entry.getKey(), kind.get(), computed, filter));
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
        var source = earlier.stream()
                .filter(view -> view instanceof View.Grouped && view.name().equals(from))
                .findFirst();
        if (source.isEmpty()) {
            var known = earlier.stream().map(View::name).toList();
            problems.add(
                    map.placeOfValue("from"),
                    "there is no view '%s' above this one".formatted(from),
                    Problems.mend(from, known));
        }
        int count = top.get().whole("n", 1).orElse(1);
        top.get().requiredText("n", "10");
        top.get()
                .text("per")
                .filter(per -> !per.equals("window"))
                .ifPresent(per ->
                        problems.add(map.place(), "top cannot be taken per '%s'".formatted(per), "use per: window"));
        var columns = source.map(view -> columns((View.Grouped) view)).orElse(List.of());
        var orders = top.get().texts("order").stream()
                .map(text -> order(text, columns, top.get().placeOfValue("order")))
                .toList();
        top.get().refuseOthers();
        return new View.Top(name, from, count, orders);
    }

    private static List<String> columns(View.Grouped view) {
        var columns = new ArrayList<String>();
        view.by().forEach(key -> columns.add(key.name()));
        view.measures().forEach(measure -> columns.add(measure.name()));
        return columns;
    }

    private View.Order order(String text, List<String> columns, Place place) {
        var words = text.strip().split("\\s+");
        if (!columns.isEmpty() && !columns.contains(words[0])) {
            problems.add(
                    place, "there is no column '%s' to order by".formatted(words[0]), Problems.mend(words[0], columns));
        }
        if (words.length > 2 || (words.length == 2 && !DIRECTIONS.contains(words[1].toLowerCase(Locale.ROOT)))) {
            problems.add(place, "'%s' is not an order".formatted(text), "write e.g. [n desc, name asc]");
        }
        return new View.Order(words[0], words.length > 1 && words[1].equalsIgnoreCase("desc"));
    }
}
