package dev.tandem.diff.table;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Finds for each column of the left side the right side's: the same name, else the same but for case, else but for underscores. */
final class ColumnMatching {
    private static final List<UnaryOperator<String>> SPELLINGS = List.of(
            name -> name,
            name -> name.toLowerCase(Locale.ROOT),
            name -> name.toLowerCase(Locale.ROOT).replaceAll("[_\\- .]", ""));

    private final List<String> left;
    private final List<String> right;
    private final Question question;

    /** Two columns that are the same one. */
    record Match(String left, String right) {}

    /** The outcome. */
    record Matches(List<Match> keys, List<Match> values, List<String> onlyLeft, List<String> onlyRight) {}

    ColumnMatching(List<Duck.Column> left, List<Duck.Column> right, Question question) {
        this.left = left.stream().map(Duck.Column::name).toList();
        this.right = right.stream().map(Duck.Column::name).toList();
        this.question = question;
    }

    Matches matches() {
        if (question.key().isEmpty()) {
            throw DiffException.question(
                    "Cannot compare rows without knowing what names one: no key is given; add e.g. --key %s (both sides have: %s)"
                            .formatted(shared().stream().findFirst().orElse("id"), String.join(", ", shared())));
        }
        requireKnown();
        var pairs = pairs();
        var keys = question.key().stream().map(name -> key(name, pairs)).toList();
        var values = new ArrayList<Match>();
        pairs.forEach((name, other) -> {
            if (keys.stream().noneMatch(key -> key.left().equals(name)) && compared(name)) {
                values.add(new Match(name, other));
            }
        });
        return new Matches(
                keys,
                values,
                left.stream()
                        .filter(name -> !pairs.containsKey(name) && compared(name))
                        .toList(),
                right.stream()
                        .filter(name -> !pairs.containsValue(name) && compared(name))
                        .toList());
    }

    private List<String> shared() {
        return List.copyOf(pairs().keySet());
    }

    private boolean compared(String name) {
        return !named(question.choice().ignored(), name)
                && (question.choice().only().isEmpty()
                        || named(question.choice().only(), name));
    }

    private static boolean named(List<String> names, String name) {
        return names.stream().anyMatch(it -> loose(it).equals(loose(name)));
    }

    private static String loose(String name) {
        return SPELLINGS.get(SPELLINGS.size() - 1).apply(name);
    }

    private Match key(String name, Map<String, String> pairs) {
        var own = find(name, left)
                .orElseThrow(() ->
                        DiffException.question("Cannot use '%s' as the key: the left side has no such column; it has %s"
                                .formatted(name, String.join(", ", left))));
        var other = pairs.get(own);
        if (other == null) {
            throw DiffException.question(
                    "Cannot use '%s' as the key: the right side has no such column, but %s; say which one it is with --rename %s=NAME"
                            .formatted(own, String.join(", ", right), own));
        }
        return new Match(own, other);
    }

    /** The right side's name by the left side's. Exact names are given first, so that a looser match takes none of them away. */
    private Map<String, String> pairs() {
        var found = new LinkedHashMap<String, String>();
        question.choice().renames().forEach((from, to) -> {
            if (left.contains(from) && right.contains(to)) {
                found.put(from, to);
            }
        });
        for (var spelling : SPELLINGS) {
            for (var name : left) {
                if (!found.containsKey(name)) {
                    only(name, spelling, Set.copyOf(found.values())).ifPresent(other -> found.put(name, other));
                }
            }
        }
        var ordered = new LinkedHashMap<String, String>();
        left.stream().filter(found::containsKey).forEach(name -> ordered.put(name, found.get(name)));
        return ordered;
    }

    private Optional<String> only(String name, UnaryOperator<String> spelling, Set<String> taken) {
        var alike = right.stream()
                .filter(other -> !taken.contains(other) && spelling.apply(other).equals(spelling.apply(name)))
                .toList();
        if (alike.size() > 1) {
            throw DiffException.question(
                    "Cannot tell which column of the right side is '%s': %s are alike; say it with --rename %s=%s, or leave one out with --ignore"
                            .formatted(name, String.join(" and ", alike), name, alike.get(0)));
        }
        return alike.stream().findFirst();
    }

    private static Optional<String> find(String name, List<String> names) {
        return SPELLINGS.stream()
                .flatMap(spelling ->
                        names.stream().filter(it -> spelling.apply(it).equals(spelling.apply(name))))
                .findFirst();
    }

    /** A misspelt option must not be passed over in silence. */
    private void requireKnown() {
        var asked = new LinkedHashSet<String>();
        asked.addAll(question.choice().only());
        asked.addAll(question.choice().types().keySet());
        asked.addAll(question.choice().tolerances().keySet());
        asked.addAll(question.choice().renames().keySet());
        question.time().ifPresent(asked::add);
        for (var name : asked) {
            if (find(name, left).isEmpty()) {
                throw DiffException.question("Cannot use the column '%s': the left side has no such column; it has %s"
                        .formatted(name, String.join(", ", left)));
            }
        }
        question.choice().renames().values().forEach(name -> {
            if (!right.contains(name)) {
                throw DiffException.question("Cannot use the column '%s': the right side has no such column; it has %s"
                        .formatted(name, String.join(", ", right)));
            }
        });
    }
}
