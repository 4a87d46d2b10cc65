package dev.tandem.model.reading;

import dev.tandem.model.keys.DefinitionKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The {@code profiles} of a definition: top-level keys that take the place of its own where the profile is chosen. */
final class Profiles {
    static final String KEY = "profiles";
    private static final List<String> REPLACEABLE = DefinitionKeys.PROFILE.names();

    private Profiles() {}

    /** {@code root} as it reads under {@code profile}; what is wrong with the profile, {@link #check} tells. */
    static Node chosen(Node root, String profile) {
        var found = value(root, KEY).flatMap(all -> value(all, profile));
        if (!(root instanceof MappingNode mapping) || found.isEmpty() || !(found.get() instanceof MappingNode own)) {
            return root;
        }
        Map<String, NodeTuple> instead = new LinkedHashMap<>();
        own.getValue().forEach(tuple -> instead.putIfAbsent(name(tuple.getKeyNode()), tuple));
        instead.keySet().retainAll(REPLACEABLE);
        var tuples = new ArrayList<NodeTuple>();
        for (var tuple : mapping.getValue()) {
            var other = instead.remove(name(tuple.getKeyNode()));
            tuples.add(other == null ? tuple : other);
        }
        tuples.addAll(instead.values());
        return new MappingNode(
                mapping.getTag(), true, tuples, mapping.getFlowStyle(), mapping.getStartMark(), mapping.getEndMark());
    }

    /** Tells what is wrong with the profiles of {@code top}, the one chosen and the others. */
    static void check(YamlMap top, Optional<String> chosen, Problems problems) {
        var all = top.map(KEY);
        all.ifPresent(profiles -> profiles.keys().forEach(name -> check(profiles, name, problems)));
        var names = all.map(YamlMap::keys).orElse(List.of());
        chosen.filter(name -> !names.contains(name))
                .ifPresent(name -> problems.add(
                        top.placeOfKey(KEY),
                        "there is no profile '%s'".formatted(name),
                        names.isEmpty()
                                ? "leave the profile out, or add e.g. 'profiles: { %s: { source: … } }'".formatted(name)
                                : Problems.hint(name, names)));
    }

    private static void check(YamlMap profiles, String name, Problems problems) {
        profiles.checkName(name, profiles.placeOfKey(name));
        profiles.map(name)
                .ifPresent(profile -> profile.keys().stream()
                        .filter(key -> !REPLACEABLE.contains(key))
                        .forEach(key -> problems.add(
                                profile.placeOfKey(key),
                                "a profile cannot replace '%s'".formatted(key),
                                Problems.hint(key, REPLACEABLE))));
    }

    /** The profiles that {@code root} has. */
    static List<String> names(Node root) {
        return value(root, KEY)
                .filter(MappingNode.class::isInstance)
                .map(all -> ((MappingNode) all)
                        .getValue().stream()
                                .map(tuple -> name(tuple.getKeyNode()))
                                .toList())
                .orElse(List.of());
    }

    private static Optional<Node> value(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> name(tuple.getKeyNode()).equals(key))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }

    private static String name(Node key) {
        return key instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
