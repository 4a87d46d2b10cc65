package dev.tandem.engine.source;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.StreamLedger.Range;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.record.Envelope;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A Kafka topic as a finished log, for batches over topics that no stream has landed: every partition from its earliest offset to
 * the last stable offset at the time of opening. A slice is a range of offsets of one partition.
 */
public final class TopicLog implements LandedLog, AutoCloseable {
    private static final long serialVersionUID = 1L;

    private final TopicReader reader;
    private final List<Piece> pieces;

    /** Offsets of one partition, from {@code from} (included) to {@code until} (not included). */
    private record Piece(int partition, long from, long until) implements Serializable {}

    private TopicLog(TopicReader reader, List<Piece> pieces) {
        this.reader = reader;
        this.pieces = List.copyOf(pieces);
    }

    /** Asks the cluster {@code kafka} where the topic begins and ends now; only the values of messages are read. */
    public static TopicLog of(KafkaAddress kafka, String topic) {
        return of(kafka, topic, Envelope.NONE);
    }

    /** The same with what is read of a message beside its value. */
    public static TopicLog of(KafkaAddress kafka, String topic, Envelope envelope) {
        try (var offsets = new TopicOffsets(kafka, topic)) {
            var begin = offsets.earliest();
            var pieces = new ArrayList<Piece>();
            new TreeMap<>(offsets.latest())
                    .forEach((partition, end) ->
                            pieces.add(new Piece(partition, begin.getOrDefault(partition, 0L), end)));
            return new TopicLog(
                    new TopicReader(kafka, topic, envelope, UUID.randomUUID().toString()), pieces);
        }
    }

    /** Everything there is. */
    public EndOffsets cut() {
        var positions = new TreeMap<Integer, Long>();
        pieces.forEach(piece -> positions.put(piece.partition(), piece.until()));
        return new EndOffsets(0, positions);
    }

    /**
     * Pieces of each partition, one partition after the other. {@code cut} must be this log's own, since a slice is recognised by the number
     * of its partition in it.
     */
    @Override
    public List<Slice> slices(EndOffsets cut, int parts) {
        var slices = new ArrayList<Slice>();
        int each = Math.max(1, (parts + pieces.size() - 1) / Math.max(1, pieces.size()));
        for (int number = 0; number < pieces.size(); number++) {
            for (int part = 0; part < each; part++) {
                slices.add(new Slice(number, number, part, each));
            }
        }
        return slices;
    }

    @Override
    public ClosingIterator<Landed> read(Slice slice) {
        var whole = pieces.get(Math.toIntExact(slice.first()));
        long length = whole.until() - whole.from();
        long from = whole.from() + Math.multiplyExact(length, (long) slice.part()) / slice.parts();
        long until = whole.from() + Math.multiplyExact(length, (long) slice.part() + 1) / slice.parts();
        var ranges = Map.of(whole.partition(), new Range(from, until));
        return new Records(reader.range(ranges, new KnownTopic(0, "", Map.of()), TopicReader.BROKER_KNOWS)
                .read());
    }

    /** Lets go of the consumers of this process. */
    @Override
    public void close() {
        reader.close();
    }

    private static final class Records implements ClosingIterator<Landed> {
        private final RecordCursor cursor;
        private boolean known;
        private boolean more;

        Records(RecordCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean hasNext() {
            if (!known) {
                more = cursor.next();
                known = true;
            }
            return more;
        }

        @Override
        public Landed next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the slice of the topic is read");
            }
            known = false;
            return new Landed(
                    new Coordinates(cursor.partition(), cursor.position()),
                    cursor.arrivedMillis(),
                    new Prepared.Raw(cursor.value()),
                    0,
                    Landed.As.KEPT);
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
