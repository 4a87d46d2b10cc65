package dev.tandem.app.init;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * For how long a dedup key has to be remembered: how far the watermark had passed the event time of the first copy when a later copy
 * arrived.
 */
final class Horizon {
    private static final Duration USUAL = Duration.ofMinutes(30);
    private static final double MOST_MISSED = 0.001;

    private final List<Long> passed;

    private Horizon(List<Long> passed) {
        this.passed = passed;
    }

    /** Of the duplicates by {@code key} under a watermark of {@code delay}. */
    static Horizon of(ReadRecords records, List<Finding> key, Finding time, Duration delay) {
        var first = new HashMap<List<Object>, Long>();
        var passed = new ArrayList<Long>();
        long latest = Long.MIN_VALUE;
        for (int record = 0; record < records.size(); record++) {
            var event = records.micros(record, time);
            var values = KeyIdea.key(records, key, record);
            if (event.isEmpty()) {
                continue;
            }
            if (values.isPresent()) {
                var before = first.putIfAbsent(values.get(), event.getAsLong());
                if (before != null) {
                    passed.add(Math.max(0, latest - Lateness.micros(delay) - before));
                }
            }
            latest = Math.max(latest, event.getAsLong());
        }
        passed.sort(Long::compare);
        return new Horizon(List.copyOf(passed));
    }

    long duplicates() {
        return passed.size();
    }

    /** How many duplicates would be counted as new records. */
    long missed(Duration within) {
        return passed.stream().filter(it -> it > Lateness.micros(within)).count();
    }

    /** The smallest usual horizon that misses at most one duplicate in a thousand; never below half an hour. */
    Duration proposed() {
        if (passed.isEmpty()) {
            return USUAL;
        }
        int allowed = (int) Math.floor(passed.size() * MOST_MISSED);
        var least = Lateness.duration(passed.get(passed.size() - 1 - allowed));
        return Ladder.from(least.compareTo(USUAL) < 0 ? USUAL : least).orElse(Ladder.last());
    }
}
