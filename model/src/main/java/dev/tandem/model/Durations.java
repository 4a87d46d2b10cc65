package dev.tandem.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lengths of time as people write them in a definition: {@code 20 minutes}, {@code 30s}, {@code 1 h 30 m}, {@code 500 ms}. */
public final class Durations {
    private static final Pattern ONE = Pattern.compile("(\\d{1,12})\\s*([a-z]+)\\s*");

    private static final Duration LONGEST = Duration.ofDays(36_525);

    private Durations() {}

    /** Reads a length of time; empty if the text is none, or says more than a century. */
    public static Optional<Duration> read(String text) {
        var rest = text.strip().toLowerCase(Locale.ROOT);
        var matcher = ONE.matcher(rest);
        var total = Duration.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            var unit = unit(matcher.group(2));
            if (unit.isEmpty()) {
                return Optional.empty();
            }
            total = total.plus(unit.get().multipliedBy(Long.parseLong(matcher.group(1))));
            if (total.compareTo(LONGEST) > 0) {
                return Optional.empty();
            }
            end = matcher.end();
        }
        return end == rest.length() && end > 0 ? Optional.of(total) : Optional.empty();
    }

    /** The shortest way to say it exactly, as in {@code 1 hour 30 minutes}. */
    public static String told(Duration duration) {
        if (duration.isZero()) {
            return "0 seconds";
        }
        var parts = new ArrayList<String>();
        part(parts, duration.toDays(), "day");
        part(parts, duration.toHoursPart(), "hour");
        part(parts, duration.toMinutesPart(), "minute");
        part(parts, duration.toSecondsPart(), "second");
        part(parts, duration.toMillisPart(), "millisecond");
        return String.join(" ", parts);
    }

    private static void part(List<String> parts, long count, String unit) {
        if (count != 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }

    private static Optional<Duration> unit(String word) {
        return switch (word) {
            case "ms", "millisecond", "milliseconds" -> Optional.of(Duration.ofMillis(1));
            case "s", "sec", "second", "seconds" -> Optional.of(Duration.ofSeconds(1));
            case "m", "min", "minute", "minutes" -> Optional.of(Duration.ofMinutes(1));
            case "h", "hour", "hours" -> Optional.of(Duration.ofHours(1));
            case "d", "day", "days" -> Optional.of(Duration.ofDays(1));
            default -> Optional.empty();
        };
    }
}
