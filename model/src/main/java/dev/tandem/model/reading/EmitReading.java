package dev.tandem.model.reading;

import dev.tandem.model.View;
import dev.tandem.model.keys.PlanKeys;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** When the stream writes a row: {@code emit}, one word for all views or one for each. */
final class EmitReading {
    private static final List<String> WORDS = PlanKeys.STREAM.words("emit");
    private static final String DEFAULT = "default";

    private final Problems problems;
    private final List<View> views;

    EmitReading(Problems problems, List<View> views) {
        this.problems = problems;
        this.views = views;
    }

    /** The views whose rows wait until their window has closed. */
    Set<String> closedOnly(YamlMap stream) {
        var node = stream.node("emit");
        if (node.isEmpty()) {
            return Set.of();
        }
        if (node.get() instanceof ScalarNode) {
            return closedOnly(word(stream, "emit"), new LinkedHashSet<>());
        }
        var map = YamlMap.of(node.get(), "'emit'", problems);
        var named = new LinkedHashSet<String>();
        var closed = new LinkedHashSet<String>();
        for (var name : map.keys()) {
            var word = word(map, name);
            if (!name.equals(DEFAULT)) {
                check(map, name, word);
                named.add(name);
                word.filter("closed"::equals).ifPresent(it -> closed.add(name));
            }
        }
        closed.addAll(closedOnly(map.has(DEFAULT) ? word(map.text(DEFAULT)) : Optional.empty(), named));
        return closed;
    }

    private Set<String> closedOnly(Optional<String> fallback, Set<String> except) {
        var closed = new LinkedHashSet<String>();
        if (fallback.filter("closed"::equals).isPresent()) {
            views.stream()
                    .filter(this::closes)
                    .map(View::name)
                    .filter(name -> !except.contains(name))
                    .forEach(closed::add);
        }
        return closed;
    }

    private Optional<String> word(YamlMap map, String key) {
        return map.word(key, WORDS, "does not say when rows are written");
    }

    private static Optional<String> word(Optional<String> text) {
        return text.filter(WORDS::contains);
    }

    private void check(YamlMap map, String name, Optional<String> word) {
        var view = view(name);
        if (view.isEmpty()) {
            problems.add(
                    map.placeOfKey(name),
                    "there is no view '%s'".formatted(name),
                    Problems.hint(name, views.stream().map(View::name).toList()));
        } else if (word.filter("closed"::equals).isPresent() && !closes(view.get())) {
            problems.add(
                    map.placeOfKey(name),
                    "'%s' has no window that closes: nothing would ever be written".formatted(name),
                    "use update");
        }
    }

    private Optional<View> view(String name) {
        return views.stream().filter(view -> view.name().equals(name)).findFirst();
    }

    private boolean closes(View view) {
        return view.fold(Optional::of, top -> view(top.from()).flatMap(View::asGrouped))
                .filter(it -> !it.window().isGlobal())
                .isPresent();
    }
}
