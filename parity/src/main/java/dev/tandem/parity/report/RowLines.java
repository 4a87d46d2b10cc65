package dev.tandem.parity.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.parity.Differences;
import dev.tandem.parity.DifferingRow;
import dev.tandem.parity.DifferingRows;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Writes {@code differing-rows.jsonl}: every row that differs as a line of JSON, in no order. Values and amounts are text. */
final class RowLines {
    private static final JsonFactory FACTORY = new JsonFactory();

    private RowLines() {}

    /** Writes them one after the other: there may be as many as there are rows. */
    static void write(Differences differences, Writer out) {
        DifferingRows.each(differences, row -> {
            try {
                out.write(line(row));
                out.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static String line(DifferingRow row) throws IOException {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(text)) {
            write(row, json);
        }
        return text.toString();
    }

    static void write(DifferingRow row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("view", row.view());
        text("start", row.start().map(Instant::toString), json);
        text("end", row.end().map(Instant::toString), json);
        json.writeObjectFieldStart("key");
        for (var it : row.key().entrySet()) {
            json.writeStringField(it.getKey(), it.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("measures");
        for (var cell : row.cells()) {
            json.writeStartObject();
            json.writeStringField("measure", cell.measure());
            text("stream", cell.stream(), json);
            text("batch", cell.batch(), json);
            text("difference", cell.difference().map(BigDecimal::toPlainString), json);
            text("percent", cell.percent().map(BigDecimal::toPlainString), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("causes");
        for (var it : row.causes().entrySet()) {
            json.writeNumberField(it.getKey(), it.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("records");
        for (var record : row.records()) {
            json.writeString(record);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void text(String name, Optional<String> value, JsonGenerator json) throws IOException {
        json.writeStringField(name, value.orElse(null));
    }
}
