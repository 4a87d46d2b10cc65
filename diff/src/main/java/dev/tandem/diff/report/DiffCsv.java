package dev.tandem.diff.report;

import dev.tandem.diff.table.Columns;
import dev.tandem.diff.table.RowDifferences;
import dev.tandem.parity.report.DifferencesCsv;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Every difference as RFC 4180: a line for each value that differs, and one for each value of a row that only one side has. */
final class DiffCsv {
    private DiffCsv() {}

    static void write(Columns columns, RowDifferences rows, Appendable out) throws IOException {
        var csv = new CSVPrinter(out, CSVFormat.RFC4180);
        var header = new ArrayList<String>(List.of("kind"));
        columns.keys().forEach(column -> header.add("key_" + column.name()));
        header.addAll(List.of("column", "left", "right"));
        csv.printRecord(header);
        rows.all(row -> {
            var start = new ArrayList<String>(List.of(row.kind()));
            row.key().forEach(value -> start.add(DifferencesCsv.harmless(value.orElse(""))));
            if (row.cells().isEmpty()) {
                record(csv, start, List.of("", "", ""));
            }
            for (var cell : row.cells()) {
                record(
                        csv,
                        start,
                        List.of(
                                DifferencesCsv.harmless(cell.column()),
                                DifferencesCsv.harmless(cell.left().orElse("")),
                                DifferencesCsv.harmless(cell.right().orElse(""))));
            }
        });
        csv.flush();
    }

    private static void record(CSVPrinter csv, List<String> start, List<String> rest) throws IOException {
        var cells = new ArrayList<>(start);
        cells.addAll(rest);
        csv.printRecord(cells);
    }
}
