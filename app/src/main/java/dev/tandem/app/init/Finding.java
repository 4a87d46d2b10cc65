package dev.tandem.app.init;

import dev.tandem.model.FieldOrigin;
import dev.tandem.model.FieldType;
import dev.tandem.model.Schema;
import dev.tandem.model.Schema.Conversion;
import java.util.Optional;

/**
 * What the sample says of one field.
 *
 * @param style how its times are written; empty for all other types, and for times that are numbers
 * @param values those of the sample; none for what only the topic knows
 */
record Finding(
        String name,
        FieldOrigin origin,
        FieldType type,
        Conversion conversion,
        Optional<TimeStyle> style,
        Optional<Column> values) {
    Schema.Field field(boolean required) {
        return new Schema.Field(name, type, required, origin, conversion);
    }

    /** The same as text, which takes whatever the record has. */
    Finding asText(boolean json) {
        return new Finding(
                name, origin, FieldType.TEXT, json ? Conversion.LENIENT : Conversion.NONE, Optional.empty(), values);
    }

    Finding withType(FieldType other) {
        return new Finding(name, origin, other, Conversion.NONE, style, values);
    }

    boolean isTime() {
        return type.isTimestamp();
    }

    long nulls() {
        return values.map(Column::nulls).orElse(0L);
    }

    long different() {
        return values.map(Column::different).orElse(0L);
    }

    int depth() {
        return values.map(it -> it.path().size()).orElse(1);
    }

    /** Name, type and clauses as a definition has them. */
    String sql(boolean required) {
        var from =
                origin instanceof FieldOrigin.Named named && named.name().equals(name) ? "" : " FROM " + origin.sql();
        return name + " " + type.sql() + conversion.sql() + (required ? " NOT NULL" : "") + from;
    }
}
