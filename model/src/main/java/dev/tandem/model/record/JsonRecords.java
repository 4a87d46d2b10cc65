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

/** One JSON object, and nothing after it. Fields that the schema does not name are skipped; a named field may stand only once. */
final class JsonRecords implements RecordParser.Notation {
    private static final int DEEPEST = 100;

    /**
     * Without the table of field names that the JSON parser would keep from record to record: it compares raw bytes before it checks
     * them, and it refuses a name when too many others hash alike. Either way the verdict would depend on what was read before.
     */
    private final JsonFactory json = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(TextValues.LONGEST_TEXT)
                    .build())
            .build();

    private final Map<String, Integer> positions = new HashMap<>();
    private final List<Schema.Field> fields;
    private final TextValues texts;

    JsonRecords(Schema schema, TextValues texts) {
        fields = schema.fields();
        this.texts = texts;
        for (int position = 0; position < fields.size(); position++) {
            positions.put(fields.get(position).name(), position);
        }
    }

    @Override
    public @Nullable Object[] values(byte[] record) throws MalformedRecordException {
        requireUtf8(record);
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

    /** The JSON parser itself lets surrogates in UTF-8 pass, and checks nothing in what it skips. */
    private static void requireUtf8(byte[] record) throws MalformedRecordException {
        if (!Utf8.valid(record)) {
            throw new MalformedRecordException("the record is not UTF-8 text");
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
        return values;
    }

    private @Nullable Object value(JsonParser parser, JsonToken token, FieldType type, String name)
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
        return texts.read(parser.getText(), type, name);
    }

    private List<@Nullable Object> list(JsonParser parser, JsonToken token, FieldType element, String name)
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
