package dev.tandem.fold;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record after parsing and the steps, before anything that needs to know other records. Everything that the definition's
 * expressions can say about it stands here, so that the rest (duplicates, windows, lateness) needs no engine.
 *
 * @param at where the record stands in the log
 * @param arrivedMillis arrival time, milliseconds since 1970
 * @param raw the bytes as they arrived
 * @param rejection why the record goes to quarantine, if it does
 * @param filtered whether a {@code keep} step left it out
 * @param eventMicros event time in microseconds since 1970; 0 where rejected
 * @param identity of the dedup key, where the pipeline has one
 * @param landKey the values of the landing table's key fields
 * @param contributions the rows it gives to the views, in view order
 */
public record Prepared(
        Coordinates at,
        long arrivedMillis,
        Raw raw,
        Optional<Rejection> rejection,
        boolean filtered,
        long eventMicros,
        Optional<Identity> identity,
        List<@Nullable Object> landKey,
        List<Contribution> contributions) {

    /** A record's bytes. A class of its own because a record component that is an array compares by address. */
    public static final class Raw implements Serializable {
        private static final long serialVersionUID = 1L;
        private final byte[] bytes;

        public Raw(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The bytes themselves, not a copy: they are large and nobody changes them. */
        public byte[] bytes() {
            return bytes;
        }
    }

    /** The name of the rule that refused a record, and what was wrong. */
    public record Rejection(String reason, String detail) {}

    /** One row for a view before windows: its key and the arguments of its measures (null where a filter leaves it out). */
    public record Contribution(int view, List<@Nullable Object> key, List<@Nullable Object> arguments) {}
}
