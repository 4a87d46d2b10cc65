package dev.tandem.app.init;

import dev.tandem.model.Format;
import dev.tandem.model.TimePattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How the times of a column are written.
 *
 * @param pattern of {@link java.time.format.DateTimeFormatter}; empty for ISO 8601
 * @param zoneNeeded whether the times do not say in which zone they are
 */
record TimeStyle(Optional<String> pattern, boolean zoneNeeded) {
    /** The share of values that must fit; the others are malformed. */
    static final double ENOUGH = 0.99;

    static final TimeStyle ISO = new TimeStyle(Optional.empty(), false);
    static final TimeStyle ISO_LOCAL = new TimeStyle(Optional.empty(), true);

    /** A day without a time of day: midnight. */
    static final TimeStyle DAYS = new TimeStyle(Optional.of("yyyy-MM-dd"), true);

    private static final Pattern OFFSET =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern EITHER =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?|" + OFFSET.pattern());
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

    /** Where day and month could be exchanged, the month comes first here; {@link #ambiguous} tells whether the values decide. */
    private static final List<String> PATTERNS = List.of(
            "EEE MMM d HH:mm:ss Z yyyy",
            "d/MMM/yyyy:HH:mm:ss Z",
            "EEE, d MMM yyyy HH:mm:ss Z",
            "yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSS]XXX",
            "yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSS]X",
            "yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSS] Z",
            "yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSS] z",
            "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][.SSS]X",
            "yyyy/MM/dd HH:mm:ss",
            "yyyy/MM/dd HH:mm",
            "yyyyMMdd HHmmss",
            "yyyyMMddHHmmss",
            "M/d/yyyy H:mm:ss",
            "d/M/yyyy H:mm:ss",
            "M/d/yyyy H:mm",
            "d/M/yyyy H:mm",
            "M/d/yyyy h:mm:ss a",
            "M/d/yyyy h:mm a",
            "d.M.yyyy H:mm:ss",
            "d.M.yyyy H:mm",
            "d-M-yyyy H:mm:ss",
            "d-M-yyyy H:mm",
            "M/d/yyyy",
            "d/M/yyyy",
            "d.M.yyyy");

    /** The style of a column of texts; empty if they are no times. */
    static Optional<TimeStyle> of(Column column) {
        if (column.share(it -> matches(it, OFFSET)) >= ENOUGH) {
            return Optional.of(ISO);
        }
        if (column.share(it -> matches(it, EITHER)) >= ENOUGH) {
            return Optional.of(ISO_LOCAL);
        }
        return PATTERNS.stream()
                .filter(pattern -> column.share(readable(pattern)) >= ENOUGH)
                .findFirst()
                .map(pattern -> new TimeStyle(Optional.of(pattern), !namesZone(pattern)));
    }

    /** Whether {@code column} holds days as ISO 8601 has them. */
    static boolean days(Column column) {
        return column.share(it -> matches(it, DAY)) >= ENOUGH;
    }

    /** Another pattern that reads all values, too, but as other times; empty where the values decide. */
    static Optional<String> ambiguous(Column column, TimeStyle style) {
        return style.pattern()
                .filter(pattern -> pattern.startsWith("M/d/"))
                .map(pattern -> "d/M/" + pattern.substring("M/d/".length()))
                .filter(other -> column.share(readable(other)) >= ENOUGH);
    }

    /** {@code format} with the notation of times that this style has. */
    Format in(Format format, ZoneId zone) {
        return new Format(
                format.kind(),
                format.header(),
                format.delimiter(),
                zoneNeeded ? Optional.of(zone) : Optional.empty(),
                pattern,
                format.inFile());
    }

    /** Whether a column of the style {@code other} can be read beside one of this: a format has one notation. */
    boolean reads(TimeStyle other) {
        return pattern.equals(other.pattern);
    }

    private static boolean matches(Cell cell, Pattern pattern) {
        return cell.kind() == Cell.Kind.TEXT && pattern.matcher(cell.text()).matches();
    }

    private static boolean namesZone(String pattern) {
        return TimePattern.of(pattern).map(TimePattern::namesZone).orElse(false);
    }

    private static Predicate<Cell> readable(String pattern) {
        var read = TimePattern.of(pattern);
        return cell -> cell.kind() == Cell.Kind.TEXT && read.isPresent() && reads(read.get(), cell.text());
    }

    private static boolean reads(TimePattern pattern, String text) {
        try {
            return pattern.read(text, Optional.of((ZoneId) ZoneOffset.UTC)).isAfter(Instant.MIN);
        } catch (DateTimeException noSuchTime) {
            return false;
        }
    }
}
