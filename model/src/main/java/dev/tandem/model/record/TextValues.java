package dev.tandem.model.record;

import dev.tandem.model.FieldType;
import dev.tandem.model.Instants;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** Turns the text of a value into the value, losing nothing: what does not fit is malformed, never rounded or guessed. */
final class TextValues {
    private static final int LONGEST_NUMBER = 100;

    private TextValues() {}

    static Object read(String text, FieldType type, String name) throws MalformedRecordException {
        try {
            if (type instanceof FieldType.Whole whole) {
                return whole.bits() == 32 ? (Object) Integer.valueOf(text) : Long.valueOf(text);
            }
            if (type instanceof FieldType.Decimal decimal) {
                return decimal(text, decimal);
            }
            if (type instanceof FieldType.Floating) {
                return finite(text);
            }
            if (type instanceof FieldType.Date) {
                return LocalDate.parse(text);
            }
            return micros(text);
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            throw new MalformedRecordException(
                    "the field '%s' is '%s', which is no %s%s".formatted(name, cut(text), type.sql(), hint(type)));
        }
    }

    private static BigDecimal decimal(String text, FieldType.Decimal type) {
        if (text.length() > LONGEST_NUMBER) {
            throw new NumberFormatException("too long");
        }
        var value = new BigDecimal(text);
        if (value.precision() - value.scale() > type.precision() - type.scale()) {
            throw new NumberFormatException("too large");
        }
        return value.setScale(type.scale(), RoundingMode.UNNECESSARY);
    }

    private static Double finite(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new NumberFormatException("not finite");
        }
        return value;
    }

    private static Long micros(String text) {
        var instant = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                .toInstant();
        int year = instant.atOffset(java.time.ZoneOffset.UTC).getYear();
        if (year < 1 || year > 9999) {
            throw new DateTimeException("beyond the years 1 to 9999");
        }
        return Instants.micros(instant);
    }

    private static String hint(FieldType type) {
        return type instanceof FieldType.Timestamp ? " with a zone, as in 2026-01-31T23:59:59.5Z" : "";
    }

    private static String cut(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
