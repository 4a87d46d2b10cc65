package dev.tandem.app.run;

import dev.tandem.feed.Fault;
import dev.tandem.feed.FeedRecord;
import dev.tandem.fold.Landed;
import dev.tandem.model.Format;
import dev.tandem.model.Instants;
import dev.tandem.model.Pipeline;
import dev.tandem.model.record.Envelope;
import dev.tandem.model.record.MalformedRecordException;
import dev.tandem.model.record.RecordParser;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records of a log as those of a feed, byte by byte. Its clock is event time: a record is due with the highest event time so far.
 * Quarantined records do not move that clock, since one from the year 2099 would stop it.
 */
final class PlayedRecords implements Iterator<FeedRecord> {
    private final Iterator<Landed> landed;
    private final RecordParser parser;
    private final Envelope envelope;
    private final int fields;
    /** The position of the event time; negative where a message's time is meant. */
    private final int eventTime;

    private final int[] copiesBy;
    private Instant highest = Instant.EPOCH;
    private long number;

    PlayedRecords(Iterator<Landed> landed, Pipeline pipeline) {
        this.landed = landed;
        var schema = pipeline.schema().landed();
        this.parser = new RecordParser(schema, pipeline.source().format());
        this.envelope = Envelope.of(schema);
        var names = schema.names();
        this.fields = names.size();
        this.eventTime = names.indexOf(pipeline.eventTime());
        this.copiesBy =
                Feeding.copiesBy(pipeline).stream().mapToInt(names::indexOf).toArray();
    }

    /** Cells stand in the schema's order. A header with a delimiter of its own is one text, for whoever puts commas between. */
    static List<String> columns(Pipeline pipeline) {
        var format = pipeline.source().format();
        if (format.kind() != Format.Kind.CSV || pipeline.source().asFiles().isEmpty()) {
            return List.of();
        }
        var delimiter = String.valueOf(format.delimiter());
        var names = pipeline.schema().header().stream()
                .map(name -> cell(name, delimiter))
                .toList();
        return delimiter.equals(",") ? names : List.of(String.join(delimiter, names));
    }

    private static String cell(String text, String delimiter) {
        boolean plain = Stream.of(delimiter, "\"", "\n", "\r").noneMatch(text::contains);
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public boolean hasNext() {
        return landed.hasNext();
    }

    @Override
    public FeedRecord next() {
        var record = landed.next();
        var values = values(record);
        var time = eventTime < 0
                ? Optional.of(Instant.ofEpochMilli(record.arrivedMillis()))
                : Optional.ofNullable(values[eventTime]).map(micros -> Instants.ofMicros((Long) micros));
        if (record.as() != Landed.As.QUARANTINED) {
            highest = time.filter(highest::isBefore).orElse(highest);
        }
        var place = number++;
        var opened = envelope.open(record.raw().bytes());
        return new FeedRecord(place, place, Fault.NONE, id(values), time, highest, opened.value())
                .with(new FeedRecord.Beside(opened.key(), opened.headers()));
    }

    /** By field; all absent for a record that cannot be read. */
    private @Nullable Object[] values(Landed record) {
        try {
            return parser.parse(record.raw().bytes());
        } catch (MalformedRecordException e) {
            return new @Nullable Object[fields];
        }
    }

    private Optional<String> id(@Nullable Object[] values) {
        var key = Arrays.stream(copiesBy).mapToObj(field -> values[field]).toList();
        return key.isEmpty() || key.contains(null)
                ? Optional.empty()
                : Optional.of(key.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
}
