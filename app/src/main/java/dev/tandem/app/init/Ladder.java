package dev.tandem.app.init;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The lengths of time that people choose from. */
final class Ladder {
    static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1),
            Duration.ofDays(2),
            Duration.ofDays(7),
            Duration.ofDays(30));

    private Ladder() {}

    /** The first step that is not below {@code least}; empty beyond the last one. */
    static Optional<Duration> from(Duration least) {
        return STEPS.stream().filter(it -> it.compareTo(least) >= 0).findFirst();
    }

    /** A step and its neighbours: two below and two above, where there are some. */
    static List<Duration> around(Duration step) {
        int at = Math.max(0, STEPS.indexOf(step));
        return STEPS.subList(Math.max(0, at - 2), Math.min(STEPS.size(), at + 3));
    }

    static Duration last() {
        return STEPS.get(STEPS.size() - 1);
    }
}
