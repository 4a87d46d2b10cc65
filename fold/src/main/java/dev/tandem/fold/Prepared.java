package dev.tandem.fold;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record after parsing and the steps, before everything that depends on other records. It holds the values of all expressions
 * of the definition, so that deduplication, windows and lateness need no engine.
 *
 * @param at the position of the record in the log
 * @param arrivedMillis arrival time, milliseconds since 1970
 * @param raw the bytes as they arrived
 * @param rejection why the record goes to quarantine, if it does
 * @param exit where a step led it out of the pipeline, if one did
 * @param eventMicros event time in microseconds since 1970; 0 where rejected
 * @param identity of the dedup key, where the pipeline has one
 * @param landKey the values of the landing table's key fields
 * @param contributions the rows it gives to the views, in view order
 * @param fields its values after all steps, in the order of {@link FoldPlan#fields()}; empty where no output wants them
 * @param unmatched the dimensions that had no row for it
 */
public record Prepared(
        Coordinates at,
        long arrivedMillis,
        Raw raw,
        Optional<Rejection> rejection,
        Optional<Exit> exit,
        long eventMicros,
        Optional<Identity> identity,
        List<@Nullable Object> landKey,
        List<Contribution> contributions,
        List<@Nullable Object> fields,
        List<String> unmatched) {

    /**
     * How a record left the pipeline before the views.
     *
     * @param branch the name that a {@code split} gave it; empty if a {@code keep} filtered it
     * @param afterDedup whether the step comes after the dedup step, so that a copy is a duplicate first
     */
    public record Exit(Optional<String> branch, boolean afterDedup) {
        public static final Exit FILTERED = new Exit(Optional.empty(), false);
    }

    public boolean filtered() {
        return exit.isPresent() && exit.get().branch().isEmpty();
    }

    /** A record's bytes, compared by content. */
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

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Raw raw && Arrays.equals(bytes, raw.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** The name of the rule that refused a record, and what was wrong. */
    public record Rejection(String reason, String detail) implements Serializable {
        /** Of a record that none refused. */
        public static final Rejection NONE = new Rejection("", "");

        /** No rule of a definition has a colon in its name. */
        private static final String HELD = "held:";

        /** The same of a record that a retry has not chosen: it stays in quarantine, whatever the definition says of it. */
        public Rejection held() {
            return isHeld() ? this : new Rejection(heldBy(reason), detail);
        }

        /** The reason of records that {@code rule} has refused and that a retry has not chosen. */
        public static String heldBy(String rule) {
            return HELD + rule;
        }

        public boolean isHeld() {
            return reason.startsWith(HELD);
        }

        /** The rule, also of a record that is held. */
        public String rule() {
            return isHeld() ? reason.substring(HELD.length()) : reason;
        }
    }

    /** One row for a view before windows: its key and the arguments of its measures (null where a filter leaves it out). */
    public record Contribution(int view, List<@Nullable Object> key, List<@Nullable Object> arguments) {}
}
