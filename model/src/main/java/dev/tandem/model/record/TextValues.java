package dev.tandem.model.record;

import dev.tandem.model.FieldType;
import dev.tandem.model.Instants;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Turns the text of a value into the value, losing nothing: what does not fit is malformed, never rounded or guessed. */
final class TextValues {
    private static final int LONGEST_NUMBER = 100;
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private TextValues() {}

    /** A text that every database and every encoding can hold: no NUL, which PostgreSQL refuses, and no half of a pair. */
    static String text(String text, String name) throws MalformedRecordException {
        if (!text.codePoints().allMatch(TextValues::storable)) {
            throw new MalformedRecordException(
                    "the field '%s' holds a NUL or half a character, which cannot be stored".formatted(name));
        }
        return text;
    }

    static boolean storable(int letter) {
        return letter != 0 && (letter < Character.MIN_SURROGATE || letter > Character.MAX_SURROGATE);
    }

    static Object read(String text, FieldType type, String name) throws MalformedRecordException {
        try {
            if (type instanceof FieldType.Whole whole) {
                requireNumber(text);
                return whole.bits() == 32 ? (Object) Integer.valueOf(text) : Long.valueOf(text);
            }
            if (type instanceof FieldType.Decimal decimal) {
                return decimal(text, decimal);
            }
            if (type instanceof FieldType.Floating) {
                return finite(text);
            }
            if (type instanceof FieldType.Date) {
                var date = LocalDate.parse(text);
                requireYear(date.getYear());
                return date;
            }
            return micros(text);
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            throw new MalformedRecordException(
                    "the field '%s' is '%s', which is no %s%s".formatted(name, cut(text), type.sql(), hint(type)));
        }
    }

    private static BigDecimal decimal(String text, FieldType.Decimal type) {
        requireNumber(text);
        var value = text.length() > LONGEST_NUMBER ? null : new BigDecimal(text);
        if (value == null || Math.abs((long) value.scale()) > LONGEST_NUMBER) {
            throw new NumberFormatException("too long written out: 1e-999999999 would take minutes and gigabytes");
        }
        var scaled = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
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
        return value;
    }

    private static Long micros(String text) {
        var instant = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                .toInstant();
        requireYear(instant.atOffset(ZoneOffset.UTC).getYear());
        return Instants.micros(instant);
    }

    /** Java's own readers would also take digits of other scripts, hexadecimal, blanks around and a final d or f. */
    private static void requireNumber(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new NumberFormatException("no decimal notation");
        }
    }

    private static void requireYear(int year) {
        if (year < 1 || year > 9999) {
            throw new DateTimeException("beyond the years 1 to 9999");
        }
    }

    private static String hint(FieldType type) {
        return type instanceof FieldType.Timestamp ? " with a zone, as in 2026-01-31T23:59:59.5Z" : "";
    }

    private static String cut(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
