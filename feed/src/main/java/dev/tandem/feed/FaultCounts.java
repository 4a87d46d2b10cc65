package dev.tandem.feed;

import java.util.List;
import java.util.Map;

/** Counts of faults: a record counts for each fault that it carries, and for {@link Fault#NONE} where it carries none. */
final class FaultCounts {

    private FaultCounts() {}

    static void add(List<Fault> faults, Map<Fault, Long> counts) {
        if (faults.isEmpty()) {
            counts.merge(Fault.NONE, 1L, Long::sum);
        }
        faults.forEach(fault -> counts.merge(fault, 1L, Long::sum));
    }
}
