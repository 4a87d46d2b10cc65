package dev.tandem.app.run;

import dev.tandem.feed.Feed;
import dev.tandem.feed.FeedRecord;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.model.Pipeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a stream has landed, as a feed: byte by byte, in the order of arrival. Its clock is event time: a record is due with the highest
 * event time so far. Quarantined records do not move that clock, since one from the year 2099 would stop it.
 *
 * @param count how many records there are up to the cut
 */
record LandedFeed(LandedLog log, EndOffsets cut, long count, Pipeline pipeline) implements Feed {
    private static final Comparator<Landed> BY_ARRIVAL =
            Comparator.comparingLong(Landed::arrivedMillis).thenComparing(Landed::at, Coordinates::compareTo);

    @Override
    public Stream<FeedRecord> records() {
        var landed = log.read(new LandedLog.Slice(0, cut.microBatch()));
        return Feed.inOrder(new PlayedRecords(new Arrivals(landed), pipeline)).onClose(landed::close);
    }

    @Override
    public List<String> columns() {
        return PlayedRecords.columns(pipeline);
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(count);
    }

    /** The records of one micro-batch after the other, those of each in the order of arrival: partitions were read side by side. */
    private static final class Arrivals implements Iterator<Landed> {
        private final ClosingIterator<Landed> landed;
        private final ArrayDeque<Landed> microBatch = new ArrayDeque<>();
        private @Nullable Landed ahead;

        private Arrivals(ClosingIterator<Landed> landed) {
            this.landed = landed;
        }

        @Override
        public boolean hasNext() {
            return !microBatch.isEmpty() || ahead != null || landed.hasNext();
        }

        @Override
        public Landed next() {
            if (microBatch.isEmpty()) {
                takeMicroBatch();
            }
            return microBatch.remove();
        }

        private void takeMicroBatch() {
            var first = ahead == null ? landed.next() : ahead;
            var records = new ArrayList<>(List.of(first));
            ahead = null;
            while (ahead == null && landed.hasNext()) {
                var next = landed.next();
                if (next.microBatch() == first.microBatch()) {
                    records.add(next);
                } else {
                    ahead = next;
                }
            }
            records.sort(BY_ARRIVAL);
            microBatch.addAll(records);
        }
    }
}
