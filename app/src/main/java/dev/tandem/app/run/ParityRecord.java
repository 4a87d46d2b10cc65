package dev.tandem.app.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.model.Window.Span;
import dev.tandem.parity.Report;
import dev.tandem.store.ParityTables;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Leaves what a comparison found in the database, where a dashboard or a later question can read it. */
record ParityRecord(ParityTables tables, ParityTables.Comparison comparison) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A cause of one cell. */
    private record Because(ParityTables.Cell cell, String cause) {}

    /**
     * What is left there of some differences, once for each cell of the tables. A session that both modes begin at the same event and
     * end at different ones is two differences, one of each mode, and one row of the tables.
     */
    static ParityTables.Findings found(List<Report.Difference> some, String verdict) {
        Map<ParityTables.Cell, ParityTables.Difference> differences = new LinkedHashMap<>();
        Map<Because, ParityTables.Cause> causes = new LinkedHashMap<>();
        for (var difference : some) {
            var cell = new ParityTables.Cell(difference.view(), difference.rowKey(), difference.measure());
            differences.merge(cell, stored(difference, cell, verdict), ParityRecord::both);
            difference
                    .causes()
                    .keySet()
                    .forEach(cause -> causes.putIfAbsent(new Because(cell, cause), because(difference, cell, cause)));
        }
        return new ParityTables.Findings(List.copyOf(differences.values()), List.copyOf(causes.values()));
    }

    private static ParityTables.Difference both(ParityTables.Difference one, ParityTables.Difference other) {
        return new ParityTables.Difference(
                one.cell(),
                other.batch().isPresent() ? other.window() : one.window(),
                one.keyJson(),
                one.stream().or(other::stream),
                one.batch().or(other::batch),
                one.verdict());
    }

    void write(Report report) {
        var verdict = report.verdict().word();
        var lists = report.differences().lists();
        tables.replace(comparison, new Iterator<>() {
            @Override
            public boolean hasNext() {
                return lists.hasNext();
            }

            @Override
            public ParityTables.Findings next() {
                return found(lists.next(), verdict);
            }
        });
    }

    private static ParityTables.Difference stored(
            Report.Difference difference, ParityTables.Cell cell, String verdict) {
        var window = difference.start().isPresent() && difference.end().isPresent()
                ? new Span(difference.start().get(), difference.end().get())
                : Span.ALL;
        return new ParityTables.Difference(
                cell, window, json(difference.key()), difference.stream(), difference.batch(), verdict);
    }

    private static ParityTables.Cause because(Report.Difference difference, ParityTables.Cell cell, String cause) {
        return new ParityTables.Cause(
                cell, cause, difference.difference().map(it -> it.toPlainString()), json(difference.records()));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
