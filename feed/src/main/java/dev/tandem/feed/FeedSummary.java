package dev.tandem.feed;

import java.time.Duration;
import java.util.Map;

/**
 * What became of a feed: {@code sent = acked + refused + unknown}.
 *
 * @param refused not in the log for certain, such as records that are too large
 * @param unknown sent without an answer; only where sending was stopped
 * @param stopped whether the sending thread was interrupted before the feed's end
 * @param faults of the sent records, {@link Fault#NONE} included; a record with two faults counts for both
 * @param endOffsets per partition that got a record: one more than the last acknowledged offset; empty for files
 */
public record FeedSummary(
        long sent,
        long acked,
        long refused,
        long unknown,
        boolean stopped,
        Duration took,
        Map<Fault, Long> faults,
        Map<Integer, Long> endOffsets) {

    public FeedSummary {
        faults = Map.copyOf(faults);
        endOffsets = Map.copyOf(endOffsets);
    }

    public long failed() {
        return refused + unknown;
    }

    public double perSecond() {
        return sent / Math.max(1e-9, took.toNanos() / 1e9);
    }
}
