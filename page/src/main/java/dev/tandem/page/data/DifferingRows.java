package dev.tandem.page.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some of the rows in which the modes differ.
 *
 * @param total how many differ
 * @param fitting how many of them fit what was asked for
 */
public record DifferingRows(long total, long fitting, List<Row> rows) {
    /**
     * One row.
     *
     * @param causes how many records are behind each cause
     * @param records the positions of the first of them
     */
    public record Row(
            String view,
            Optional<Instant> start,
            Optional<Instant> end,
            Map<String, String> key,
            List<Cell> measures,
            Map<String, Long> causes,
            List<String> records) {}

    /** A measure that differs; values as exact text, {@code difference} is batch − stream. */
    public record Cell(
            String measure,
            Optional<String> stream,
            Optional<String> batch,
            Optional<String> difference,
            Optional<String> percent) {}
}
