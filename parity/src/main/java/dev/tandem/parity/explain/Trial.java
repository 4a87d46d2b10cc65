package dev.tandem.parity.explain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a stream would have counted with another watermark delay, beside what it has counted.
 *
 * @param before the delay that it had
 * @param delay the one that was tried
 * @param faithful whether counting again with the delay that it had gave the fates that its ledger has
 * @param rows how many were compared
 * @param rowsText what was compared, as in {@code rows of 'stats'}
 */
public record Trial(
        String pipeline,
        Duration before,
        Duration delay,
        Counts asItWas,
        Counts tried,
        Later later,
        boolean faithful,
        long rows,
        String rowsText,
        Changed changed) {

    /**
     * One of the two streams.
     *
     * @param late records that every window refused
     * @param latePartial records that some window refused and some took
     * @param groups the most open groups held at once
     * @param keys the most dedup keys remembered at once
     */
    public record Counts(long late, long latePartial, long duplicate, long groups, long keys) {
        long refused() {
            return late + latePartial;
        }

        long state() {
            return groups + keys;
        }
    }

    /**
     * How much later windows become final, in event time.
     *
     * @param windows that later records have closed with both delays
     * @param waiting windows that records have closed with the delay before, but not with the tried one
     */
    public record Later(long windows, Duration median, Duration most, long waiting) {}

    /**
     * Rows whose numbers change.
     *
     * @param rows how many there are
     * @param examined of how many the batch's row was looked up
     * @param becomeEqual how many of these differ from the batch's row and then do not
     * @param becomeUnequal the opposite
     * @param largest those that change most
     */
    public record Changed(long rows, long examined, long becomeEqual, long becomeUnequal, List<Row> largest) {}

    /** {@code isFinal} says whether the window closes with the tried delay before the log ends. */
    public record Row(
            String view,
            Optional<Instant> start,
            Optional<Instant> end,
            Map<String, String> key,
            boolean isFinal,
            List<Cell> cells) {}

    /** A number; empty where there is no row. */
    public record Cell(String measure, Optional<String> stream, Optional<String> tried, Optional<String> batch) {
        boolean changes() {
            return !stream.equals(tried);
        }
    }
}
