package dev.tandem.feed;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A truth file in numbers: how many records, of which fault (a record with two counts for both), and what became of sending them. */
public record TruthSummary(long records, Map<Fault, Long> faults, Map<String, Long> statuses) {

    public static TruthSummary of(Stream<TruthLine> lines) {
        var faults = new EnumMap<Fault, Long>(Fault.class);
        var statuses = new TreeMap<String, Long>();
        lines.forEach(line -> {
            FaultCounts.add(line.faults(), faults);
            statuses.merge(line.delivery().status(), 1L, Long::sum);
        });
        var records = statuses.values().stream().mapToLong(Long::longValue).sum();
        return new TruthSummary(records, Collections.unmodifiableMap(faults), Collections.unmodifiableMap(statuses));
    }

    /** One line for a person, such as {@code 103 records: none 98, late 2, duplicate 3; acked 103}. */
    public String told() {
        var byFault = faults.entrySet().stream()
                .map(entry -> entry.getKey().code() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        var byStatus = statuses.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return "%d records: %s; %s".formatted(records, byFault, byStatus);
    }
}
