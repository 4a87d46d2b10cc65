package dev.tandem.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import dev.tandem.model.FieldType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values as JSON that a record parser reads again by the same types: decimals in full, instants as ISO 8601 in UTC. */
final class Json {
    /** Writes a piece of JSON. */
    @FunctionalInterface
    private interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    private static final JsonFactory JSON = JsonFactory.builder().build();

    private Json() {}

    /** A value of {@code type}: Number, Boolean, Instant, LocalDate, String, List or null. */
    static String text(FieldType type, @Nullable Object value) {
        return text(out -> write(out, type, value));
    }

    /** An object of the fields in the order of the map, with the names of those that have no value too. */
    static String object(Map<String, FieldType> fields, List<@Nullable Object> values) {
        return text(out -> {
            out.writeStartObject();
            int index = 0;
            for (var field : fields.entrySet()) {
                out.writeFieldName(field.getKey());
                write(out, field.getValue(), values.get(index++));
            }
            out.writeEndObject();
        });
    }

    static String ofCounts(Map<String, Long> counts) {
        return text(out -> {
            out.writeStartObject();
            for (var count : new TreeMap<>(counts).entrySet()) {
                out.writeNumberField(count.getKey(), count.getValue());
            }
            out.writeEndObject();
        });
    }

    static Map<String, Long> counts(String json) {
        var counts = new LinkedHashMap<String, Long>();
        try (var parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                counts.put(name, parser.nextLongValue(0));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(counts);
    }

    private static String text(Writing writing) {
        var text = new StringWriter();
        try (var out = JSON.createGenerator(text)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, FieldType type, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (type.isList()) {
            writeList(out, type.asList().orElseThrow().element(), value);
        } else if (type.isText()) {
            out.writeString(value instanceof Number number ? plain(number) : value.toString());
        } else if (type.isTruth()) {
            writeTruth(out, value);
        } else if (value instanceof Boolean truth) {
            out.writeNumber(truth ? 1 : 0);
        } else if (value instanceof Number number && isFinite(number)) {
            out.writeNumber(plain(number));
        } else {
            out.writeString(value.toString());
        }
    }

    private static void writeTruth(JsonGenerator out, Object value) throws IOException {
        if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Number number) {
            out.writeBoolean(number.intValue() != 0);
        } else {
            out.writeString(value.toString());
        }
    }

    /** Text is what a list was stored as: JSON already. */
    private static void writeList(JsonGenerator out, FieldType element, Object value) throws IOException {
        if (value instanceof List<?> list) {
            out.writeStartArray();
            for (var each : list) {
                write(out, element, each);
            }
            out.writeEndArray();
        } else {
            out.writeRawValue(value.toString());
        }
    }

    private static boolean isFinite(Number number) {
        return number instanceof BigDecimal || Double.isFinite(number.doubleValue());
    }

    /** Written out; a floating number as short as it can be, so that every database's driver gives the same text. */
    private static String plain(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return Double.isFinite(number.doubleValue())
                    ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                    : number.toString();
        }
        return number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString();
    }
}
