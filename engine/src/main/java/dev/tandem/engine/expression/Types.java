package dev.tandem.engine.expression;

import dev.tandem.model.FieldType;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;

/** The one place where a field's type becomes a Spark type, and back. */
public final class Types {
    private Types() {}

    public static DataType ofField(FieldType type) {
        return switch (type.kind()) {
            case TEXT -> DataTypes.StringType;
            case WHOLE -> ((FieldType.Whole) type).bits() == 32 ? DataTypes.IntegerType : DataTypes.LongType;
            case FLOATING -> DataTypes.DoubleType;
            case DECIMAL -> ofDecimal((FieldType.Decimal) type);
            case TRUTH -> DataTypes.BooleanType;
            case TIMESTAMP -> DataTypes.TimestampType;
            case DATE -> DataTypes.DateType;
            case LIST -> DataTypes.createArrayType(ofField(((FieldType.ListOf) type).element()));
        };
    }

    private static DataType ofDecimal(FieldType.Decimal type) {
        return DataTypes.createDecimalType(type.precision(), type.scale());
    }

    /** The field type of a record's column, which may be a list; text for what no column can hold. */
    public static FieldType ofColumn(DataType type) {
        return type instanceof ArrayType list
                ? new FieldType.ListOf(ofColumn(list.elementType()))
                : ofSpark(type).orElse(FieldType.TEXT);
    }

    /** The field type for what an expression gives; empty if results cannot hold it. Any whole number becomes 64 bits wide. */
    public static Optional<FieldType> ofSpark(DataType type) {
        if (type instanceof StringType) {
            return Optional.of(FieldType.TEXT);
        }
        if (type instanceof DecimalType decimal) {
            return Optional.of(new FieldType.Decimal(decimal.precision(), decimal.scale()));
        }
        if (type instanceof ArrayType) {
            return Optional.empty();
        }
        return switch (type.typeName()) {
            case "byte", "short", "integer", "long" -> Optional.of(FieldType.LONG);
            case "float", "double" -> Optional.of(FieldType.DOUBLE);
            case "boolean" -> Optional.of(new FieldType.Truth());
            case "timestamp" -> Optional.of(new FieldType.Timestamp());
            case "date" -> Optional.of(new FieldType.Date());
            default -> Optional.empty();
        };
    }
}
