package dev.tandem.engine.landed;

import dev.tandem.fold.recount.EventTimes;
import java.util.HashMap;
import java.util.Map;

/** Collects the event times of the records that one task reads, by partition. Records of a partition mostly follow each other. */
final class EventTimesTally {
    private final Map<Integer, EventTimes> done = new HashMap<>();
    private int partition;
    private long records;
    private long late;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void take(int from, long micros, boolean isLate) {
        if (from != partition) {
            finish();
            partition = from;
        }
        records++;
        late += isLate ? 1 : 0;
        first = Math.min(first, micros);
        last = Math.max(last, micros);
    }

    private void finish() {
        if (records > 0) {
            done.merge(partition, new EventTimes(records, late, first, last), EventTimes::plus);
        }
        records = 0;
        late = 0;
        first = Long.MAX_VALUE;
        last = Long.MIN_VALUE;
    }

    /** What was taken so far. */
    Map<Integer, EventTimes> times() {
        finish();
        return Map.copyOf(done);
    }
}
