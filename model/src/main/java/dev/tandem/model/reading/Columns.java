package dev.tandem.model.reading;

import dev.tandem.model.FieldType;
import dev.tandem.model.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a record is known to hold at one point of the steps; the type of a computed field only the engine knows. */
final class Columns {
    private final Map<String, Optional<FieldType>> types = new LinkedHashMap<>();

    private final boolean whole;

    /** {@code whole} is false where the schema has fields that could not be read: any name may be one of them. */
    Columns(Schema schema, boolean whole) {
        this.whole = whole;
        schema.fields().forEach(field -> types.put(field.name(), Optional.of(field.type())));
    }

    /** A name that differs from {@code name} by case alone, which expressions would take for it. */
    Optional<String> twin(String name) {
        return types.keySet().stream()
                .filter(known -> known.equalsIgnoreCase(name) && !known.equals(name))
                .findFirst();
    }

    void compute(String name) {
        types.put(name, Optional.empty());
    }

    void add(Schema.Field field) {
        types.put(field.name(), Optional.of(field.type()));
    }

    boolean has(String name) {
        return !whole || types.containsKey(name);
    }

    Optional<FieldType> type(String name) {
        return types.getOrDefault(name, Optional.empty());
    }

    boolean whole() {
        return whole;
    }

    List<String> names() {
        return List.copyOf(types.keySet());
    }
}
