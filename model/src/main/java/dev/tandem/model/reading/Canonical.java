package dev.tandem.model.reading;

import dev.tandem.model.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What a definition means, as one text: its keys and values in order, without comments, layout, and keys that change no number.
 * Aliases are written out, so it is bounded: fifty of them nested would fill the memory, and one may contain itself.
 */
final class Canonical {
    private static final int LONGEST = 4 << 20;
    private static final List<String> NO_MEANING =
            List.of("about", "generate", "targets", Profiles.KEY, "source/on_bad_file", "stream/retry_for");

    private static final String CHART = "chart";

    /** The sections whose keys are parts of their own. */
    private static final List<String> DIVIDED = List.of("source", "views", "stream", "batch", "parity");

    private final StringBuilder out = new StringBuilder();
    private boolean tooLong;

    /** Empty if the definition is too long written out. */
    Optional<String> of(Node root) {
        if (root instanceof MappingNode mapping && !root.isRecursive()) {
            out.append('{');
            for (var entry : mapping.getValue()) {
                boolean meaningless = meaningless(entry, "");
                int before = out.length();
                write(entry.getKeyNode());
                writeSection(entry);
                if (meaningless) {
                    out.setLength(before);
                }
            }
            out.append('}');
        } else {
            write(root);
        }
        return tooLong ? Optional.empty() : Optional.of(out.toString());
    }

    /** The same part by part, of a definition that {@link #of} found short enough. */
    static Meaning parts(Node root) {
        var parts = new TreeMap<String, String>();
        var outputs = new ArrayList<String>();
        if (root instanceof MappingNode mapping) {
            for (var entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key && !NO_MEANING.contains(key.getValue())) {
                    add(key.getValue(), entry.getValueNode(), parts, outputs);
                }
            }
        }
        return new Meaning(parts, outputs);
    }

    private static void add(String key, Node value, Map<String, String> parts, List<String> outputs) {
        if (key.equals("outputs") && value instanceof SequenceNode all) {
            all.getValue().forEach(output -> outputs.add(written(output)));
        } else if (DIVIDED.contains(key) && value instanceof MappingNode section) {
            for (var entry : section.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode name && !meaningless(entry, key + "/")) {
                    parts.put(key + "/" + name.getValue(), written(key, entry.getValueNode()));
                }
            }
        } else {
            parts.put(key, written(value));
        }
    }

    private static String written(String section, Node value) {
        var one = new Canonical();
        one.writeIn(section, value);
        return one.out.toString();
    }

    private static String written(Node node) {
        var one = new Canonical();
        one.write(node);
        return one.out.toString();
    }

    private static boolean meaningless(NodeTuple entry, String section) {
        return entry.getKeyNode() instanceof ScalarNode key && NO_MEANING.contains(section + key.getValue());
    }

    /** The value of a top-level key, without those of its own keys that change no number. */
    private void writeSection(NodeTuple section) {
        if (!(section.getValueNode() instanceof MappingNode mapping)
                || mapping.isRecursive()
                || !(section.getKeyNode() instanceof ScalarNode name)) {
            write(section.getValueNode());
            return;
        }
        out.append('{');
        for (var entry : mapping.getValue()) {
            if (!meaningless(entry, name.getValue() + "/")) {
                write(entry.getKeyNode());
                writeIn(name.getValue(), entry.getValueNode());
            }
        }
        out.append('}');
    }

    /** A value of a key of {@code section}; how a view is drawn is left out. */
    private void writeIn(String section, Node value) {
        if (!section.equals("views") || !(value instanceof MappingNode view) || view.isRecursive()) {
            write(value);
            return;
        }
        out.append('{');
        for (var entry : view.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(CHART))) {
                write(entry.getKeyNode());
                write(entry.getValueNode());
            }
        }
        out.append('}');
    }

    private void write(Node node) {
        tooLong |= node.isRecursive() || out.length() > LONGEST;
        if (tooLong) {
            return;
        }
        if (node instanceof ScalarNode scalar) {
            out.append('"')
                    .append(scalar.getValue().replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        } else if (node instanceof SequenceNode sequence) {
            out.append('[');
            sequence.getValue().forEach(this::write);
            out.append(']');
        } else if (node instanceof MappingNode mapping) {
            out.append('{');
            for (var entry : mapping.getValue()) {
                write(entry.getKeyNode());
                write(entry.getValueNode());
            }
            out.append('}');
        }
    }
}
