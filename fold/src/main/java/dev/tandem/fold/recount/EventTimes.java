package dev.tandem.fold.recount;

import dev.tandem.model.Instants;
import java.io.Serializable;
import java.time.Instant;

/**
 * The event times of one partition of a log, and how many of its records were late: what shows that partitions were read hours of
 * event time apart. Records without an event time are not among them.
 *
 * @param firstMicros the lowest, microseconds since 1970
 * @param lastMicros the highest
 */
public record EventTimes(long records, long late, long firstMicros, long lastMicros) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of one record. */
    public static EventTimes of(long micros, boolean late) {
        return new EventTimes(1, late ? 1 : 0, micros, micros);
    }

    public EventTimes plus(EventTimes other) {
        return new EventTimes(
                records + other.records,
                late + other.late,
                Math.min(firstMicros, other.firstMicros),
                Math.max(lastMicros, other.lastMicros));
    }

    public Instant first() {
        return Instants.ofMicros(firstMicros);
    }

    public Instant last() {
        return Instants.ofMicros(lastMicros);
    }
}
