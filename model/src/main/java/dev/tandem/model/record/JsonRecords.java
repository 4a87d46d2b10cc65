package dev.tandem.model.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tandem.model.FieldType;
import dev.tandem.model.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object, and nothing after it. What the schema does not name is skipped; a member that it reads, or reaches others
 * through, may stand only once in its object.
 */
final class JsonRecords implements RecordParser.Notation {
    private static final int DEEPEST = 100;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

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

    private final JsonPlace root;
    private final List<Schema.Field> fields;
    private final List<TextValues> texts;

    JsonRecords(Schema schema, TextValues texts) {
        fields = schema.fields();
        root = JsonPlace.of(schema);
        this.texts =
                fields.stream().map(field -> texts.reading(field.conversion())).toList();
    }

    @Override
    public @Nullable Object[] values(byte[] record) throws MalformedRecordException {
        requireUtf8(record);
        var text = new String(record, StandardCharsets.UTF_8);
        var walk = new Walk(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        try (var parser = json.createParser(walk.text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedRecordException("the record is not a JSON object");
            }
            walk.members(parser, root);
            if (parser.nextToken() != null) {
                throw new MalformedRecordException("something follows the JSON object");
            }
            return walk.values;
        } catch (IOException e) {
            throw new MalformedRecordException("the record is not JSON: " + firstLine(e));
        }
    }

    /** The JSON parser would take other encodings for its own. */
    private static void requireUtf8(byte[] record) throws MalformedRecordException {
        if (!Utf8.valid(record)) {
            throw new MalformedRecordException("the record is not UTF-8 text");
        }
    }

    /** The way through one record, or through a part of one that is read a second time. */
    private final class Walk {
        private final String text;
        private final @Nullable Object[] values;

        Walk(String text) {
            this(text, new @Nullable Object[fields.size()]);
        }

        private Walk(String text, @Nullable Object[] values) {
            this.text = text;
            this.values = values;
        }

        /** The members of the object that has just begun. */
        private void members(JsonParser parser, JsonPlace object) throws IOException, MalformedRecordException {
            var seen = new HashSet<JsonPlace>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var member = object.members().get(parser.currentName());
                var token = parser.nextToken();
                if (member == null) {
                    parser.skipChildren();
                    continue;
                }
                if (!seen.add(member)) {
                    throw new MalformedRecordException("the field '%s' stands twice".formatted(name(member)));
                }
                place(parser, token, member);
            }
        }

        private void elements(JsonParser parser, JsonPlace list) throws IOException, MalformedRecordException {
            int index = 0;
            for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                var element = list.elements().get(index++);
                if (element == null) {
                    parser.skipChildren();
                } else {
                    place(parser, token, element);
                }
            }
        }

        private void place(JsonParser parser, JsonToken token, JsonPlace place)
                throws IOException, MalformedRecordException {
            if (token == JsonToken.VALUE_NULL) {
                return;
            }
            if (!place.isEntered()) {
                read(parser, token, place);
                return;
            }
            requireEntered(token, place);
            if (place.field().isEmpty()) {
                enter(parser, place);
                return;
            }
            var again = new Walk(rawText(parser), values);
            again.part((part, first) -> again.read(part, first, place));
            again.part((part, first) -> again.enter(part, place));
        }

        private void requireEntered(JsonToken token, JsonPlace place) throws MalformedRecordException {
            boolean object = !place.members().isEmpty();
            if (token != (object ? JsonToken.START_OBJECT : JsonToken.START_ARRAY)) {
                throw new MalformedRecordException(
                        "'%s' is %s, not %s".formatted(place.told(), told(token), object ? "an object" : "a list"));
            }
        }

        private void enter(JsonParser parser, JsonPlace place) throws IOException, MalformedRecordException {
            if (place.members().isEmpty()) {
                elements(parser, place);
            } else {
                members(parser, place);
            }
        }

        private void read(JsonParser parser, JsonToken token, JsonPlace place)
                throws IOException, MalformedRecordException {
            int position = place.field().orElseThrow();
            values[position] = value(parser, token, fields.get(position).type(), position);
        }

        private void part(Reading reading) throws IOException, MalformedRecordException {
            try (var parser = json.createParser(text)) {
                reading.read(parser, parser.nextToken());
            }
        }

        /** The text of the object or list that has just begun; goes to its end. */
        private String rawText(JsonParser parser) throws IOException {
            long start = parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            return text.substring((int) start, (int) parser.currentLocation().getCharOffset());
        }

        private @Nullable Object value(JsonParser parser, JsonToken token, FieldType type, int position)
                throws IOException, MalformedRecordException {
            if (token == JsonToken.VALUE_NULL) {
                return null;
            }
            var name = fields.get(position).name();
            if (type.isList()) {
                return list(parser, token, type.asList().orElseThrow().element(), position);
            }
            if (type.isTruth() && token.isBoolean()) {
                return token == JsonToken.VALUE_TRUE;
            }
            if (type.isText() && token == JsonToken.VALUE_STRING) {
                return TextValues.text(parser.getText(), name);
            }
            if (type.isText() && fields.get(position).conversion() == Schema.Conversion.LENIENT) {
                return anyText(parser, token, name);
            }
            boolean readable = token == JsonToken.VALUE_STRING || token.isNumeric();
            if (!readable || type.isText() || type.isTruth()) {
                throw new MalformedRecordException(
                        "the field '%s' is %s, not %s".formatted(name, told(token), type.sql()));
            }
            return texts.get(position).read(parser.getText(), type, name);
        }

        /** Anything but text as the text that it is written as. */
        private String anyText(JsonParser parser, JsonToken token, String name)
                throws IOException, MalformedRecordException {
            var any = token.isStructStart() ? rawText(parser) : parser.getText();
            if (any.length() > TextValues.LONGEST_TEXT) {
                throw new MalformedRecordException(
                        "the field '%s' is longer than %d letters".formatted(name, TextValues.LONGEST_TEXT));
            }
            return any;
        }

        private List<@Nullable Object> list(JsonParser parser, JsonToken token, FieldType element, int position)
                throws IOException, MalformedRecordException {
            if (token != JsonToken.START_ARRAY) {
                throw new MalformedRecordException("the field '%s' is %s, not a list"
                        .formatted(fields.get(position).name(), told(token)));
            }
            var elements = new ArrayList<@Nullable Object>();
            for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                elements.add(value(parser, next, element, position));
            }
            return elements;
        }
    }

    /** Reads a value whose first token is known. */
    private interface Reading {
        void read(JsonParser parser, JsonToken first) throws IOException, MalformedRecordException;
    }

    private String name(JsonPlace place) {
        return place.field().isPresent() ? fields.get(place.field().getAsInt()).name() : place.told();
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
