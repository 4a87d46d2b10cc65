package dev.tandem.model.reading;

import dev.tandem.model.Durations;
import dev.tandem.model.Expression;
import dev.tandem.model.Place;
import dev.tandem.model.keys.Section;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML mapping that knows where each of its keys stands. Reading asks for keys one by one; {@link #refuseOthers} reports the
 * keys that are not described. Nothing here throws: a problem is noted and an empty value is given, so that one read finds all
 * problems.
 */
public final class YamlMap {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    private static final int MOST = 1_000_000;

    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final Place place;
    private final Problems problems;

    private YamlMap(Place place, Problems problems) {
        this.place = place;
        this.problems = problems;
    }

    static YamlMap of(Node node, String what, Problems problems) {
        var map = new YamlMap(placeOf(node), problems);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(map::enter);
        } else {
            problems.add(placeOf(node), what + " is not a mapping", "write it as keys and values");
        }
        return map;
    }

    private void enter(NodeTuple tuple) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
            if (entries.putIfAbsent(key.getValue(), tuple) != null) {
                problems.add(placeOf(key), "the key '%s' stands twice".formatted(key.getValue()), "remove one of them");
            }
        } else {
            problems.add(placeOf(tuple.getKeyNode()), "a key must be a word", "write a plain name");
        }
    }

    public Place place() {
        return place;
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Which one of {@code kinds} stands here; several or none are a problem, and then the first is given, if any. */
    Optional<String> onlyOneOf(List<String> kinds, String what, String hint) {
        var found = kinds.stream().filter(entries::containsKey).toList();
        if (found.size() != 1) {
            problems.add(
                    place,
                    found.isEmpty()
                            ? "%s has no kind".formatted(what)
                            : "%s is of several kinds: %s".formatted(what, String.join(", ", found)),
                    hint);
        }
        return found.stream().findFirst();
    }

    /** Tells {@code key} where it stands without any of {@code owners}. */
    void refuseWithout(String key, String... owners) {
        if (has(key) && Stream.of(owners).noneMatch(this::has)) {
            problems.add(
                    placeOfKey(key),
                    "'%s' goes with '%s' only".formatted(key, String.join("' or '", owners)),
                    "remove it");
        }
    }

    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    public Place placeOfKey(String key) {
        var tuple = entries.get(key);
        return tuple == null ? place : placeOf(tuple.getKeyNode());
    }

    public Place placeOfValue(String key) {
        var tuple = entries.get(key);
        return tuple == null ? place : placeOf(tuple.getValueNode());
    }

    Optional<Node> node(String key) {
        asked.add(key);
        return Optional.ofNullable(entries.get(key)).map(NodeTuple::getValueNode);
    }

    /** Whether {@code key} has a single value. */
    public boolean isText(String key) {
        var tuple = entries.get(key);
        return tuple != null && tuple.getValueNode() instanceof ScalarNode;
    }

    public Optional<String> text(String key) {
        return node(key).flatMap(value -> scalar(value, "'" + key + "'"));
    }

    public String requiredText(String key, String example) {
        var found = text(key);
        var hint = "'%s: %s'".formatted(key, example);
        if (!entries.containsKey(key)) {
            problems.add(place, "the key '%s' is missing".formatted(key), "add e.g. " + hint);
        } else if (found.isPresent() && found.get().isBlank()) {
            problems.add(placeOfValue(key), "the key '%s' has no value".formatted(key), "write e.g. " + hint);
        }
        return found.orElse("");
    }

    /** A name that is safe as an identifier in every database. */
    String name(String key, String example) {
        var text = requiredText(key, example);
        checkName(text, placeOfValue(key));
        return text;
    }

    void checkName(String text, Place where) {
        if (!text.isEmpty() && !NAME.matcher(text).matches()) {
            problems.add(
                    where,
                    "'%s' cannot be a name".formatted(text),
                    "use letters, digits and underscores, at most 63, not starting with a digit");
        }
    }

    /** Reports the first entry beyond {@code most}; {@code what} is a plural and {@code hint} says what to do instead. */
    void refuseMoreThan(int most, String what, String hint) {
        var keys = keys();
        if (keys.size() > most) {
            problems.add(
                    placeOfKey(keys.get(most)),
                    "the definition has %d %s; it may have at most %d".formatted(keys.size(), what, most),
                    hint);
        }
    }

    Optional<Expression> expression(String key) {
        return node(key)
                .flatMap(node -> scalar(node, "'" + key + "'").map(text -> new Expression(text, placeOf(node))));
    }

    Expression requiredExpression(String key, String example) {
        return new Expression(requiredText(key, example), placeOfValue(key));
    }

    public Optional<Duration> duration(String key) {
        return converted(key, Durations::read, "is not a length of time", "write e.g. 20 minutes or 30s");
    }

    /** A whole number of at least {@code least}. */
    public Optional<Integer> whole(String key, int least) {
        return converted(
                key,
                text -> wholeNumber(text)
                        .filter(it -> it >= least && it <= MOST)
                        .map(Long::intValue),
                "is not a whole number from %d to %d".formatted(least, MOST),
                "write e.g. 10");
    }

    /** Any whole number of 64 bits. */
    Optional<Long> seed(String key) {
        return converted(key, YamlMap::wholeNumber, "is not a whole number", "write e.g. 42");
    }

    public Optional<ZoneId> zone(String key) {
        return converted(key, YamlMap::zoneNamed, "is not a time zone", "write e.g. UTC or Asia/Kolkata");
    }

    /** Reads a value by {@code reader}; what it cannot read is a problem that says {@code what} and {@code hint}. */
    public <T> Optional<T> converted(String key, Function<String, Optional<T>> reader, String what, String hint) {
        return text(key).flatMap(text -> {
            var read = reader.apply(text);
            if (read.isEmpty()) {
                problems.add(placeOfValue(key), "'%s' %s".formatted(text, what), hint);
            }
            return read;
        });
    }

    public Optional<YamlMap> map(String key) {
        return node(key).map(node -> of(node, "'" + key + "'", problems));
    }

    List<Node> list(String key) {
        var found = node(key);
        if (found.isEmpty()) {
            return List.of();
        }
        if (found.get() instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problems.add(
                placeOf(found.get()), "'%s' is not a list".formatted(key), "write it as [a, b] or lines with dashes");
        return List.of();
    }

    public List<String> texts(String key) {
        return list(key).stream()
                .flatMap(node -> scalar(node, "an entry of '" + key + "'").stream())
                .toList();
    }

    /** One text, or a list of them. */
    public List<String> oneOrMore(String key) {
        return node(key).filter(ScalarNode.class::isInstance).isPresent()
                ? text(key).stream().toList()
                : texts(key);
    }

    /** A text with something in it; the key may be absent. */
    public Optional<String> filledText(String key, String example) {
        return has(key) ? Optional.of(requiredText(key, example)).filter(text -> !text.isBlank()) : text(key);
    }

    Optional<Boolean> truth(String key) {
        return converted(
                key,
                text -> text.equals("true") || text.equals("false")
                        ? Optional.of(text.equals("true"))
                        : Optional.empty(),
                "is neither true nor false",
                "write true or false");
    }

    /** One of {@code words}; another one is a problem that says {@code what}. */
    public Optional<String> word(String key, List<String> words, String what) {
        return text(key).filter(text -> {
            boolean known = words.contains(text);
            if (!known) {
                problems.add(placeOfValue(key), "'%s' %s".formatted(text, what), Problems.hint(text, words));
            }
            return known;
        });
    }

    /** Every key as a name with an expression, in the order written. */
    List<Map.Entry<String, Expression>> expressions() {
        var all = new ArrayList<Map.Entry<String, Expression>>();
        for (var key : keys()) {
            checkName(key, placeOfKey(key));
            expression(key).ifPresent(expression -> all.add(Map.entry(key, expression)));
        }
        return all;
    }

    /** Reports every key that nobody asked for: for files whose keys are described nowhere but in their reader. */
    public void refuseOthers() {
        refuseOthers(asked);
    }

    /** Reports every key that {@code section} does not describe. */
    void refuseOthers(Section section) {
        refuseOthers(section.names());
    }

    void refuseOthers(Collection<String> known) {
        for (var key : entries.keySet()) {
            if (!known.contains(key)) {
                problems.add(placeOfKey(key), "unknown key '%s'".formatted(key), Problems.hint(key, known));
            }
        }
    }

    Optional<String> scalar(Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        problems.add(placeOf(node), what + " is not a single value", "write one value");
        return Optional.empty();
    }

    static Place placeOf(Node node) {
        return node.getStartMark()
                .map(start -> new Place(start.getLine() + 1, start.getColumn() + 1, length(node)))
                .orElse(Place.NOWHERE);
    }

    private static int length(Node node) {
        if (!(node instanceof ScalarNode)) {
            return 1;
        }
        var start = node.getStartMark().orElseThrow();
        var end = node.getEndMark().orElse(start);
        return end.getLine() == start.getLine() ? Math.max(1, end.getColumn() - start.getColumn()) : 1;
    }

    private static Optional<Long> wholeNumber(String text) {
        try {
            return Optional.of(Long.valueOf(text.strip()));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zoneNamed(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
