package dev.tandem.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** The fields of a record, in the order the definition names them. Nothing is inferred: an unnamed field is not read. */
public record Schema(List<Field> fields) implements Serializable {
    /** One field; {@code required} means that a record without a value for it goes to quarantine. */
    public record Field(String name, FieldType type, boolean required) implements Serializable {}

    public Schema {
        fields = List.copyOf(fields);
    }

    public Optional<Field> named(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }
}
