package dev.tandem.model.reading;

import java.util.ArrayList;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Writes the fields of a registry's subject in the place of {@code schema: registry}, before anything else reads the definition: so they are
 * part of its hash, and another version of the subject is a changed definition.
 */
final class RegistrySchema {
    private static final String KEY = "schema";
    private static final String REGISTRY = "registry";
    /** As clients name the subject of a topic's values unless told otherwise. */
    private static final String OF_VALUES = "-value";

    private RegistrySchema() {}

    static Node writtenOut(Node root, SubjectFields fields) {
        if (!(root instanceof MappingNode mapping)) {
            return root;
        }
        var tuples = new ArrayList<NodeTuple>();
        for (var tuple : mapping.getValue()) {
            boolean asked = text(tuple.getKeyNode()).equals(Optional.of(KEY))
                    && text(tuple.getValueNode()).equals(Optional.of(REGISTRY));
            var topic = asked ? topic(mapping) : Optional.<String>empty();
            tuples.add(topic.map(it -> new NodeTuple(
                            tuple.getKeyNode(), written((ScalarNode) tuple.getValueNode(), fields.of(it + OF_VALUES))))
                    .orElse(tuple));
        }
        return new MappingNode(
                mapping.getTag(), true, tuples, mapping.getFlowStyle(), mapping.getStartMark(), mapping.getEndMark());
    }

    private static ScalarNode written(ScalarNode instead, String text) {
        return new ScalarNode(
                instead.getTag(), true, text, instead.getScalarStyle(), instead.getStartMark(), instead.getEndMark());
    }

    /** The topic of a source of Avro. */
    private static Optional<String> topic(MappingNode root) {
        return value(root, "source")
                .filter(source ->
                        value(source, "format").flatMap(RegistrySchema::text).equals(Optional.of("avro")))
                .flatMap(source -> value(source, "kafka"))
                .flatMap(RegistrySchema::text);
    }

    private static Optional<Node> value(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> text(tuple.getKeyNode()).equals(Optional.of(key)))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> text(Node node) {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }
}
