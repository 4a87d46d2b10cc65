package dev.tandem.app.init;

import dev.tandem.model.FieldType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * Fields that could identify records.
 *
 * @param duplicates how many records have the key of an earlier one
 * @param differing how many of them differ from that one in some byte: another version, or another event, which a dedup would
 * lose
 */
record KeyIdea(List<String> fields, long duplicates, long differing) {
    private static final int MOST_PAIRS = 12;
    private static final int MOST_FIELDS = 16;
    private static final int LONGEST_TEXT = 100;
    private static final int ENOUGH_RECORDS = 100;

    KeyIdea {
        fields = List.copyOf(fields);
    }

    /** Measures {@code fields} in the records that are not malformed; a record without a value for one of them is no duplicate. */
    static KeyIdea measured(ReadRecords records, List<Finding> fields) {
        var first = new HashMap<List<Object>, Integer>();
        long duplicates = 0;
        long differing = 0;
        for (int record = 0; record < records.size(); record++) {
            var key = key(records, fields, record);
            if (key.isPresent()) {
                var before = first.putIfAbsent(key.get(), record);
                duplicates += before == null ? 0 : 1;
                differing += before == null || Arrays.equals(records.bytes(before), records.bytes(record)) ? 0 : 1;
            }
        }
        return new KeyIdea(fields.stream().map(Finding::name).toList(), duplicates, differing);
    }

    /** Empty where a field has no value. */
    static Optional<List<Object>> key(ReadRecords records, List<Finding> fields, int record) {
        var values = new ArrayList<Object>();
        for (var field : fields) {
            var value = field.values().isPresent() ? records.value(record, field) : Optional.<Object>empty();
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(values);
    }

    /** Sensible keys, the best first. */
    static List<KeyIdea> ideas(ReadRecords records, List<Finding> fields, Finding time) {
        var singles = fields.stream()
                .filter(it -> possible(records, it))
                .map(it -> new Ranked(Hints.key(it.name()), it.depth(), measured(records, List.of(it))))
                .filter(it -> it.idea().duplicates() * 10 <= records.size()
                        || (it.hint() == 0 && it.idea().differing() == 0))
                .filter(it -> it.hint() < 2
                        || (records.size() >= ENOUGH_RECORDS && it.idea().duplicates() == 0))
                .sorted(Comparator.comparingInt(Ranked::hint)
                        .thenComparingInt(Ranked::depth)
                        .thenComparingLong(it -> it.idea().duplicates()))
                .toList();
        var ideas = new ArrayList<>(singles.stream().map(Ranked::idea).toList());
        if (singles.stream().noneMatch(it -> it.hint() < 2)) {
            ideas.addAll(pairs(records, fields, time));
            whole(records, fields).ifPresent(ideas::add);
        }
        return ideas;
    }

    private record Ranked(int hint, int depth, KeyIdea idea) {}

    private static boolean possible(ReadRecords records, Finding field) {
        boolean type = field.type().isText() || field.type().equals(FieldType.LONG);
        boolean filled = field.values().isPresent() && field.nulls() * 20 <= records.size();
        return type
                && filled
                && field.values()
                        .orElseThrow()
                        .texts()
                        .limit(ENOUGH_RECORDS)
                        .allMatch(it -> it.length() <= LONGEST_TEXT);
    }

    /** A field together with the event time, where that leaves only records that are the same to the last byte. */
    private static List<KeyIdea> pairs(ReadRecords records, List<Finding> fields, Finding time) {
        if (time.values().isEmpty() || records.size() < ENOUGH_RECORDS) {
            return List.of();
        }
        return fields.stream()
                .filter(it -> possible(records, it) && it.different() > ENOUGH_RECORDS / 10)
                .sorted(Comparator.comparingInt((Finding it) -> Hints.key(it.name()))
                        .thenComparing(
                                Comparator.comparingLong(Finding::different).reversed()))
                .limit(MOST_PAIRS)
                .map(it -> measured(records, List.of(it, time)))
                .filter(it -> it.differing() == 0)
                .toList();
    }

    /** All fields, where some records stand twice. */
    private static Optional<KeyIdea> whole(ReadRecords records, List<Finding> fields) {
        var all = fields.stream()
                .filter(it ->
                        it.values().isPresent() && it.nulls() == 0 && !it.type().isList())
                .toList();
        return Optional.of(all)
                .filter(it -> !it.isEmpty() && it.size() <= MOST_FIELDS)
                .map(it -> measured(records, it))
                .filter(it -> it.duplicates() > 0 && it.differing() == 0);
    }
}
