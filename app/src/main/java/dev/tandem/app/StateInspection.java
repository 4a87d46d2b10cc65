package dev.tandem.app;

import dev.tandem.app.doctor.Finding;
import dev.tandem.app.doctor.Finding.Level;
import dev.tandem.app.run.StateNote;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where the state of a running stream is, and how large. */
final class StateInspection {
    private static final double MEGABYTE = 1 << 20;

    private record StateTotals(long partitions, long rows, long bytes) {
        StateTotals plus(StateTotals other) {
            return new StateTotals(partitions + other.partitions, rows + other.rows, bytes + other.bytes);
        }

        String told() {
            return String.format(
                    Locale.ROOT,
                    "%,d rows, %,.1f MB, %d partition%s",
                    rows,
                    bytes / MEGABYTE,
                    partitions,
                    partitions == 1 ? "" : "s");
        }
    }

    private StateInspection() {}

    /** A finding for each process that holds state of the stream, most rows first; none if no stream runs. */
    static List<Finding> of(String pipeline, List<StateNote.Part> parts) {
        var byPlace = new TreeMap<String, StateTotals>();
        parts.forEach(it -> byPlace.merge(it.place(), new StateTotals(1, it.rows(), it.bytes()), StateTotals::plus));
        return byPlace.entrySet().stream()
                .sorted((one, other) ->
                        Long.compare(other.getValue().rows(), one.getValue().rows()))
                .map(it -> new Finding(
                        Level.PASS,
                        "state of " + pipeline,
                        "%s: %s".formatted(it.getKey(), it.getValue().told()),
                        ""))
                .collect(Collectors.toList());
    }
}
