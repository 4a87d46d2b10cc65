package dev.tandem.model.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * The fields of a definition that an Avro schema suggests. Records within the record become fields of their own, {@code user.id} as
 * {@code user_id}; what no field can hold (bytes, maps, lists of records, a choice of several types) is left out. No field is required: records
 * of earlier versions lack those that came later.
 */
public final class AvroFields {
    private static final int MOST_DIGITS = 38;

    private AvroFields() {}

    /** As a definition names them; {@code texts} are a schema's, behind those that it refers to. */
    public static String of(List<String> texts) {
        var parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
        Schema last = Schema.create(Schema.Type.NULL);
        for (var text : texts) {
            last = parser.parse(text);
        }
        if (last.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException("Cannot take fields from a schema that is not of a record");
        }
        var fields = new ArrayList<String>();
        add(last, List.of(), fields);
        return String.join(", ", fields);
    }

    private static void add(Schema record, List<String> path, List<String> fields) {
        for (var field : record.getFields()) {
            var here = new ArrayList<>(path);
            here.add(field.name());
            var schema = present(field.schema());
            if (schema.getType() == Schema.Type.RECORD && !path.contains(field.name())) {
                add(schema, here, fields);
            } else {
                type(schema).ifPresent(type -> fields.add(field(here, type)));
            }
        }
    }

    private static String field(List<String> path, String type) {
        var name = String.join("_", path);
        return path.size() == 1 ? name + " " + type : "%s %s FROM '$.%s'".formatted(name, type, String.join(".", path));
    }

    /** The schema of a value that is there. */
    private static Schema present(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        var types = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .collect(Collectors.toList());
        return types.size() == 1 ? types.get(0) : schema;
    }

    private static Optional<String> type(Schema schema) {
        var logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return decimal.getPrecision() <= MOST_DIGITS
                    ? Optional.of("DECIMAL(%d,%d)".formatted(decimal.getPrecision(), decimal.getScale()))
                    : Optional.empty();
        }
        if (logical instanceof LogicalTypes.Date) {
            return Optional.of("DATE");
        }
        if (logical != null && logical.getName().startsWith("timestamp-")) {
            return Optional.of("TIMESTAMP");
        }
        return switch (schema.getType()) {
            case STRING, ENUM -> Optional.of("STRING");
            case INT -> logical == null ? Optional.of("INT") : Optional.empty();
            case LONG -> logical == null ? Optional.of("BIGINT") : Optional.empty();
            case FLOAT, DOUBLE -> Optional.of("DOUBLE");
            case BOOLEAN -> Optional.of("BOOLEAN");
            case ARRAY -> type(present(schema.getElementType())).map("ARRAY<%s>"::formatted);
            case BYTES, FIXED, MAP, RECORD, UNION, NULL -> Optional.empty();
        };
    }
}
