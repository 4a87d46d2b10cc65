package dev.tandem.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tuple as a line of JSON, from which it comes back as it was: {@code ["5f…", "open", 2, 17, "p1", "12.50"]}. */
record TupleLines(List<Shape.Column> columns) {
    private static final int FIRST_VALUE = 4;

    String line(Tuple tuple) {
        var line = new ArrayList<@Nullable Object>();
        line.add(HexFormat.of().formatHex(tuple.key().bytes()));
        line.add(tuple.state().word());
        line.add(tuple.revision());
        line.add(tuple.events());
        tuple.values().forEach(it -> line.add(written(it)));
        return Texts.json(line);
    }

    private static @Nullable Object written(@Nullable Object value) {
        if (value instanceof List<?> list) {
            var elements = new ArrayList<@Nullable Object>();
            list.forEach(it -> elements.add(written(it)));
            return elements;
        }
        return value == null ? null : Texts.of(value);
    }

    /** Empty where {@code line} was cut off. */
    Optional<JsonNode> tree(String line) {
        try {
            return Optional.of(Texts.JSON.readTree(line));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    Tuple tuple(JsonNode line) {
        if (line.size() != FIRST_VALUE + columns.size()) {
            throw new SinkException(
                    "Cannot read the kept rows: a row has %d values and the view %d columns; the view is another one since, so give it another folder"
                            .formatted(line.size() - FIRST_VALUE, columns.size()));
        }
        var values = new ArrayList<@Nullable Object>();
        for (int index = 0; index < columns.size(); index++) {
            values.add(value(columns.get(index).type(), line.get(FIRST_VALUE + index)));
        }
        return new Tuple(
                Identity.ofBytes(HexFormat.of().parseHex(line.get(0).textValue())),
                values,
                Tuple.State.named(line.get(1).textValue()),
                line.get(2).intValue(),
                line.get(3).longValue());
    }

    private static @Nullable Object value(FieldType type, JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        return switch (type.kind()) {
            case LIST -> list(((FieldType.ListOf) type).element(), node);
            case WHOLE -> Long.valueOf(node.textValue());
            case FLOATING -> Double.valueOf(node.textValue());
            case DECIMAL -> new BigDecimal(node.textValue());
            case TRUTH -> Boolean.valueOf(node.textValue());
            case TIMESTAMP -> Instant.parse(node.textValue());
            case DATE -> LocalDate.parse(node.textValue());
            case TEXT -> node.textValue();
        };
    }

    private static List<@Nullable Object> list(FieldType element, JsonNode nodes) {
        var elements = new ArrayList<@Nullable Object>();
        nodes.forEach(it -> elements.add(value(element, it)));
        return elements;
    }
}
