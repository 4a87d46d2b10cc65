package dev.tandem.model.record;

import dev.tandem.model.FieldType;
import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import java.util.Optional;

/** What a {@link SlotReader} has to know about a field, or about the elements of one that is a list. */
record SlotColumn(boolean required, Shape shape, ScalarReader scalar, Optional<SlotColumn> elements) {
    enum Shape {
        TEXT,
        /** A text that may be written as any other value. */
        LENIENT,
        TRUTH,
        /** A number, a date or a time. */
        SCALAR,
        LIST
    }

    static SlotColumn[] of(Schema schema, Format format) {
        return schema.fields().stream()
                .map(field -> of(field, field.required(), field.type(), format))
                .toArray(SlotColumn[]::new);
    }

    private static SlotColumn of(Schema.Field field, boolean required, FieldType type, Format format) {
        Optional<SlotColumn> elements = type.asList().map(it -> of(field, false, it.element(), format));
        boolean lenient = field.conversion() == Schema.Conversion.LENIENT && format.kind() == Format.Kind.JSON;
        return new SlotColumn(
                required, shape(type, lenient), ScalarReader.of(type, format, field.conversion()), elements);
    }

    private static Shape shape(FieldType type, boolean lenient) {
        return switch (type.kind()) {
            case TEXT -> lenient ? Shape.LENIENT : Shape.TEXT;
            case TRUTH -> Shape.TRUTH;
            case LIST -> Shape.LIST;
            case WHOLE, FLOATING, DECIMAL, TIMESTAMP, DATE -> Shape.SCALAR;
        };
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
