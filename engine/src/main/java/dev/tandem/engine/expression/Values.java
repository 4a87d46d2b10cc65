package dev.tandem.engine.expression;

import dev.tandem.model.Floats;
import dev.tandem.model.Instants;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Values between Spark's internal form and ours: Long, BigDecimal, Double, String, Boolean, Instant, LocalDate, List, or null. */
public final class Values {
    private Values() {}

    /** The value at {@code index}, out of Spark's form. */
    public static @Nullable Object of(SpecializedGetters row, int index, DataType type) {
        if (row.isNullAt(index)) {
            return null;
        }
        if (type instanceof DecimalType decimal) {
            Decimal value = row.getDecimal(index, decimal.precision(), decimal.scale());
            return value.toJavaBigDecimal();
        }
        if (type instanceof ArrayType list) {
            var elements = row.getArray(index);
            var values = new ArrayList<@Nullable Object>(elements.numElements());
            for (int element = 0; element < elements.numElements(); element++) {
                values.add(of(elements, element, list.elementType()));
            }
            return values;
        }
        return switch (type.typeName()) {
            case "byte" -> (long) row.getByte(index);
            case "short" -> (long) row.getShort(index);
            case "integer" -> (long) row.getInt(index);
            case "long" -> row.getLong(index);
            case "float" -> Floats.normal(row.getFloat(index));
            case "double" -> Floats.normal(row.getDouble(index));
            case "boolean" -> row.getBoolean(index);
            case "timestamp" -> Instants.ofMicros(row.getLong(index));
            case "date" -> LocalDate.ofEpochDay(row.getInt(index));
            default -> row.getUTF8String(index).toString();
        };
    }

    /** {@code value} in Spark's form for a column of {@code type}. */
    public static @Nullable Object internal(@Nullable Object value, DataType type) {
        if (value instanceof String text) {
            return UTF8String.fromString(text);
        }
        if (value instanceof BigDecimal number && type instanceof DecimalType decimal) {
            return Decimal.apply(number, decimal.precision(), decimal.scale());
        }
        if (value instanceof LocalDate date) {
            return (int) date.toEpochDay();
        }
        if (value instanceof Instant instant) {
            return Instants.micros(instant);
        }
        if (value instanceof Long number && type.typeName().equals("integer")) {
            return number.intValue();
        }
        if (value instanceof List<?> list && type instanceof ArrayType of) {
            var elements = new @Nullable Object[list.size()];
            for (int index = 0; index < elements.length; index++) {
                elements[index] = internal(list.get(index), of.elementType());
            }
            return new GenericArrayData(elements);
        }
        return value;
    }
}
