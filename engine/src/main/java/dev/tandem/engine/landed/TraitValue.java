package dev.tandem.engine.landed;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** A field's value as text, where records may share it: texts, whole numbers, decimals, booleans and dates. */
final class TraitValue {
    private TraitValue() {}

    /** Empty for types whose values seldom come twice: times, floating numbers, lists. */
    static Optional<String> of(InternalRow row, int column, DataType type) {
        if (!isShared(type)) {
            return Optional.empty();
        }
        if (row.isNullAt(column)) {
            return Optional.of("null");
        }
        var value = row.get(column, type);
        return Optional.of(
                type.equals(DataTypes.DateType) && value instanceof Integer day
                        ? LocalDate.ofEpochDay(day).toString()
                        : value.toString());
    }

    private static boolean isShared(DataType type) {
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
