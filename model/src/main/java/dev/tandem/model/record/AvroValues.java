package dev.tandem.model.record;

import dev.tandem.model.FieldType;
import dev.tandem.model.Floats;
import dev.tandem.model.Instants;
import dev.tandem.model.Schema.Conversion;
import dev.tandem.model.Schema.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Turns the values of Avro's types into those of one field, losing nothing: a type becomes a wider one as Avro's rules have it, a text is
 * read as it would be in JSON, and everything else is malformed.
 */
final class AvroValues {
    private static final long NANOS = 1_000;
    private static final long LARGEST_EXACT = 1L << 53;

    private final Field field;
    private final TextValues texts;

    AvroValues(Field field, TextValues texts) {
        this.field = field;
        this.texts = texts.reading(field.conversion());
    }

    String name() {
        return field.name();
    }

    /** The value of {@code type} that {@code written}, as {@link #primitive} gave it, stands for; {@code schema} is what wrote it. */
    Object of(Object written, Schema schema, FieldType type) throws MalformedRecordException {
        var value = converted(written, schema, type);
        if (value == null) {
            throw new MalformedRecordException(
                    "the field '%s' is %s, not %s".formatted(field.name(), told(schema), type.sql()));
        }
        return value;
    }

    private @Nullable Object converted(Object written, Schema schema, FieldType type) throws MalformedRecordException {
        if (written instanceof String text) {
            return text(text, type);
        }
        try {
            return switch (type.kind()) {
                case TEXT, LIST -> null;
                case TRUTH -> written instanceof Boolean ? written : null;
                case WHOLE -> whole(written, schema, (FieldType.Whole) type);
                case FLOATING -> floating(written);
                case DECIMAL -> decimal(written, schema, (FieldType.Decimal) type);
                case DATE -> date(written, schema);
                case TIMESTAMP -> micros(written, schema);
            };
        } catch (ArithmeticException | DateTimeException | NumberFormatException e) {
            throw new MalformedRecordException("the field '%s' is %s, which is no %s"
                    .formatted(field.name(), written instanceof byte[] ? "a decimal" : written, type.sql()));
        }
    }

    private @Nullable Object text(String text, FieldType type) throws MalformedRecordException {
        if (text.length() > TextValues.LONGEST_TEXT) {
            throw new MalformedRecordException(
                    "the field '%s' is longer than %d letters".formatted(field.name(), TextValues.LONGEST_TEXT));
        }
        return type.isTruth() || type.isList() ? null : texts.read(text, type, field.name());
    }

    private static @Nullable Object whole(Object written, Schema schema, FieldType.Whole type) {
        if (!(written instanceof Long number) || schema.getLogicalType() != null) {
            return null;
        }
        if (type.bits() == Long.SIZE) {
            return number;
        }
        return schema.getType() == Schema.Type.INT ? Math.toIntExact(number) : null;
    }

    private static @Nullable Object floating(Object written) {
        if (written instanceof Long number) {
            if (Math.abs(number) > LARGEST_EXACT) {
                throw new ArithmeticException("not exact");
            }
            return (double) number;
        }
        if (!(written instanceof Double number)) {
            return null;
        }
        if (!Double.isFinite(number)) {
            throw new ArithmeticException("not finite");
        }
        return Floats.normal(number);
    }

    private static @Nullable Object decimal(Object written, Schema schema, FieldType.Decimal type) {
        Optional<BigDecimal> number = Optional.empty();
        if (written instanceof byte[] bytes && schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            number = Optional.of(new BigDecimal(new BigInteger(bytes), decimal.getScale()));
        } else if (written instanceof Long whole && schema.getLogicalType() == null) {
            number = Optional.of(BigDecimal.valueOf(whole));
        }
        if (number.isEmpty()) {
            return null;
        }
        var scaled = number.get().setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (scaled.precision() > type.precision()) {
            throw new ArithmeticException("too large");
        }
        return scaled;
    }

    private static @Nullable Object date(Object written, Schema schema) {
        if (!(written instanceof Long days) || !(schema.getLogicalType() instanceof LogicalTypes.Date)) {
            return null;
        }
        var date = LocalDate.ofEpochDay(days);
        TextValues.requireYear(date.getYear());
        return date;
    }

    private @Nullable Object micros(Object written, Schema schema) throws MalformedRecordException {
        if (!(written instanceof Long number)) {
            return null;
        }
        if (field.conversion() != Conversion.NONE) {
            return texts.read(Long.toString(number), new FieldType.Timestamp(), field.name());
        }
        long micros;
        if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            micros = Math.multiplyExact(number, NANOS);
        } else if (schema.getLogicalType() instanceof LogicalTypes.TimestampMicros) {
            micros = number;
        } else if (schema.getLogicalType() instanceof LogicalTypes.TimestampNanos) {
            micros = number / NANOS;
            if (micros * NANOS != number) {
                throw new ArithmeticException("finer than a microsecond");
            }
        } else {
            return null;
        }
        TextValues.requireYear(year(Instants.ofMicros(micros)));
        return micros;
    }

    private static int year(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).getYear();
    }

    /** A type of Avro's as a message names it. */
    static String told(Schema schema) {
        var type = schema.getType().getName();
        var logical = schema.getLogicalType();
        return logical == null ? "of Avro's type " + type : "of Avro's type %s (%s)".formatted(type, logical.getName());
    }

    /** What is written where {@code bytes} stands, in the one form that its type has here. */
    static Object primitive(Schema schema, AvroBytes bytes) throws MalformedRecordException {
        return switch (schema.getType()) {
            case STRING -> bytes.text();
            case ENUM -> bytes.symbol(schema);
            case INT -> requireInt(bytes.whole());
            case LONG -> bytes.whole();
            case FLOAT, DOUBLE -> bytes.floating(schema);
            case BOOLEAN -> bytes.truth();
            case BYTES, FIXED -> bytes.bytes(schema);
            case RECORD, MAP, ARRAY, UNION, NULL ->
                throw new IllegalArgumentException("no primitive type: " + schema.getType());
        };
    }

    private static Long requireInt(long value) throws MalformedRecordException {
        if (value != (int) value) {
            throw new MalformedRecordException("an int is %d".formatted(value));
        }
        return value;
    }
}
