package dev.tandem.feed;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as messages and truth files carry them: ISO 8601 in UTC, always with as many digits of a second, as in {@code 2026-11-20T09:00:00.000Z}. */
final class IsoTime {

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private IsoTime() {}

    static String seconds(Instant moment) {
        return SECONDS.format(moment);
    }

    static String micros(Instant moment) {
        return MICROS.format(moment);
    }

    static String millis(Instant moment) {
        return MILLIS.format(moment);
    }
}
