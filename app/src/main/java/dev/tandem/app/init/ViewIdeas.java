package dev.tandem.app.init;

import dev.tandem.model.FieldType;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Which views a first definition should have.
 *
 * @param window the size of tumbling windows
 * @param keys fields with few values, to group by
 * @param measures numbers whose sum says something
 */
record ViewIdeas(Duration window, List<Finding> keys, List<Finding> measures) {
    private static final List<Duration> WINDOWS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(1));
    private static final int RECORDS_OF_A_WINDOW = 20;
    private static final int MOST_KEYS = 2;
    private static final int MOST_MEASURES = 4;
    private static final int MOST_VALUES = 50;

    ViewIdeas {
        keys = List.copyOf(keys);
        measures = List.copyOf(measures);
    }

    static ViewIdeas of(ReadRecords records, List<Finding> fields, Lateness lateness) {
        return new ViewIdeas(window(lateness), keys(records, fields), measures(fields));
    }

    /** The smallest one that holds twenty records of the sample on the average. */
    private static Duration window(Lateness lateness) {
        double span = Math.max(1, Lateness.micros(lateness.span()));
        return WINDOWS.stream()
                .filter(it -> lateness.records() * (Lateness.micros(it) / span) >= RECORDS_OF_A_WINDOW)
                .findFirst()
                .orElse(WINDOWS.get(WINDOWS.size() - 1));
    }

    /** Fields with 2 to 50 values, of which each is met ten times on the average, and that most records have. */
    private static List<Finding> keys(ReadRecords records, List<Finding> fields) {
        return fields.stream()
                .filter(it -> it.values().isPresent() && grouping(it.type()))
                .filter(it -> it.different() >= 2
                        && it.different() <= Math.min(MOST_VALUES, Math.max(2, records.size() / 10)))
                .filter(it -> it.nulls() * 2 <= records.size() && Hints.key(it.name()) > 0)
                .sorted(Comparator.comparing((Finding it) -> !Hints.group(it.name()))
                        .thenComparing(it -> !it.type().isText())
                        .thenComparingInt(Finding::depth)
                        .thenComparingLong(Finding::nulls))
                .limit(MOST_KEYS)
                .toList();
    }

    private static boolean grouping(FieldType type) {
        return type.isText() || type.isTruth();
    }

    private static List<Finding> measures(List<Finding> fields) {
        return fields.stream()
                .filter(it -> it.values().isPresent() && it.type().isNumber())
                .filter(it -> Hints.measure(it.name()) && it.different() > 2)
                .sorted(Comparator.comparingInt(Finding::depth))
                .limit(MOST_MEASURES)
                .toList();
    }

    /** As the name of a view has it: {@code minute}, {@code 10_minutes}, {@code hour}, {@code day}. */
    String windowWord() {
        if (window.equals(Duration.ofDays(1))) {
            return "day";
        }
        if (window.equals(Duration.ofHours(1))) {
            return "hour";
        }
        return window.equals(Duration.ofMinutes(1)) ? "minute" : window.toMinutes() + "_minutes";
    }
}
