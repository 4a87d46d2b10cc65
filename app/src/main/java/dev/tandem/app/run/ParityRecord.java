package dev.tandem.app.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.model.Window.Span;
import dev.tandem.proof.Report;
import dev.tandem.store.ParityTables;
import java.io.UncheckedIOException;
import java.util.ArrayList;

/** Leaves what a comparison found in the database, where a dashboard or a later question can read it. */
record ParityRecord(ParityTables tables, ParityTables.Comparison comparison) {
    private static final ObjectMapper JSON = new ObjectMapper();

    void write(Report report) {
        var differences = new ArrayList<ParityTables.Difference>();
        var causes = new ArrayList<ParityTables.Cause>();
        for (var difference : report.differences()) {
            var cell = new ParityTables.Cell(difference.view(), difference.rowKey(), difference.measure());
            var window = difference.start().isPresent() && difference.end().isPresent()
                    ? new Span(difference.start().get(), difference.end().get())
                    : Span.ALL;
            differences.add(new ParityTables.Difference(
                    cell,
                    window,
                    json(difference.key()),
                    difference.stream(),
                    difference.batch(),
                    report.verdict().word()));
            difference
                    .causes()
                    .keySet()
                    .forEach(cause -> causes.add(new ParityTables.Cause(
                            cell,
                            cause,
                            difference.difference().map(it -> it.toPlainString()),
                            json(difference.records()))));
        }
        tables.replace(comparison, differences, causes);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
