package dev.tandem.sink;

import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Instants;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * A column's Parquet type and how a value is written to it. Every column may be null. Timestamps are microseconds in UTC (never
 * INT96), decimals as narrow as their precision allows, lists in the three levels that the format asks for.
 */
record ParquetColumn(Shape.Column column) {
    private static final int INT32_DIGITS = 9;
    private static final int INT64_DIGITS = 18;

    Type type() {
        return type(column.name(), column.type());
    }

    private static Type type(String name, FieldType type) {
        return switch (type.kind()) {
            case TEXT -> primitive(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType(), name);
            case WHOLE ->
                Types.optional(
                                ((FieldType.Whole) type).bits() == 32
                                        ? PrimitiveTypeName.INT32
                                        : PrimitiveTypeName.INT64)
                        .named(name);
            case FLOATING -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
            case DECIMAL -> decimal(name, (FieldType.Decimal) type);
            case TRUTH -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
            case TIMESTAMP ->
                primitive(PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS), name);
            case DATE -> primitive(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType(), name);
            case LIST -> list(name, (FieldType.ListOf) type);
        };
    }

    private static Type primitive(PrimitiveTypeName type, LogicalTypeAnnotation logical, String name) {
        return Types.optional(type).as(logical).named(name);
    }

    private static Type list(String name, FieldType.ListOf type) {
        var elements = new GroupType(Type.Repetition.REPEATED, "list", type("element", type.element()));
        return Types.optionalGroup()
                .as(LogicalTypeAnnotation.listType())
                .addField(elements)
                .named(name);
    }

    private static Type decimal(String name, FieldType.Decimal type) {
        var logical = LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
        if (type.precision() <= INT32_DIGITS) {
            return Types.optional(PrimitiveTypeName.INT32).as(logical).named(name);
        }
        if (type.precision() <= INT64_DIGITS) {
            return Types.optional(PrimitiveTypeName.INT64).as(logical).named(name);
        }
        return Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                .length(length(type))
                .as(logical)
                .named(name);
    }

    /** Bytes that hold any number of so many digits, with its sign. */
    private static int length(FieldType.Decimal type) {
        return BigInteger.TEN.pow(type.precision()).bitLength() / 8 + 1;
    }

    /** Writes the field with number {@code field}; a null is the absence of it. */
    void write(RecordConsumer record, int field, @Nullable Object value) {
        if (value == null) {
            return;
        }
        record.startField(column.name(), field);
        try {
            write(record, column.type(), value);
        } catch (ArithmeticException | ClassCastException e) {
            throw new SinkException(
                    "Cannot write %s into column '%s': it is no %s"
                            .formatted(value, column.name(), column.type().sql()),
                    e);
        }
        record.endField(column.name(), field);
    }

    private static void write(RecordConsumer record, FieldType type, Object value) {
        switch (type.kind()) {
            case LIST -> write(record, (FieldType.ListOf) type, (List<?>) value);
            case WHOLE -> write(record, (FieldType.Whole) type, ((Number) value).longValue());
            case FLOATING -> record.addDouble(((Number) value).doubleValue());
            case DECIMAL -> write(record, (FieldType.Decimal) type, (BigDecimal) value);
            case TRUTH -> record.addBoolean((Boolean) value);
            case TIMESTAMP -> record.addLong(Instants.micros((Instant) value));
            case DATE -> record.addInteger(Math.toIntExact(((LocalDate) value).toEpochDay()));
            // Not Binary.fromString, which throws on half a surrogate pair.
            case TEXT ->
                record.addBinary(Binary.fromConstantByteArray(value.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static void write(RecordConsumer record, FieldType.Whole type, long value) {
        if (type.bits() == 32) {
            record.addInteger(Math.toIntExact(value));
        } else {
            record.addLong(value);
        }
    }

    private static void write(RecordConsumer record, FieldType.ListOf type, List<?> values) {
        record.startGroup();
        if (!values.isEmpty()) {
            record.startField("list", 0);
            for (var value : values) {
                record.startGroup();
                if (value != null) {
                    record.startField("element", 0);
                    write(record, type.element(), value);
                    record.endField("element", 0);
                }
                record.endGroup();
            }
            record.endField("list", 0);
        }
        record.endGroup();
    }

    private static void write(RecordConsumer record, FieldType.Decimal type, BigDecimal value) {
        // Throws where digits would be lost.
        var unscaled = value.setScale(type.scale()).unscaledValue();
        if (unscaled.abs().compareTo(BigInteger.TEN.pow(type.precision())) >= 0) {
            throw new ArithmeticException("More than " + type.precision() + " digits");
        }
        if (type.precision() <= INT32_DIGITS) {
            record.addInteger(unscaled.intValueExact());
        } else if (type.precision() <= INT64_DIGITS) {
            record.addLong(unscaled.longValueExact());
        } else {
            var bytes = unscaled.toByteArray();
            var padded = new byte[length(type)];
            Arrays.fill(padded, 0, padded.length - bytes.length, (byte) (unscaled.signum() < 0 ? -1 : 0));
            System.arraycopy(bytes, 0, padded, padded.length - bytes.length, bytes.length);
            record.addBinary(Binary.fromConstantByteArray(padded));
        }
    }
}
