package dev.tandem.engine.prepare;

import dev.tandem.fold.IdentityHash;
import dev.tandem.fold.block.BlockWriter;
import java.time.LocalDate;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** How each kind of Spark's values is packed and hashed; {@link ValueCode} calls these methods by their names. */
public abstract class ValueWriting {
    protected static void packNull(BlockWriter out) {
        out.nullValue();
    }

    protected static void packText(UTF8String value, BlockWriter out) {
        int length = value.numBytes();
        if (value.getBaseObject() instanceof byte[] bytes) {
            out.textValue(bytes, start(value), length);
        } else {
            out.textValue(value.getBytes(), 0, length);
        }
    }

    protected static void packWhole(long value, BlockWriter out) {
        out.wholeValue(value);
    }

    protected static void packFloating(double value, BlockWriter out) {
        out.floatingValue(value);
    }

    protected static void packDecimal(Decimal value, BlockWriter out) {
        if (value.precision() <= Decimal.MAX_LONG_DIGITS()) {
            out.decimalValue(value.toUnscaledLong(), value.scale());
        } else {
            out.value(value.toJavaBigDecimal());
        }
    }

    protected static void packTruth(boolean value, BlockWriter out) {
        out.truthValue(value);
    }

    protected static void packTimestamp(long micros, BlockWriter out) {
        out.timestampValue(micros);
    }

    protected static void packDate(int epochDay, BlockWriter out) {
        out.dateValue(epochDay);
    }

    protected static void packList(ArrayData list, DataType type, BlockWriter out) {
        int count = list.numElements();
        out.listValue(count);
        for (int index = 0; index < count; index++) {
            if (list.isNullAt(index)) {
                packNull(out);
            } else {
                packElement(list, index, type, out);
            }
        }
    }

    private static void packElement(ArrayData list, int index, DataType type, BlockWriter out) {
        switch (ValueCode.kind(type)) {
            case "Text" -> packText(list.getUTF8String(index), out);
            case "Whole" -> packWhole(whole(list, index, type), out);
            case "Floating" -> packFloating(floating(list, index, type), out);
            case "Truth" -> packTruth(list.getBoolean(index), out);
            case "Timestamp" -> packTimestamp(list.getLong(index), out);
            case "Date" -> packDate(list.getInt(index), out);
            case "Decimal" -> packDecimal(decimal(list, index, (DecimalType) type), out);
            default -> packList(list.getArray(index), ((ArrayType) type).elementType(), out);
        }
    }

    protected static void hashNull(IdentityHash hash) {
        hash.nothing();
    }

    protected static void hashText(UTF8String value, IdentityHash hash) {
        int length = value.numBytes();
        if (value.getBaseObject() instanceof byte[] bytes) {
            hash.text(bytes, start(value), length);
        } else {
            hash.text(value.getBytes(), 0, length);
        }
    }

    protected static void hashWhole(long value, IdentityHash hash) {
        hash.whole(value);
    }

    protected static void hashFloating(double value, IdentityHash hash) {
        hash.floating(value);
    }

    protected static void hashDecimal(Decimal value, IdentityHash hash) {
        hash.decimal(value.toJavaBigDecimal());
    }

    protected static void hashTruth(boolean value, IdentityHash hash) {
        hash.truth(value);
    }

    protected static void hashTimestamp(long micros, IdentityHash hash) {
        hash.timestamp(micros);
    }

    protected static void hashDate(int epochDay, IdentityHash hash) {
        hash.date(LocalDate.ofEpochDay(epochDay));
    }

    protected static void hashList(ArrayData list, DataType type, IdentityHash hash) {
        int count = list.numElements();
        hash.list(count);
        for (int index = 0; index < count; index++) {
            if (list.isNullAt(index)) {
                hashNull(hash);
            } else {
                hashElement(list, index, type, hash);
            }
        }
    }

    private static void hashElement(ArrayData list, int index, DataType type, IdentityHash hash) {
        switch (ValueCode.kind(type)) {
            case "Text" -> hashText(list.getUTF8String(index), hash);
            case "Whole" -> hashWhole(whole(list, index, type), hash);
            case "Floating" -> hashFloating(floating(list, index, type), hash);
            case "Truth" -> hashTruth(list.getBoolean(index), hash);
            case "Timestamp" -> hashTimestamp(list.getLong(index), hash);
            case "Date" -> hashDate(list.getInt(index), hash);
            case "Decimal" -> hashDecimal(decimal(list, index, (DecimalType) type), hash);
            default -> hashList(list.getArray(index), ((ArrayType) type).elementType(), hash);
        }
    }

    private static long whole(ArrayData list, int index, DataType type) {
        return switch (type.typeName()) {
            case "byte" -> list.getByte(index);
            case "short" -> list.getShort(index);
            case "integer" -> list.getInt(index);
            default -> list.getLong(index);
        };
    }

    private static double floating(ArrayData list, int index, DataType type) {
        return type.typeName().equals("float") ? list.getFloat(index) : list.getDouble(index);
    }

    private static Decimal decimal(ArrayData list, int index, DecimalType type) {
        return list.getDecimal(index, type.precision(), type.scale());
    }

    private static int start(UTF8String text) {
        return (int) (text.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET);
    }

    /** A text without the kind of a value. */
    static void writeText(UTF8String text, int from, BlockWriter out) {
        out.writeBytes(text.getBytes(), from, text.numBytes() - from);
    }
}
