package dev.tandem.parity;

import dev.tandem.fold.Identity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A row in which the modes differ, with each measure that does.
 *
 * @param causes how many records are behind each cause
 * @param records where the first of them stand
 */
public record DifferingRow(
        String view,
        Optional<Instant> start,
        Optional<Instant> end,
        Map<String, String> key,
        Identity rowKey,
        List<Cell> cells,
        Map<String, Long> causes,
        List<String> records) {

    /** A measure in both modes; {@code stream} or {@code batch} is empty where that mode has no row, or null there. */
    public record Cell(
            String measure,
            Optional<String> stream,
            Optional<String> batch,
            Optional<BigDecimal> difference,
            Optional<BigDecimal> percent) {}

    /** The row that {@code differences}, one for each measure, are of. */
    static DifferingRow of(List<Report.Difference> differences) {
        var first = differences.get(0);
        var causes = new LinkedHashMap<String, Long>();
        var records = new TreeSet<String>();
        var cells = new ArrayList<Cell>();
        for (var it : differences) {
            cells.add(new Cell(it.measure(), it.stream(), it.batch(), it.difference(), it.percent()));
            it.causes().forEach((cause, count) -> causes.merge(cause, count, Math::max));
            records.addAll(it.records());
        }
        return new DifferingRow(
                first.view(),
                first.start(),
                first.end(),
                first.key(),
                first.rowKey(),
                List.copyOf(cells),
                causes,
                List.copyOf(records));
    }
}
