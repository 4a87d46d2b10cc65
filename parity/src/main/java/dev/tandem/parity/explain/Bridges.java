package dev.tandem.parity.explain;

import dev.tandem.parity.DifferingRow;
import java.util.List;
import java.util.Map;

/**
 * The rows of a report with what explains them. For a row of a top view those are the rows that stand at its rank in either mode. A row
 * that is missing here was not explained: it has too many records to be explained beside others.
 */
public record Bridges(Map<DifferingRow, List<Explanation>> rows) {
    public static final Bridges NONE = new Bridges(Map.of());

    /** Empty for a row that was not explained. */
    public List<Explanation> of(DifferingRow row) {
        return rows.getOrDefault(row, List.of());
    }
}
