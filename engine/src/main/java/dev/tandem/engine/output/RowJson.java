package dev.tandem.engine.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterable;
import scala.collection.Map;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Writes rows as lines of JSON from which the record parser reads each value as it was: decimals and whole numbers in full,
 * instants to the microsecond in UTC, special floating values by their names. Spark's own JSON truncates instants to
 * milliseconds.
 */
final class RowJson implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator out;

    RowJson(Writer lines) throws IOException {
        out = JSON.createGenerator(lines);
        out.setRootValueSeparator(null);
    }

    void write(Row row) throws IOException {
        object(row);
        out.writeRaw('\n');
    }

    private void object(Row row) throws IOException {
        var names = row.schema().fieldNames();
        out.writeStartObject();
        for (int index = 0; index < names.length; index++) {
            out.writeFieldName(names[index]);
            value(row.get(index));
        }
        out.writeEndObject();
    }

    private void value(@Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof BigDecimal decimal) {
            out.writeNumber(decimal.toPlainString());
        } else if (value instanceof Double || value instanceof Float) {
            floating(value.toString(), ((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            out.writeNumber(number.longValue());
        } else if (value instanceof byte[] bytes) {
            out.writeString(new String(bytes, StandardCharsets.UTF_8));
        } else if (value instanceof LocalDateTime local) {
            out.writeString(local.toInstant(ZoneOffset.UTC).toString());
        } else if (value instanceof Row row) {
            object(row);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Iterable<?> list) {
            list(list);
        } else {
            out.writeString(value.toString());
        }
    }

    private void floating(String text, double value) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumber(text);
        } else {
            out.writeString(text);
        }
    }

    private void list(Iterable<?> list) throws IOException {
        out.writeStartArray();
        for (var element : CollectionConverters.asJava(list)) {
            value(element);
        }
        out.writeEndArray();
    }

    private void map(Map<?, ?> map) throws IOException {
        out.writeStartObject();
        for (var entry : CollectionConverters.asJava(map).entrySet()) {
            out.writeFieldName(String.valueOf(entry.getKey()));
            value(entry.getValue());
        }
        out.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
