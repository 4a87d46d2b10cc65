package dev.tandem.model;

import java.util.List;
import java.util.Optional;

/**
 * The columns that outputs and the landing table have beside those of a definition, which therefore cannot be called so. They are
 * refused when a definition is read, and not renamed: a column that is sometimes called otherwise is found by nobody.
 */
public final class OwnColumns {
    /** Of a table of a view. */
    public static final List<String> OF_VIEW_TABLE =
            List.of("row_key", "status", "revision", "events", "as_of", "run_id");

    /** Of a view's rows as messages, and as latest rows. */
    public static final List<String> OF_VIEW_OBJECT = List.of("status", "revision", "events");

    /** Of a table of records. */
    public static final List<String> OF_RECORD_TABLE = List.of("row_key", "as_of", "run_id");

    /** Of the landing table. */
    public static final List<String> OF_LANDING_TABLE =
            List.of("partition", "position", "arrived_at", "event_time", "identity", "micro_batch", "raw");

    private OwnColumns() {}

    /** The one of {@code own} that {@code name} would collide with: databases do not tell names apart by case. */
    public static Optional<String> collision(String name, List<String> own) {
        return own.stream().filter(name::equalsIgnoreCase).findFirst();
    }
}
