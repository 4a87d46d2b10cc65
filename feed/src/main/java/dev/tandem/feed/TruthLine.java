package dev.tandem.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is true about one sent record, by the one who made it. Fields as in {@link FeedRecord}; times to the millisecond. */
public record TruthLine(
        long number,
        long event,
        List<Fault> faults,
        Optional<String> id,
        Optional<Instant> eventTime,
        Optional<Duration> delay,
        Delivery delivery) {

    public TruthLine {
        faults = List.copyOf(faults);
    }

    /** What decides its fate. */
    public Fault fault() {
        return faults.isEmpty() ? Fault.NONE : faults.get(0);
    }
}
