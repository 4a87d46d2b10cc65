package dev.tandem.store;

import dev.tandem.model.Instants;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/**
 * A moment in UTC as text with six decimals: {@code 2026-03-01T12:00:00.000001}. Each landed record has two, and a formatter of the
 * JDK takes ten times as long.
 */
final class TimeText {
    private static final int LENGTH = 26;
    private static final int LAST_YEAR = 9_999;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final DateTimeFormatter DATE =
            new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd").toFormatter(Locale.ROOT);
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendPattern("HH:mm:ss.SSSSSS").toFormatter(Locale.ROOT);

    private TimeText() {}

    /** The ASCII bytes of {@code time}, with {@code between} between date and time. */
    static byte[] of(Instant time, char between) {
        long micros = Instants.micros(time);
        var date = LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_PER_DAY));
        if (date.getYear() < 0 || date.getYear() > LAST_YEAR) {
            return unusual(time, between);
        }
        var text = new byte[LENGTH];
        long ofDay = Math.floorMod(micros, MICROS_PER_DAY);
        int second = (int) (ofDay / MICROS_PER_SECOND);
        number(date.getYear(), text, 0, 4);
        text[4] = '-';
        number(date.getMonthValue(), text, 5, 7);
        text[7] = '-';
        number(date.getDayOfMonth(), text, 8, 10);
        text[10] = (byte) between;
        number(second / 3_600, text, 11, 13);
        text[13] = ':';
        number(second / 60 % 60, text, 14, 16);
        text[16] = ':';
        number(second % 60, text, 17, 19);
        text[19] = '.';
        number((int) (ofDay % MICROS_PER_SECOND), text, 20, LENGTH);
        return text;
    }

    private static void number(int number, byte[] text, int from, int until) {
        int left = number;
        for (int index = until - 1; index >= from; index--) {
            text[index] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    /** A year that has not four digits. */
    private static byte[] unusual(Instant time, char between) {
        var local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        return (DATE.format(local) + between + TIME.format(local)).getBytes(StandardCharsets.US_ASCII);
    }
}
