package dev.tandem.app.init;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of JSON objects: objects within a record are opened down to three levels, as long as that gives at most a hundred columns.
 * An object that is something else in another record stays one value, because no path could lead through it in both.
 */
final class JsonColumns {
    static final int MOST = 100;
    private static final int DEEPEST = 3;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final List<Optional<JsonNode>> objects;
    private final Set<List<String>> open = new HashSet<>();
    private final Set<List<String>> closed = new HashSet<>();
    private final int depth;

    private JsonColumns(List<Optional<JsonNode>> objects, int depth) {
        this.objects = objects;
        this.depth = depth;
    }

    /** One object; empty where the bytes are none. */
    static Optional<JsonNode> object(byte[] record) {
        try {
            var node = MAPPER.readTree(record);
            return node != null && node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** The columns of all records, in the order in which they are first met. */
    static List<Column> of(Sample sample) {
        var objects = sample.records().stream().map(it -> object(it.bytes())).toList();
        for (int depth = DEEPEST; depth > 1; depth--) {
            var columns = new JsonColumns(objects, depth).columns();
            if (columns.size() <= MOST) {
                return columns;
            }
        }
        return new JsonColumns(objects, 1).columns();
    }

    private List<Column> columns() {
        for (var object : objects) {
            object.ifPresent(it -> close(List.of(), it));
        }
        var cells = new LinkedHashMap<List<String>, @Nullable Cell[]>();
        for (int record = 0; record < objects.size(); record++) {
            var object = objects.get(record);
            if (object.isPresent()) {
                collect(List.of(), object.get(), cells, record);
            }
        }
        return cells.entrySet().stream()
                .map(it -> new Column(it.getKey(), it.getValue()))
                .toList();
    }

    /** Notes the places that are not objects in each record that has them. */
    private void close(List<String> path, JsonNode object) {
        for (var member : object.properties()) {
            var at = inside(path, member.getKey());
            if (member.getValue().isObject() && !member.getValue().isEmpty()) {
                open.add(at);
                close(at, member.getValue());
            } else if (!member.getValue().isNull()) {
                closed.add(at);
            }
        }
    }

    private void collect(List<String> path, JsonNode object, Map<List<String>, @Nullable Cell[]> cells, int record) {
        for (var member : object.properties()) {
            var at = inside(path, member.getKey());
            var value = member.getValue();
            if (value.isObject() && at.size() < depth && !closed.contains(at)) {
                collect(at, value, cells, record);
            } else if (!opened(at, value)) {
                var column = cells.computeIfAbsent(at, it -> new @Nullable Cell[objects.size()]);
                column[record] = value.isNull() ? null : cell(value);
            }
        }
    }

    /** A null in the place of an object that other records have is no column of its own. */
    private boolean opened(List<String> at, JsonNode value) {
        return value.isNull() && at.size() < depth && open.contains(at) && !closed.contains(at);
    }

    private static List<String> inside(List<String> path, String name) {
        var longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }

    private static Cell cell(JsonNode value) {
        var kind = value.isTextual()
                ? Cell.Kind.TEXT
                : value.isNumber()
                        ? Cell.Kind.NUMBER
                        : value.isBoolean() ? Cell.Kind.TRUTH : value.isObject() ? Cell.Kind.OBJECT : Cell.Kind.LIST;
        return new Cell(kind, value.isContainerNode() ? value.toString() : value.asText());
    }

    /** The elements of a list; empty where {@code text} is none. */
    static List<Cell> elements(String text) {
        try {
            var elements = new ArrayList<Cell>();
            for (var element : MAPPER.readTree(text)) {
                if (!element.isNull()) {
                    elements.add(cell(element));
                }
            }
            return List.copyOf(elements);
        } catch (IOException notJson) {
            return List.of();
        }
    }
}
