package dev.tandem.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Times that are not ISO 8601, by a pattern of {@link DateTimeFormatter} with English names. Java alone would take the 30th of
 * February for the 28th; here a day or an hour that does not exist is none. May be used by several threads.
 */
public final class TimePattern {
    private static final ZonedDateTime SAMPLE = ZonedDateTime.of(2026, 1, 31, 13, 30, 15, 0, ZoneId.of("Asia/Kolkata"));
    private static final List<ChronoField> PARTS_OF_A_TIME = List.of(
            ChronoField.HOUR_OF_AMPM,
            ChronoField.AMPM_OF_DAY,
            ChronoField.MINUTE_OF_HOUR,
            ChronoField.SECOND_OF_MINUTE,
            ChronoField.NANO_OF_SECOND);

    private final DateTimeFormatter formatter;
    private final boolean namesZone;

    private TimePattern(DateTimeFormatter formatter, boolean namesZone) {
        this.formatter = formatter;
        this.namesZone = namesZone;
    }

    /** Empty if {@code text} is no pattern, or one that leaves the day or the hour open. Without a time of day, midnight is meant. */
    public static Optional<TimePattern> of(String text) {
        try {
            var formatter = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(text)
                    .parseDefaulting(ChronoField.ERA, 1)
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
            var read = formatter.parse(formatter.format(SAMPLE));
            return saysWhen(read)
                    ? Optional.of(new TimePattern(formatter, read.isSupported(ChronoField.INSTANT_SECONDS)))
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException noPattern) {
            return Optional.empty();
        }
    }

    private static boolean saysWhen(TemporalAccessor read) {
        boolean hasDay = read.query(TemporalQueries.localDate()) != null;
        boolean hasTime = read.query(TemporalQueries.localTime()) != null;
        return hasDay && (hasTime || PARTS_OF_A_TIME.stream().noneMatch(read::isSupported));
    }

    /** Whether the times themselves name their zone or offset. */
    public boolean namesZone() {
        return namesZone;
    }

    /** The instant of {@code text}, in {@code zone} if it names none; throws if there is no such time. */
    public Instant read(String text, Optional<ZoneId> zone) {
        var read = formatter.parse(text);
        if (namesZone) {
            return Instant.from(read);
        }
        var time = read.query(TemporalQueries.localTime());
        var local = read.query(TemporalQueries.localDate()).atTime(time == null ? LocalTime.MIDNIGHT : time);
        return inZone(local, zone.orElseThrow(() -> new DateTimeException("no zone")));
    }

    /** Of a time that a zone has twice, the first; throws for one that the zone's clocks skip. */
    public static Instant inZone(LocalDateTime local, ZoneId zone) {
        var offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            throw new DateTimeException("skipped by the clocks of " + zone);
        }
        return local.toInstant(offsets.get(0));
    }
}
