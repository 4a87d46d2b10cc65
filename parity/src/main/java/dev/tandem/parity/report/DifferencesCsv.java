package dev.tandem.parity.report;

import dev.tandem.parity.Differences;
import dev.tandem.parity.Report;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes {@code differences.csv} as RFC 4180: every difference, with a column for each key that any view has. People open it in
 * spreadsheets, which run a cell that starts like a formula, so such text gets an apostrophe in front.
 */
public final class DifferencesCsv {
    private static final String FORMULA_STARTS = "=+-@\t\r\n\0";

    private DifferencesCsv() {}

    /** Writes them one after the other: there may be as many as there are rows. */
    static void write(Differences differences, Appendable out) throws IOException {
        var keys = differences.keys();
        var csv = new CSVPrinter(out, CSVFormat.RFC4180);
        csv.printRecord(header(keys));
        for (var difference : differences) {
            csv.printRecord(cells(difference, keys));
        }
    }

    private static List<String> header(Iterable<String> keys) {
        var header = new ArrayList<>(List.of("view", "window_start", "window_end"));
        keys.forEach(key -> header.add("key_" + key));
        header.addAll(List.of("measure", "stream", "batch", "difference", "percent", "causes", "records"));
        return header;
    }

    private static List<String> cells(Report.Difference difference, Iterable<String> keys) {
        var cells = new ArrayList<String>();
        cells.add(harmless(difference.view()));
        cells.add(difference.start().map(Instant::toString).orElse(""));
        cells.add(difference.end().map(Instant::toString).orElse(""));
        keys.forEach(key -> cells.add(harmless(difference.key().getOrDefault(key, ""))));
        cells.add(harmless(difference.measure()));
        cells.add(harmless(difference.stream().orElse("")));
        cells.add(harmless(difference.batch().orElse("")));
        cells.add(difference.difference().map(BigDecimal::toPlainString).orElse(""));
        cells.add(difference.percent().map(BigDecimal::toPlainString).orElse(""));
        cells.add(harmless(causes(difference.causes())));
        cells.add(harmless(String.join(" ", difference.records())));
        return cells;
    }

    private static String causes(Map<String, Long> causes) {
        return causes.entrySet().stream()
                .map(cause -> cause.getKey() + "=" + cause.getValue())
                .collect(Collectors.joining(" "));
    }

    /** With an apostrophe before what a spreadsheet would take for a formula; numbers stay numbers. */
    public static String harmless(String cell) {
        var startsFormula = !cell.isEmpty() && FORMULA_STARTS.indexOf(cell.charAt(0)) >= 0;
        return startsFormula && NumberText.read(cell).isEmpty() ? "'" + cell : cell;
    }
}
