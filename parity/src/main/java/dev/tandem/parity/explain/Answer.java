package dev.tandem.parity.explain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code explain} answers: the rows that were asked for, the worst first, and one of them explained.
 *
 * @param asked how many rows fit what was asked for
 * @param differing how many of them differ
 * @param rows the worst of them
 * @param chosen which of {@code rows} is explained, counted from 1; 0 for none
 * @param explained for a row of a top view, the rows that stand at its rank in either mode; else the row itself
 */
public record Answer(
        String pipeline, long asked, long differing, List<Line> rows, int chosen, List<Explanation> explained) {
    /**
     * A row of the list, by the measure that differs most.
     *
     * @param stream as text; empty where the stream has no row
     * @param difference what the batch has more, where the values are numbers
     * @param closed whether the row's window has closed in the stream
     */
    public record Line(
            String view,
            Optional<Instant> start,
            Map<String, String> key,
            String measure,
            Optional<String> stream,
            Optional<String> batch,
            Optional<BigDecimal> difference,
            boolean closed) {}

    /** Tells {@code rows}, of which number {@code chosen} is explained. */
    public static Answer of(String pipeline, WorstRows rows, int chosen, List<Explanation> explained) {
        return new Answer(
                pipeline,
                rows.rows(),
                rows.differing(),
                rows.worst().stream().map(Candidate::line).toList(),
                chosen,
                explained);
    }
}
