package dev.tandem.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Controlled disorder: every record of a feed arrives later by a share in [0, 1) of a bound, drawn from a seed, and is sent in
 * its new turn. Nothing is lost or altered, and no record is overtaken by more than the bound: a pipeline whose watermark waits
 * that long must give the result of the ordered feed. Where a feed is itself out of order, its own disorder stays.
 *
 * <p>Streams: in memory is only what arrives within the bound.
 */
public record Disorder(Duration upTo, long seed) {

    public Disorder {
        if (upTo.isNegative()) {
            throw new IllegalArgumentException(
                    "Cannot bring disorder of %s into a feed: the bound is negative; give 0 or more".formatted(upTo));
        }
    }

    public Feed of(Feed feed) {
        return new Disordered(feed);
    }

    private Instant arrivalOf(FeedRecord record) {
        var share = (Chance.DISORDER.hash(seed, record.number()) >>> 11) * 0x1.0p-53;
        return record.arrival().plusNanos((long) (upTo.toNanos() * share));
    }

    private record DelayedRecord(Instant arrival, FeedRecord record) implements Comparable<DelayedRecord> {
        @Override
        public int compareTo(DelayedRecord other) {
            var byArrival = arrival.compareTo(other.arrival);
            return byArrival != 0 ? byArrival : Long.compare(record.number(), other.record.number());
        }
    }

    private final class Disordered implements Feed {
        private final Feed feed;

        private Disordered(Feed feed) {
            this.feed = feed;
        }

        @Override
        public Stream<FeedRecord> records() {
            var ordered = feed.records();
            return Feed.inOrder(new Arrivals(ordered.iterator())).onClose(ordered::close);
        }

        @Override
        public OptionalLong size() {
            return feed.size();
        }

        @Override
        public List<String> columns() {
            return feed.columns();
        }
    }

    private final class Arrivals implements Iterator<FeedRecord> {
        private final Iterator<FeedRecord> ordered;
        private final PriorityQueue<DelayedRecord> waiting = new PriorityQueue<>();
        private @Nullable FeedRecord next;
        private long sent;

        private Arrivals(Iterator<FeedRecord> ordered) {
            this.ordered = ordered;
            advance();
        }

        @Override
        public boolean hasNext() {
            return next != null || !waiting.isEmpty();
        }

        @Override
        public FeedRecord next() {
            while (next != null
                    && (waiting.isEmpty() || waiting.element().arrival().isAfter(next.arrival()))) {
                waiting.add(new DelayedRecord(arrivalOf(next), next));
                advance();
            }
            if (waiting.isEmpty()) {
                throw new NoSuchElementException();
            }
            var held = waiting.remove();
            return held.record().sentAs(sent++, held.arrival());
        }

        private void advance() {
            next = ordered.hasNext() ? ordered.next() : null;
        }
    }
}
