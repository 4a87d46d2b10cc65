package dev.tandem.model.record;

import dev.tandem.model.FieldType;
import dev.tandem.model.Floats;
import dev.tandem.model.Format;
import dev.tandem.model.Instants;
import dev.tandem.model.Schema;
import dev.tandem.model.TimePattern;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Turns the text of a value into the value, losing nothing: what does not fit is malformed, never rounded or guessed. */
final class TextValues {
    static final int LONGEST_TEXT = 1 << 20;
    private static final int LONGEST_NUMBER = 100;
    private static final int DATE_LENGTH = 10;

    private final Optional<ZoneId> zone;
    private final Optional<TimePattern> pattern;
    private final Schema.Conversion conversion;
    private final String timeHint;

    TextValues(Format format) {
        zone = format.zone();
        pattern = format.timestamp()
                .map(text -> TimePattern.of(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Cannot read times as '%s': that is no pattern; use e.g. yyyy-MM-dd HH:mm"
                                        .formatted(text))));
        conversion = Schema.Conversion.NONE;
        var withZone = " with a zone, as in 2026-01-31T23:59:59.5Z";
        timeHint = format.timestamp()
                .map(" written as %s"::formatted)
                .or(() -> zone.map(it -> withZone + ", nor a time of %s, as in 2026-01-31 23:59:59.5".formatted(it)))
                .orElse(withZone);
    }

    private TextValues(TextValues plain, Schema.Conversion conversion) {
        zone = plain.zone;
        pattern = plain.pattern;
        this.conversion = conversion;
        timeHint = ": a number of %s since 1970"
                .formatted(
                        switch (conversion) {
                            case EPOCH_SECONDS -> "seconds";
                            case EPOCH_MILLIS -> "milliseconds";
                            default -> "microseconds";
                        });
    }

    /** The same for values that {@code conversion} allows. */
    TextValues reading(Schema.Conversion conversion) {
        return conversion.micros() > 0 ? new TextValues(this, conversion) : this;
    }

    /** A text that every database and every encoding can hold: no NUL, which PostgreSQL refuses, and no half of a pair. */
    static String text(String text, String name) throws MalformedRecordException {
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter == 0 || Character.isSurrogate(letter)) {
                int whole = text.codePointAt(at);
                if (!storable(whole)) {
                    throw new MalformedRecordException(
                            "the field '%s' holds a NUL or half a character, which cannot be stored".formatted(name));
                }
                at += Character.charCount(whole) - 1;
            }
        }
        return text;
    }

    static boolean storable(int letter) {
        return letter != 0 && (letter < Character.MIN_SURROGATE || letter > Character.MAX_SURROGATE);
    }

    static Boolean truth(String text, String name) throws MalformedRecordException {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new MalformedRecordException(
                "the field '%s' is '%s', which is no BOOLEAN: true or false".formatted(name, cut(text)));
    }

    Object read(String text, FieldType type, String name) throws MalformedRecordException {
        try {
            return switch (type.kind()) {
                case WHOLE -> whole(text, (FieldType.Whole) type);
                case DECIMAL -> decimal(text, (FieldType.Decimal) type);
                case FLOATING -> finite(text);
                case DATE -> date(text);
                case TIMESTAMP -> conversion.micros() > 0 ? epochMicros(text) : micros(text, name);
                case TEXT -> text(text, name);
                case TRUTH -> truth(text, name);
                case LIST -> throw new IllegalArgumentException("a list is no text: " + name);
            };
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            throw new MalformedRecordException(
                    "the field '%s' is '%s', which is no %s%s".formatted(name, cut(text), type.sql(), hint(type)));
        }
    }

    private static BigDecimal number(String text) {
        requireNumber(text);
        var value = text.length() > LONGEST_NUMBER ? null : new BigDecimal(text);
        if (value == null || Math.abs((long) value.scale()) > LONGEST_NUMBER) {
            throw new NumberFormatException("too long written out: 1e-999999999 would take minutes and gigabytes");
        }
        return value;
    }

    private Long epochMicros(String text) {
        long micros = number(text)
                .multiply(BigDecimal.valueOf(conversion.micros()))
                .setScale(0, RoundingMode.UNNECESSARY)
                .longValueExact();
        requireYear(Instants.ofMicros(micros).atOffset(ZoneOffset.UTC).getYear());
        return micros;
    }

    private static BigDecimal decimal(String text, FieldType.Decimal type) {
        var scaled = number(text).setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (scaled.precision() > type.precision()) {
            throw new NumberFormatException("too large");
        }
        return scaled;
    }

    private static Double finite(String text) {
        requireNumber(text);
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new NumberFormatException("not finite");
        }
        return Floats.normal(value);
    }

    private Long micros(String text, String name) throws MalformedRecordException {
        var instant = pattern.isPresent() ? pattern.get().read(text, zone) : iso(text);
        requireYear(instant.atOffset(ZoneOffset.UTC).getYear());
        long micros = Instants.micros(instant);
        if (pattern.isEmpty() && !Instants.ofMicros(micros).equals(instant)) {
            throw new MalformedRecordException(
                    "the field '%s' is '%s', which has digits beyond the microsecond".formatted(name, cut(text)));
        }
        return micros;
    }

    private Instant iso(String text) {
        if (zone.isEmpty() || namesOffset(text)) {
            return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant();
        }
        boolean blank = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ';
        var local = blank ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1) : text;
        return TimePattern.inZone(LocalDateTime.parse(local), zone.get());
    }

    private static boolean namesOffset(String text) {
        for (int at = text.length() - 1; at > DATE_LENGTH; at--) {
            char letter = text.charAt(at);
            if (letter == 'Z' || letter == 'z' || letter == '+' || letter == '-') {
                return text.charAt(DATE_LENGTH) != ' ';
            }
        }
        return false;
    }

    /** Java's own readers would also take digits of other scripts, hexadecimal, blanks around and a final d or f. */
    private static void requireNumber(String text) {
        int at = afterSign(text, 0);
        int whole = afterDigits(text, at);
        boolean point = whole < text.length() && text.charAt(whole) == '.';
        int end = point ? afterDigits(text, whole + 1) : whole;
        boolean digits = whole > at || end > whole + 1;
        if (digits && end < text.length() && (text.charAt(end) | 0x20) == 'e') {
            int power = afterSign(text, end + 1);
            end = afterDigits(text, power);
            digits = end > power;
        }
        if (!digits || end != text.length()) {
            throw new NumberFormatException("no decimal notation");
        }
    }

    private static int afterSign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    private static int afterDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    static void requireYear(int year) {
        if (year < 1 || year > 9999) {
            throw new DateTimeException("beyond the years 1 to 9999");
        }
    }

    private static Object whole(String text, FieldType.Whole type) {
        requireNumber(text);
        return type.bits() == 32 ? (Object) Integer.valueOf(text) : Long.valueOf(text);
    }

    private static LocalDate date(String text) {
        var date = LocalDate.parse(text);
        requireYear(date.getYear());
        return date;
    }

    private String hint(FieldType type) {
        return type.isTimestamp() ? timeHint : "";
    }

    private static String cut(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
