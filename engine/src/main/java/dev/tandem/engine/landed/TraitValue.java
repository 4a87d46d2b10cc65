package dev.tandem.engine.landed;

import java.time.LocalDate;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;

/** A field's value, where records may share it: texts, whole numbers, decimals, booleans and dates. */
final class TraitValue {
    /** Stands for a text that is too long to be told. */
    static final Object TOO_LONG = UTF8String.fromString("\u0000too long");

    static final String NULL_NAME = "null";
    static final Object NULL = UTF8String.fromString(NULL_NAME);
    private static final int LONGEST = 80;

    private TraitValue() {}

    /** The value of a field whose type {@link #isShared}; to be compared before the next record is read. */
    static Object of(InternalRow row, int column, DataType type) {
        var value = row.isNullAt(column) ? NULL : row.get(column, type);
        return value instanceof UTF8String text && text.numBytes() > LONGEST ? TOO_LONG : value;
    }

    /** The same value to be kept: a text lies in the bytes of its record. */
    static Object kept(Object value) {
        return value instanceof UTF8String text ? text.clone() : value;
    }

    static String told(Object value, DataType type) {
        return type.equals(DataTypes.DateType) && value instanceof Integer day
                ? LocalDate.ofEpochDay(day).toString()
                : value.toString();
    }

    /** False for types whose values seldom come twice: times, floating numbers, lists. */
    static boolean isShared(DataType type) {
        return type.equals(DataTypes.StringType)
                || type.equals(DataTypes.BooleanType)
                || type.equals(DataTypes.ByteType)
                || type.equals(DataTypes.ShortType)
                || type.equals(DataTypes.IntegerType)
                || type.equals(DataTypes.LongType)
                || type.equals(DataTypes.DateType)
                || type instanceof DecimalType;
    }
}
