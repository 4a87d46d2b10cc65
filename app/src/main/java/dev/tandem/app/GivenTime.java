package dev.tandem.app;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/** A time given as an option, in any of the short forms that are allowed. */
final class GivenTime {
    private static final List<String> ENDINGS = List.of("Z", ":00Z", "T00:00:00Z", "");

    private GivenTime() {}

    /** In UTC; seconds and the time of day may be missing. */
    static Instant of(String option, String text) {
        return ENDINGS.stream()
                .map(ending -> read(text.replace(' ', 'T').replaceFirst("Z$", "") + ending))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        Exit.USAGE,
                        "Cannot read %s '%s': it is no time; write e.g. 2026-01-31T12:05Z".formatted(option, text)));
    }

    /** A time of day without a date, as in {@code 12:20}; empty if {@code text} has more or is none. */
    static Optional<LocalTime> ofDay(String text) {
        try {
            return text.matches("\\d{2}:\\d{2}(:\\d{2})?") ? Optional.of(LocalTime.parse(text)) : Optional.empty();
        } catch (DateTimeException isNone) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> read(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException isNone) {
            return Optional.empty();
        }
    }
}
