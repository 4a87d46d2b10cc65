package dev.tandem.model;

import java.time.Duration;
import java.util.List;

/**
 * Keeps one record of each key; the stream remembers a key until the watermark is {@code within} past its event time.
 *
 * @param within {@link #FOREVER} where the key is never forgotten, as the primary key of a table does not forget
 */
public record Dedup(List<String> by, Keep keep, Nulls nulls, Duration within) {
    /** A horizon that no watermark reaches. */
    public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** Which copy counts, by the order of the log. */
    public enum Keep {
        FIRST,
        /** A later copy takes the place of the earlier one, whose part in open windows is taken back. */
        LAST
    }

    /** Whether two records that lack a part of the key have the same key. */
    public enum Nulls {
        /** As in a unique key of SQL: a record with a null in its key is a duplicate of none. */
        DISTINCT,
        /** As in Spark's {@code dropDuplicates}: null is a value like any other. */
        EQUAL
    }

    public Dedup {
        by = List.copyOf(by);
    }

    public Dedup(List<String> by, Keep keep, Duration within) {
        this(by, keep, Nulls.DISTINCT, within);
    }

    public Dedup(List<String> by, Duration within) {
        this(by, Keep.FIRST, within);
    }
}
