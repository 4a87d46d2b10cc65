package dev.tandem.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes records as JSON: names in snake case as in {@code report.json}, absent as null, words in lower case, times as ISO text. Whole
 * numbers beyond 2^53 would lose digits in a browser; those are text already where they can occur.
 */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /** Text that is JSON already. */
    record Ready(String text) {}

    private final JsonGenerator json;

    private Json(JsonGenerator json) {
        this.json = json;
    }

    static String of(Object value) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(text)) {
            new Json(json).write(value);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON in memory", e);
        }
        return text.toString();
    }

    private void write(Object value) throws IOException {
        if (value instanceof Optional<?> optional) {
            if (optional.isPresent()) {
                write(optional.get());
            } else {
                json.writeNull();
            }
        } else if (value instanceof Ready ready) {
            json.writeRawValue(ready.text());
        } else if (value instanceof Record) {
            record(value);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Iterable<?> values) {
            list(values);
        } else {
            leaf(value);
        }
    }

    private void leaf(Object value) throws IOException {
        if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Double number) {
            number(number);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof Enum<?> word) {
            json.writeString(word.name().toLowerCase(Locale.ROOT));
        } else {
            json.writeString(value.toString());
        }
    }

    private void number(double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    private void record(Object value) throws IOException {
        json.writeStartObject();
        for (var component : value.getClass().getRecordComponents()) {
            json.writeFieldName(
                    HUMP.matcher(component.getName()).replaceAll("_").toLowerCase(Locale.ROOT));
            write(read(component, value));
        }
        json.writeEndObject();
    }

    private static Object read(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Cannot read %s of %s: is the record public?".formatted(component.getName(), value.getClass()), e);
        }
    }

    private void map(Map<?, ?> map) throws IOException {
        json.writeStartObject();
        for (var entry : map.entrySet()) {
            json.writeFieldName(entry.getKey().toString());
            write(entry.getValue());
        }
        json.writeEndObject();
    }

    private void list(Iterable<?> values) throws IOException {
        json.writeStartArray();
        for (var value : values) {
            write(value);
        }
        json.writeEndArray();
    }
}
