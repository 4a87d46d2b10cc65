package dev.tandem.parity.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How numbers and times are written for people: grouped digits, a true minus, times with UTC, and – for what there is not. */
final class Figures {
    static final String NONE = "–";

    private static final int LONGEST_TEXT = 160;
    private static final int FEW_DECIMALS = 2;
    private static final int MOST_DECIMALS = 12;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Figures() {}

    static String grouped(long value) {
        return grouped(BigDecimal.valueOf(value));
    }

    /** All digits of {@code value}, those before the point in threes. */
    static String grouped(BigDecimal value) {
        var plain = value.abs().toPlainString();
        var point = plain.indexOf('.');
        var whole = new StringBuilder(point < 0 ? plain : plain.substring(0, point));
        for (var at = whole.length() - 3; at > 0; at -= 3) {
            whole.insert(at, ',');
        }
        return (value.signum() < 0 ? "−" : "") + whole + (point < 0 ? "" : plain.substring(point));
    }

    /** A measure's text: grouped when it is a number, as it is when it is not. */
    static String measure(String value) {
        return NumberText.read(value).map(Figures::grouped).orElse(value);
    }

    /** So many decimals that two numbers that differ are not told as the same. */
    static int decimalsThatDiffer(BigDecimal one, BigDecimal other) {
        int decimals = FEW_DECIMALS;
        while (decimals < MOST_DECIMALS
                && one.compareTo(other) != 0
                && one.setScale(decimals, RoundingMode.HALF_UP)
                                .compareTo(other.setScale(decimals, RoundingMode.HALF_UP))
                        == 0) {
            decimals++;
        }
        return decimals;
    }

    /** {@code value} with at most that many decimals; the whole of it where it has no more. */
    static String grouped(BigDecimal value, int decimals) {
        if (value.scale() <= decimals) {
            return grouped(value);
        }
        var rounded = value.setScale(decimals, RoundingMode.HALF_UP).stripTrailingZeros();
        return grouped(rounded.scale() < 0 ? rounded.setScale(0) : rounded);
    }

    static String signed(BigDecimal value) {
        return (value.signum() > 0 ? "+" : "") + grouped(value);
    }

    /** Cut off after the second decimal, never rounded up: 99.998 must not be told as 100. */
    static String flooredPercent(BigDecimal percent) {
        return grouped(percent.setScale(2, RoundingMode.FLOOR)) + " %";
    }

    /** A difference in percent; one that is not zero is never told as zero. */
    static String percent(BigDecimal percent) {
        var rounded = percent.setScale(2, RoundingMode.HALF_UP);
        if (rounded.signum() == 0 && percent.signum() != 0) {
            return percent.signum() > 0 ? "< 0.01 %" : "> −0.01 %";
        }
        return grouped(rounded) + " %";
    }

    static String milliseconds(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        if (value == 0) {
            return "0 s";
        }
        if (value < 1000) {
            return decimals(value, value < 10 ? 1 : 0) + " ms";
        }
        if (value < 120_000) {
            return decimals(value / 1000, 2) + " s";
        }
        return decimals(value / 60_000, 1) + " min";
    }

    /** In the two largest units, as in {@code 4 min 26 s} and {@code 12 days 3 h}. */
    static String lasting(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return milliseconds((double) duration.toMillis());
        }
        if (seconds < 3_600) {
            return "%d min %d s".formatted(seconds / 60, seconds % 60);
        }
        return seconds < 172_800
                ? "%d h %d min".formatted(seconds / 3_600, seconds % 3_600 / 60)
                : "%s days %d h".formatted(grouped(seconds / 86_400), seconds % 86_400 / 3_600);
    }

    static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    /** In powers of 1,024, as in {@code 37.5 MiB}. */
    static String bytes(double bytes) {
        if (!Double.isFinite(bytes)) {
            return NONE;
        }
        var units = new String[] {"B", "KiB", "MiB", "GiB", "TiB"};
        var value = bytes;
        var unit = 0;
        while (value >= 1_024 && unit < units.length - 1) {
            value /= 1_024;
            unit++;
        }
        return decimals(value, value < 100 ? 1 : 0) + " " + units[unit];
    }

    static String perSecond(double value) {
        return Double.isFinite(value) ? decimals(value, value < 100 ? 1 : 0) + " /s" : NONE;
    }

    static String seconds(double value) {
        return Double.isFinite(value) ? decimals(value, 1) + " s" : NONE;
    }

    /** {@code value} rounded to at most that many decimals, without needless zeros. */
    static String decimals(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        var rounded = BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return grouped(rounded.scale() < 0 ? rounded.setScale(0) : rounded);
    }

    /** As in {@code 2026-11-20 09:41:07 UTC}. */
    static String moment(Instant instant) {
        return DAY.format(instant) + " " + SECOND.format(instant) + " UTC";
    }

    static String day(Instant instant) {
        return DAY.format(instant);
    }

    /** As in {@code 09:40}, with seconds only where there are some. */
    static String clock(Instant instant) {
        return instant.getEpochSecond() % 60 == 0 ? MINUTE.format(instant) : SECOND.format(instant);
    }

    /** As in {@code 2026-11-20 09:40–10:00 UTC}. */
    static String window(Optional<Instant> start, Optional<Instant> end) {
        if (start.isEmpty()) {
            return "whole run";
        }
        var from = DAY.format(start.get()) + " " + clock(start.get());
        if (end.isEmpty()) {
            return from + " UTC";
        }
        var sameDay = DAY.format(start.get()).equals(DAY.format(end.get()));
        return sameDay
                ? "%s–%s UTC".formatted(from, clock(end.get()))
                : "%s – %s %s UTC".formatted(from, DAY.format(end.get()), clock(end.get()));
    }

    /** As in {@code java}, or with names where the values alone would say too little: {@code rank 6}. */
    static String key(Map<String, String> key) {
        if (key.isEmpty()) {
            return "all";
        }
        var only = key.values().iterator().next();
        if (key.size() == 1 && NumberText.read(only).isEmpty()) {
            return shortened(only);
        }
        return key.entrySet().stream()
                .map(part -> part.getKey() + " " + shortened(part.getValue()))
                .collect(Collectors.joining(" · "));
    }

    /** At most 160 characters: one stranger's text must not fill the page. The files hold the whole. */
    static String shortened(String text) {
        return shortened(text, LONGEST_TEXT);
    }

    static String shortened(String text, int characters) {
        if (text.isEmpty()) {
            return "(empty)";
        }
        if (text.codePointCount(0, text.length()) <= characters) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, characters - 1)) + "…";
    }

    /** As in {@code 1 record}, {@code 12 records}. */
    static String count(long number, String noun) {
        return grouped(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
