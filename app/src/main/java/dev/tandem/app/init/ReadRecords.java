package dev.tandem.app.init;

import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import dev.tandem.model.record.MalformedRecordException;
import dev.tandem.model.record.RecordParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The sample as Tandem's own parser reads it by a proposed schema: what a pipeline would do with these records, not what a guess says of
 * them.
 */
final class ReadRecords {
    private static final int MOST_EXAMPLES = 3;

    private final Sample sample;
    private final List<Finding> fields;
    private final List<Optional<@Nullable Object[]>> rows = new ArrayList<>();
    private final Map<String, Long> faults = new LinkedHashMap<>();

    private ReadRecords(Sample sample, List<Finding> fields) {
        this.sample = sample;
        this.fields = fields;
    }

    /** Reads all records by {@code fields}, of which those that only a topic knows are left out. */
    static ReadRecords of(Sample sample, List<Finding> fields, Format format) {
        var inRecord = fields.stream().filter(it -> it.values().isPresent()).toList();
        var read = new ReadRecords(sample, inRecord);
        var parser = parser(inRecord, format);
        for (var record : sample.records()) {
            try {
                read.rows.add(Optional.of(parser.parse(record.bytes())));
            } catch (MalformedRecordException malformed) {
                read.rows.add(Optional.empty());
                read.faults.merge(String.valueOf(malformed.getMessage()), 1L, Long::sum);
            }
        }
        return read;
    }

    /** {@code fields}, where those become text that fail in more than one record of a hundred. */
    static List<Finding> sound(Sample sample, List<Finding> fields, Format format) {
        var read = of(sample, fields, format);
        if (read.malformed() * 100 <= sample.size()) {
            return fields;
        }
        return fields.stream()
                .map(it -> it.values().isPresent() && failing(sample, fields, it, format) * 100 > sample.size()
                        ? it.asText(!sample.csv())
                        : it)
                .toList();
    }

    /** In how many records {@code field} fails while all others are read as text. */
    private static long failing(Sample sample, List<Finding> fields, Finding field, Format format) {
        var alone = fields.stream()
                .filter(it -> it.values().isPresent())
                .filter(it -> sample.csv() || it.equals(field))
                .map(it -> it.equals(field) ? it : it.asText(false))
                .toList();
        return of(sample, alone, format).malformed();
    }

    private static RecordParser parser(List<Finding> fields, Format format) {
        return new RecordParser(
                new Schema(fields.stream().map(it -> it.field(false)).toList()), format);
    }

    int size() {
        return rows.size();
    }

    long malformed() {
        return rows.stream().filter(Optional::isEmpty).count();
    }

    /** The commonest reasons why a record is malformed. */
    List<String> reasons() {
        return faults.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_EXAMPLES)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The value of a field in a record; empty where there is none, and where the record is malformed. */
    Optional<Object> value(int record, Finding field) {
        int position = position(field.name());
        return rows.get(record).flatMap(it -> Optional.ofNullable(position < 0 ? null : it[position]));
    }

    private int position(String name) {
        for (int position = 0; position < fields.size(); position++) {
            if (fields.get(position).name().equals(name)) {
                return position;
            }
        }
        return -1;
    }

    byte[] bytes(int record) {
        return sample.records().get(record).bytes();
    }

    boolean sound(int record) {
        return rows.get(record).isPresent();
    }

    /** The time of a record in microseconds; what only the topic knows of it is the time of its arrival. */
    OptionalLong micros(int record, Finding time) {
        if (time.values().isEmpty()) {
            var arrived = sample.records().get(record).arrivedMillis();
            return arrived.isPresent() ? OptionalLong.of(arrived.getAsLong() * 1_000) : OptionalLong.empty();
        }
        return value(record, time).map(it -> OptionalLong.of((Long) it)).orElse(OptionalLong.empty());
    }

    /** All times that there are, in the order of arrival. */
    long[] times(Finding time) {
        var times = new ArrayList<Long>();
        for (int record = 0; record < size(); record++) {
            micros(record, time).ifPresent(times::add);
        }
        return times.stream().mapToLong(Long::longValue).toArray();
    }

    /** How far the furthest event is ahead of its arrival, in microseconds, and never less than 0. */
    long furthestAhead(Finding time) {
        long furthest = 0;
        for (int record = 0; record < size(); record++) {
            var arrived = sample.records().get(record).arrivedMillis();
            var event = micros(record, time);
            if (arrived.isPresent() && event.isPresent()) {
                furthest = Math.max(furthest, event.getAsLong() - arrived.getAsLong() * 1_000);
            }
        }
        return furthest;
    }
}
