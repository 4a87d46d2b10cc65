package dev.tandem.model.record;

import dev.tandem.model.FieldType;
import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a {@link SlotReader} has to know about a field, or about the elements of one that is a list. */
@SuppressWarnings("ArrayRecordComponent") // made once for a reader and never compared
record SlotColumn(byte[] name, boolean required, Shape shape, ScalarReader scalar, Optional<SlotColumn> elements) {
    enum Shape {
        TEXT,
        TRUTH,
        /** A number, a date or a time. */
        SCALAR,
        LIST
    }

    /** No record can spell it: it is not UTF-8. */
    private static final byte[] NO_NAME = {(byte) 0xFF};

    static SlotColumn[] of(Schema schema, Format format) {
        var fields = schema.fields();
        var columns = new SlotColumn[fields.size()];
        for (int position = 0; position < columns.length; position++) {
            var field = fields.get(position);
            columns[position] = of(name(fields, position), field.required(), field.type(), format);
        }
        return columns;
    }

    private static SlotColumn of(byte[] name, boolean required, FieldType type, Format format) {
        Optional<SlotColumn> elements = type instanceof FieldType.ListOf list
                ? Optional.of(of(NO_NAME, false, list.element(), format))
                : Optional.empty();
        return new SlotColumn(name, required, shape(type), ScalarReader.of(type, format), elements);
    }

    private static Shape shape(FieldType type) {
        if (type instanceof FieldType.Text) {
            return Shape.TEXT;
        }
        if (type instanceof FieldType.Truth) {
            return Shape.TRUTH;
        }
        return type instanceof FieldType.ListOf ? Shape.LIST : Shape.SCALAR;
    }

    /** The name as a record spells it without escapes, if it can; of two fields with one name the last is meant. */
    private static byte[] name(List<Schema.Field> fields, int position) {
        var name = fields.get(position).name();
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        boolean plain = name.chars().noneMatch(letter -> letter < ' ' || letter == '"' || letter == '\\');
        boolean encodable = new String(bytes, StandardCharsets.UTF_8).equals(name);
        boolean last = fields.stream()
                .skip(position + 1L)
                .noneMatch(later -> later.name().equals(name));
        return plain && encodable && last ? bytes : NO_NAME;
    }

    /** Whether the {@code length} bytes at {@code from} are the name. */
    boolean named(byte[] record, int from, int length) {
        return length == name.length && Arrays.equals(record, from, from + length, name, 0, length);
    }

    /** Whether every field that must have a value has one. */
    static boolean complete(SlotColumn[] columns, Slots slots) {
        for (int position = 0; position < columns.length; position++) {
            if (columns[position].required && slots.isNull(position)) {
                return false;
            }
        }
        return true;
    }
}
