package dev.tandem.model.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.model.ProvidedFormat;
import dev.tandem.model.Reason;
import dev.tandem.model.RecordFormat.RecordReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of a format that an extension brings: what it reads is checked as the same record in JSON would be. */
final class ProvidedRecords implements RecordParser.Notation {
    private final JsonFactory json = new JsonFactory();
    private final String name;
    private final RecordReader reader;
    private final RecordParser.Notation strict;

    ProvidedRecords(ProvidedFormat format, RecordParser.Notation strict) {
        this.name = format.name();
        this.reader = format.provider().open(format.settings());
        this.strict = strict;
    }

    @Override
    public @Nullable Object[] values(byte[] record) throws MalformedRecordException {
        return strict.values(written(read(record)));
    }

    private Map<String, ?> read(byte[] record) throws MalformedRecordException {
        try {
            return reader.read(record);
        } catch (Exception e) {
            throw new MalformedRecordException("the format '%s' cannot read it: %s".formatted(name, Reason.of(e)));
        }
    }

    private byte[] written(Map<String, ?> fields) throws MalformedRecordException {
        var bytes = new ByteArrayOutputStream();
        try (var out = json.createGenerator(bytes)) {
            write(out, fields);
        } catch (IOException e) {
            throw new MalformedRecordException(
                    "the format '%s' gives what cannot be read: %s".formatted(name, Reason.of(e)));
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (var entry : map.entrySet()) {
                out.writeFieldName(String.valueOf(entry.getKey()));
                write(out, entry.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof Collection<?> items) {
            out.writeStartArray();
            for (var item : items) {
                write(out, item);
            }
            out.writeEndArray();
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else {
            writeScalar(out, value);
        }
    }

    /** Numbers keep their digits; what has no notation in JSON is text, as times are. */
    private static void writeScalar(JsonGenerator out, Object value) throws IOException {
        if (value instanceof Double || value instanceof Float) {
            out.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof BigInteger || value instanceof BigDecimal) {
            out.writeNumber(new BigDecimal(value.toString()));
        } else if (value instanceof Number whole) {
            out.writeNumber(whole.longValue());
        } else {
            out.writeString(value.toString());
        }
    }
}
