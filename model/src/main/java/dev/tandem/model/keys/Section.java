package dev.tandem.model.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a definition: the keys it may have, and what must hold between them.
 *
 * @param name its name in the JSON Schema
 * @param constraints members of its JSON Schema about several keys at once; the reader checks the same in its own words
 * @param others what a key that is not described may hold; absent where such a key is refused
 */
public record Section(String name, List<Key> keys, List<String> constraints, Optional<Value> others) {
    public Section {
        keys = List.copyOf(keys);
        constraints = List.copyOf(constraints);
    }

    static Section of(String name, Key... keys) {
        return new Section(name, List.of(keys), List.of(), Optional.empty());
    }

    /** This section with constraints between its keys. */
    Section where(String... more) {
        return new Section(name, keys, List.of(more), others);
    }

    /** This section with keys of any other name. */
    Section open(Value other) {
        return new Section(name, keys, constraints, Optional.of(other));
    }

    /** A section of these keys but for {@code names}. */
    Section without(String other, String... names) {
        var left = keys.stream()
                .filter(key -> !Arrays.asList(names).contains(key.name()))
                .toList();
        return new Section(other, left, constraints, others);
    }

    /** The same with no key required; {@code otherwise} says what holds where one is left out. */
    Section optional(String otherwise) {
        return new Section(
                name, keys.stream().map(key -> key.otherwise(otherwise)).toList(), constraints, others);
    }

    /** A section with these keys and then {@code more}. */
    Section with(Key... more) {
        var all = new ArrayList<>(keys);
        all.addAll(List.of(more));
        return new Section(name, all, constraints, others);
    }

    public List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    /** The key called {@code name}; asking for another one is a mistake of the caller. */
    public Key key(String name) {
        return keys.stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot describe '%s': the section '%s' has only %s; add the key there"
                                .formatted(name, this.name, names())));
    }

    /** The words that the key {@code name} may have. */
    public List<String> words(String name) {
        return key(name).value().words();
    }

    /** This section and every section within its values. */
    public Set<Section> reachable() {
        var all = new LinkedHashSet<Section>();
        collect(all);
        return all;
    }

    /** Each section has a name of its own, and is large: comparing it whole would take seconds. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Section that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    private void collect(Set<Section> all) {
        if (all.add(this)) {
            keys.forEach(key -> key.value().sections().forEach(section -> section.collect(all)));
        }
    }
}
