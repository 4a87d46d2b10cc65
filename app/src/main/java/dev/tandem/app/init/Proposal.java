package dev.tandem.app.init;

import dev.tandem.model.Format;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A proposed definition, with everything that was measured for it.
 *
 * @param read the sample, read by the proposed schema
 * @param keys all dedup keys that were measured, the best first
 * @param notes what the user should check
 */
record Proposal(
        String name,
        Sample sample,
        Format format,
        List<Finding> fields,
        ReadRecords read,
        Event event,
        Optional<Dedup> dedup,
        List<KeyIdea> keys,
        ViewIdeas views,
        String database,
        List<String> notes) {
    /** From how many records on a field that always has a value is proposed as NOT NULL. */
    private static final int ENOUGH_RECORDS = 1_000;

    /**
     * The event time and how late it comes.
     *
     * @param zone of the times that name none; empty where all name theirs
     * @param maxFuture how far events may be ahead of their arrival; empty for what the engine takes
     */
    record Event(
            Finding field, Optional<ZoneId> zone, Lateness lateness, Duration delay, Optional<Duration> maxFuture) {}

    /** The dedup that is proposed. */
    record Dedup(KeyIdea key, Horizon horizon, Duration within) {}

    /** Whether a record without a value for {@code field} is to be quarantined. */
    boolean required(Finding field) {
        boolean always = field.values().isPresent() && field.nulls() == 0;
        return always && (field.equals(event.field()) || sample.size() >= ENOUGH_RECORDS);
    }
}
