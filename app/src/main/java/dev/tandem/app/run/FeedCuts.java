package dev.tandem.app.run;

import dev.tandem.engine.source.PlannedSource;
import dev.tandem.feed.Standing;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;

/**
 * Ends the micro-batches of a live feed after a fixed number of records, in the order of sending, so that a micro-batch ends at
 * the same event time in each partition, however unequal the partitions are. The feed reports its positions; the stream asks for
 * the next end.
 */
final class FeedCuts implements Standing, PlannedSource.Plan {
    /**
     * How many records of the feed a micro-batch has.
     *
     * @param coarse up to {@code coarseUntil} records; a stream that has just started is slow at each micro-batch, and must catch up with
     *     what has come in meanwhile
     * @param fine after that
     */
    record Sizes(long fine, long coarse, long coarseUntil) {
        Sizes {
            if (fine < 1 || coarse < 1 || coarseUntil < 0) {
                throw new IllegalArgumentException(
                        "Cannot cut a feed every %d records, and every %d up to %d: a micro-batch needs records; give at least 1"
                                .formatted(fine, coarse, coarseUntil));
            }
        }

        /** How many records there are up to the first cut after so many. */
        long after(long records) {
            return records < coarseUntil
                    ? Math.min(coarseUntil, next(records, coarse))
                    : coarseUntil + next(records - coarseUntil, fine);
        }

        private static long next(long records, long step) {
            return (records / step + 1) * step;
        }
    }

    private final Sizes sizes;
    private final ArrayDeque<Map<Integer, Long>> ahead = new ArrayDeque<>();
    private long next;

    FeedCuts(Sizes sizes) {
        this.sizes = sizes;
        this.next = sizes.after(0);
    }

    @Override
    public synchronized void after(long records, Map<Integer, Long> ends) {
        if (records >= next) {
            ahead.add(Map.copyOf(ends));
            next = sizes.after(records);
        }
    }

    /** The feed is over; the last micro-batch ends there. */
    synchronized void ended(Map<Integer, Long> ends) {
        ahead.add(Map.copyOf(ends));
    }

    @Override
    public synchronized Optional<Map<Integer, Long>> after(Map<Integer, Long> from) {
        while (!ahead.isEmpty() && !behind(from, ahead.element())) {
            ahead.remove();
        }
        return Optional.ofNullable(ahead.peek());
    }

    private static boolean behind(Map<Integer, Long> from, Map<Integer, Long> cut) {
        return cut.entrySet().stream().anyMatch(it -> it.getValue() > from.getOrDefault(it.getKey(), 0L));
    }
}
