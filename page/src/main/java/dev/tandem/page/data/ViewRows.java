package dev.tandem.page.data;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What each mode has stored for a view. Both lists by window, then by key. */
public record ViewRows(String view, List<Row> stream, List<Row> batch) {
    /** A row; {@code cells} are exact, in the order of the view's columns, an empty one is null in the table. */
    public record Row(
            Optional<Instant> start,
            Optional<Instant> end,
            List<Optional<String>> cells,
            String status,
            long revision) {}
}
