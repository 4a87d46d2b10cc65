package dev.tandem.model.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tandem.model.FieldType;
import dev.tandem.model.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object strictly by a schema, the same way in both modes. Spark's own reader would turn a wrong type into a
 * half-empty row and ignore what follows the object; here each is a {@link MalformedRecordException} that names the field, so
 * the record goes to quarantine whole. Fields that the schema does not name are skipped; a named field may stand only once.
 *
 * <p>Values come in schema order: String, Integer, Long, Double, BigDecimal (at the field's scale), Boolean, Long microseconds
 * since 1970 for a timestamp, LocalDate, List, or null where the record has none. One parser serves one thread.
 */
public final class RecordParser {
    private static final int DEEPEST = 100;
    private static final int LONGEST_TEXT = 1 << 20;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();
    private final Map<String, Integer> positions = new HashMap<>();
    private final List<Schema.Field> fields;

    public RecordParser(Schema schema) {
        fields = schema.fields();
        for (int position = 0; position < fields.size(); position++) {
            positions.put(fields.get(position).name(), position);
        }
    }

    /** One value for each field of the schema, in its order. */
    public @Nullable Object[] parse(byte[] record) throws MalformedRecordException {
        try (var parser = json.createParser(record)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedRecordException("the record is not a JSON object");
            }
            var values = object(parser);
            if (parser.nextToken() != null) {
                throw new MalformedRecordException("something follows the JSON object");
            }
            return values;
        } catch (IOException e) {
            throw new MalformedRecordException("the record is not JSON: " + firstLine(e));
        }
    }

    private @Nullable Object[] object(JsonParser parser) throws IOException, MalformedRecordException {
        var values = new @Nullable Object[fields.size()];
        var seen = new boolean[fields.size()];
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var position = positions.get(parser.currentName());
            var token = parser.nextToken();
            if (position == null) {
                parser.skipChildren();
                continue;
            }
            var field = fields.get(position);
            if (seen[position]) {
                throw new MalformedRecordException("the field '%s' stands twice".formatted(field.name()));
            }
            seen[position] = true;
            values[position] = value(parser, token, field.type(), field.name());
        }
        requireAll(values);
        return values;
    }

    private void requireAll(@Nullable Object[] values) throws MalformedRecordException {
        for (int position = 0; position < values.length; position++) {
            if (values[position] == null && fields.get(position).required()) {
                throw new MalformedRecordException("the field '%s' has no value"
                        .formatted(fields.get(position).name()));
            }
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token, FieldType type, String name)
            throws IOException, MalformedRecordException {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (type instanceof FieldType.ListOf list) {
            return list(parser, token, list.element(), name);
        }
        if (type instanceof FieldType.Truth && token.isBoolean()) {
            return token == JsonToken.VALUE_TRUE;
        }
        if (type instanceof FieldType.Text && token == JsonToken.VALUE_STRING) {
            return TextValues.text(parser.getText(), name);
        }
        boolean readable = token == JsonToken.VALUE_STRING
                || (token.isNumeric() && !(type instanceof FieldType.Text) && !(type instanceof FieldType.Truth));
        if (!readable || type instanceof FieldType.Text || type instanceof FieldType.Truth) {
            throw new MalformedRecordException("the field '%s' is %s, not %s".formatted(name, told(token), type.sql()));
        }
        return TextValues.read(parser.getText(), type, name);
    }

    private static List<@Nullable Object> list(JsonParser parser, JsonToken token, FieldType element, String name)
            throws IOException, MalformedRecordException {
        if (token != JsonToken.START_ARRAY) {
            throw new MalformedRecordException("the field '%s' is %s, not a list".formatted(name, told(token)));
        }
        var values = new ArrayList<@Nullable Object>();
        for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            values.add(value(parser, next, element, name));
        }
        return values;
    }

    private static String told(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "text";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> "a number";
        };
    }

    private static String firstLine(IOException e) {
        var message = e.getMessage();
        if (message == null) {
            return e.getClass().getSimpleName();
        }
        return message.lines().findFirst().orElse("").replaceAll(" at \\[Source.*", "");
    }
}
