package dev.tandem.app.schedule;

import dev.tandem.model.Durations;
import dev.tandem.model.Plans;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same length of time again and again, counted from 1970-01-01T00:00Z. A fixed beginning keeps the times where they were
 * after a restart, and a batch that is run by hand in between does not shift them.
 */
public final class Interval implements Timetable {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Duration length;

    private Interval(Duration length) {
        this.length = length;
    }

    static Interval of(Plans.Schedule.Every every) {
        if (every.interval().compareTo(SHORTEST) < 0) {
            throw new UnusableSchedule(
                    "every",
                    "",
                    "a batch cannot run every %s: a second is the shortest".formatted(Durations.told(every.interval())),
                    "write e.g. every: 10 minutes");
        }
        return new Interval(every.interval());
    }

    @Override
    public Optional<ZonedDateTime> after(Instant instant) {
        long passed = Math.floorDiv(instant.toEpochMilli(), length.toMillis());
        return Optional.of(Instant.EPOCH.plus(length.multipliedBy(passed + 1)).atZone(ZoneOffset.UTC));
    }

    /** None: no clock is asked. */
    @Override
    public List<LocalDateTime> skipped(Instant from, Instant until) {
        return List.of();
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    @Override
    public String told() {
        return "every " + Durations.told(length);
    }

    @Override
    public Map<String, String> parts() {
        return Map.of("every", length.toString());
    }
}
