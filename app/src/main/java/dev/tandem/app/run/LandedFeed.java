package dev.tandem.app.run;

import dev.tandem.feed.Fault;
import dev.tandem.feed.Feed;
import dev.tandem.feed.FeedRecord;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Cut;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.model.Format;
import dev.tandem.model.Instants;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Schema;
import dev.tandem.model.Source;
import dev.tandem.model.record.MalformedRecordException;
import dev.tandem.model.record.RecordParser;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a stream has landed, as a feed: byte by byte, in the order of arrival. Its clock is event time: a record is due with the highest
 * event time so far. Quarantined records do not move that clock, since one from the year 2099 would stop it.
 *
 * @param count how many records there are up to the cut
 */
record LandedFeed(LandedLog log, Cut cut, long count, Pipeline pipeline) implements Feed {
    private static final Comparator<Landed> BY_ARRIVAL =
            Comparator.comparingLong(Landed::arrivedMillis).thenComparing(Landed::at, Coordinates::compareTo);

    @Override
    public Stream<FeedRecord> records() {
        var landed = log.read(new LandedLog.Slice(0, cut.microBatch()));
        return Feed.inOrder(new Played(new Arrivals(landed))).onClose(landed::close);
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(count);
    }

    /** Landed cells stand in the schema's order. A header with a delimiter of its own is one text, for whoever puts commas between. */
    @Override
    public List<String> columns() {
        var format = pipeline.source().format();
        if (format.kind() != Format.Kind.CSV || !(pipeline.source() instanceof Source.Files)) {
            return List.of();
        }
        var names = pipeline.schema().fields().stream().map(Schema.Field::name).toList();
        return format.delimiter() == ',' ? names : List.of(String.join(String.valueOf(format.delimiter()), names));
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

    private final class Played implements Iterator<FeedRecord> {
        private final Iterator<Landed> landed;
        private final RecordParser parser =
                new RecordParser(pipeline.schema(), pipeline.source().format());
        private final List<String> fields =
                pipeline.schema().fields().stream().map(Schema.Field::name).toList();
        private final int eventTime = fields.indexOf(pipeline.eventTime());
        private final int[] copiesBy =
                Feeding.copiesBy(pipeline).stream().mapToInt(fields::indexOf).toArray();
        private Instant highest = Instant.EPOCH;
        private long number;

        private Played(Iterator<Landed> landed) {
            this.landed = landed;
        }

        @Override
        public boolean hasNext() {
            return landed.hasNext();
        }

        @Override
        public FeedRecord next() {
            var record = landed.next();
            var values = values(record);
            var time = Optional.ofNullable(values[eventTime]).map(micros -> Instants.ofMicros((Long) micros));
            if (record.as() != Landed.As.QUARANTINED) {
                highest = time.filter(highest::isBefore).orElse(highest);
            }
            var place = number++;
            return new FeedRecord(
                    place,
                    place,
                    Fault.NONE,
                    id(values),
                    time,
                    highest,
                    record.raw().bytes());
        }

        /** By field; all absent for a record that cannot be read. */
        private @Nullable Object[] values(Landed record) {
            try {
                return parser.parse(record.raw().bytes());
            } catch (MalformedRecordException e) {
                return new @Nullable Object[fields.size()];
            }
        }

        private Optional<String> id(@Nullable Object[] values) {
            var key = Arrays.stream(copiesBy).mapToObj(field -> values[field]).toList();
            return key.isEmpty() || key.contains(null)
                    ? Optional.empty()
                    : Optional.of(key.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
    }
}
