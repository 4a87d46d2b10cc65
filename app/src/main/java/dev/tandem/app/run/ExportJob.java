package dev.tandem.app.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.fold.Shape;
import dev.tandem.model.Reason;
import dev.tandem.model.Window.Span;
import dev.tandem.store.StoredRow;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** A view's stored rows for other programs: CSV (RFC 4180) or a JSON array, instants as ISO-8601 in UTC, decimals in full. */
public final class ExportJob {
    public enum Format {
        CSV,
        JSON
    }

    private final Shape shape;
    private final Format format;

    ExportJob(Shape shape, Format format) {
        this.shape = shape;
        this.format = format;
    }

    void write(Iterator<StoredRow> rows, PrintStream out) {
        try {
            if (format == Format.CSV) {
                csv(rows, out);
            } else {
                json(rows, out);
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot export '%s': %s".formatted(shape.name(), Reason.of(e)), e);
        }
    }

    private void csv(Iterator<StoredRow> rows, PrintStream out) throws IOException {
        var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        var printer = new CSVPrinter(
                writer, CSVFormat.RFC4180.builder().setRecordSeparator("\n").get());
        printer.printRecord(columns());
        while (rows.hasNext()) {
            printer.printRecord(
                    values(rows.next()).stream().map(ExportJob::text).toList());
        }
        printer.flush();
    }

    private void json(Iterator<StoredRow> rows, PrintStream out) throws IOException {
        var mapper = new ObjectMapper();
        try (var json = mapper.getFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            while (rows.hasNext()) {
                object(columns(), values(rows.next()), json);
            }
            json.writeEndArray();
        }
        out.println();
    }

    private static void object(List<String> names, List<@Nullable Object> values, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        for (int index = 0; index < names.size(); index++) {
            json.writeFieldName(names.get(index));
            var value = values.get(index);
            if (value instanceof BigDecimal decimal) {
                json.writeNumber(decimal.toPlainString());
            } else if (value == null || value instanceof Number || value instanceof Boolean) {
                json.writeObject(value);
            } else {
                json.writeString(value.toString());
            }
        }
        json.writeEndObject();
    }

    private List<String> columns() {
        var names = new ArrayList<String>();
        if (shape.windowed()) {
            names.addAll(List.of("window_start", "window_end"));
        }
        shape.keys().forEach(key -> names.add(key.name()));
        shape.measures().forEach(measure -> names.add(measure.name()));
        names.addAll(List.of("status", "revision", "events", "as_of", "run_id"));
        return names;
    }

    private List<@Nullable Object> values(StoredRow row) {
        var values = new ArrayList<@Nullable Object>();
        if (!row.window().equals(Span.ALL)) {
            values.add(row.window().start());
            values.add(row.window().end());
        }
        values.addAll(row.key());
        values.addAll(row.measures());
        values.add(row.status().name().toLowerCase(Locale.ROOT));
        values.add((long) row.revision());
        values.add(row.events());
        values.add(row.asOf());
        values.add(row.runId());
        return values;
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }
}
