package dev.tandem.model.reading;

import dev.tandem.model.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Writes out {@code <<: *other}: the keys of the other mapping, except those that stand here themselves. YAML 1.2 leaves this to
 * its readers. Nodes keep their places, so a problem in a merged key is told where it was written. Not for nodes that contain
 * themselves.
 */
final class MergeKeys {
    private static final String MERGE = "<<";

    private final IdentityHashMap<Node, Node> written = new IdentityHashMap<>();
    private final Problems problems;

    MergeKeys(Problems problems) {
        this.problems = problems;
    }

    Node writtenOut(Node node) {
        var known = written.get(node);
        if (known != null) {
            return known;
        }
        var made = made(node);
        written.put(node, made);
        return made;
    }

    private Node made(Node node) {
        if (node instanceof SequenceNode list) {
            var entries = list.getValue().stream().map(this::writtenOut).toList();
            return new SequenceNode(
                    list.getTag(), true, entries, list.getFlowStyle(), list.getStartMark(), list.getEndMark());
        }
        if (node instanceof MappingNode mapping) {
            return new MappingNode(
                    mapping.getTag(),
                    true,
                    tuples(mapping),
                    mapping.getFlowStyle(),
                    mapping.getStartMark(),
                    mapping.getEndMark());
        }
        return node;
    }

    private List<NodeTuple> tuples(MappingNode mapping) {
        var names = new HashSet<String>();
        var own = new ArrayList<NodeTuple>();
        for (var tuple : mapping.getValue()) {
            if (!isMerge(tuple)) {
                own.add(new NodeTuple(tuple.getKeyNode(), writtenOut(tuple.getValueNode())));
                names.add(name(tuple));
            }
        }
        var all = new ArrayList<NodeTuple>();
        mapping.getValue().stream()
                .filter(MergeKeys::isMerge)
                .flatMap(tuple -> merged(tuple).stream())
                .filter(tuple -> names.add(name(tuple)))
                .forEach(all::add);
        all.addAll(own);
        return all;
    }

    private List<NodeTuple> merged(NodeTuple merge) {
        var value = writtenOut(merge.getValueNode());
        var sources = value instanceof SequenceNode list ? list.getValue() : List.of(value);
        var tuples = new ArrayList<NodeTuple>();
        for (var source : sources) {
            if (source instanceof MappingNode mapping) {
                tuples.addAll(mapping.getValue());
            } else {
                Place place = YamlMap.placeOf(merge.getKeyNode());
                problems.add(place, "'<<' names no mapping", "write e.g. '<<: *name' with 'name' at a mapping above");
            }
        }
        return tuples;
    }

    private static boolean isMerge(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key
                && key.getScalarStyle() == ScalarStyle.PLAIN
                && key.getValue().equals(MERGE);
    }

    private static String name(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
    }
}
