package dev.tandem.engine.prepare;

import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;

/** Java statements that write a value of Spark's, as calls of {@link GeneratedRecord}'s methods. */
final class ValueCode {
    private final Variables variables;

    ValueCode(Variables variables) {
        this.variables = variables;
    }

    /** Appends the value to the block {@code out}. */
    String packed(ExprCode value, DataType type) {
        return written(value, type, "pack", "out");
    }

    /** Appends the value to the dedup key that {@code hash} computes. */
    String hashed(ExprCode value, DataType type) {
        return written(value, type, "hash", "hash");
    }

    private String written(ExprCode value, DataType type, String verb, String target) {
        var ifNull = "%sNull(%s);%n".formatted(verb, target);
        if (type instanceof NullType) {
            return ifNull;
        }
        var otherwise = "%s%s(%s%s, %s);%n".formatted(verb, kind(type), value.value(), elementType(type), target);
        return switch (value.isNull().toString()) {
            case "true" -> ifNull;
            case "false" -> otherwise;
            default -> "if (%s) { %s } else { %s }%n".formatted(value.isNull(), ifNull, otherwise);
        };
    }

    private String elementType(DataType type) {
        return type instanceof ArrayType list
                ? ", " + variables.context().addReferenceObj("type", list.elementType(), DataType.class.getName())
                : "";
    }

    static String kind(DataType type) {
        if (type instanceof StringType) {
            return "Text";
        }
        if (type instanceof DecimalType) {
            return "Decimal";
        }
        if (type instanceof ArrayType list) {
            kind(list.elementType());
            return "List";
        }
        return switch (type.typeName()) {
            case "byte", "short", "integer", "long" -> "Whole";
            case "float", "double" -> "Floating";
            case "boolean" -> "Truth";
            case "timestamp" -> "Timestamp";
            case "date" -> "Date";
            default -> throw new UnsupportedDefinitionException("No record can hold a " + type.sql());
        };
    }
}
