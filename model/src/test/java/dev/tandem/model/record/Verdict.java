package dev.tandem.model.record;

import dev.tandem.model.FieldType;
import dev.tandem.model.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reader says of a record: its values, or why it is malformed. */
record Verdict(List<@Nullable Object> values, String refusal) {
    static Verdict of(RecordParser parser, byte[] record) {
        try {
            return new Verdict(Arrays.asList(parser.parse(record)), "");
        } catch (MalformedRecordException malformed) {
            return new Verdict(List.of(), String.valueOf(malformed.getMessage()));
        }
    }

    /** The values in {@code slots} as {@link RecordParser} would give them. */
    static Verdict of(Slots slots, Schema schema) {
        var values = new ArrayList<@Nullable Object>();
        for (int position = 0; position < schema.fields().size(); position++) {
            values.add(value(slots, position, schema.fields().get(position).type()));
        }
        return new Verdict(values, "");
    }

    private static @Nullable Object value(Slots slots, int slot, FieldType type) {
        if (slots.isNull(slot)) {
            return null;
        }
        if (type instanceof FieldType.ListOf list) {
            var elements = new ArrayList<@Nullable Object>();
            for (int index = 0; index < slots.elements(slot); index++) {
                elements.add(value(slots, slots.firstElement(slot) + index, list.element()));
            }
            return elements;
        }
        if (type instanceof FieldType.Decimal decimal) {
            return BigDecimal.valueOf(slots.number(slot), decimal.scale());
        }
        return switch (type.sql()) {
            case "STRING" ->
                new String(slots.bytes(slot), slots.offset(slot), slots.length(slot), StandardCharsets.UTF_8);
            case "INT" -> Math.toIntExact(slots.number(slot));
            case "BIGINT", "TIMESTAMP" -> slots.number(slot);
            case "DOUBLE" -> slots.floating(slot);
            case "BOOLEAN" -> slots.truth(slot);
            case "DATE" -> LocalDate.ofEpochDay(slots.number(slot));
            default -> throw new IllegalArgumentException(type.sql());
        };
    }
}
