package dev.tandem.engine.definition;

import dev.tandem.model.record.Slots;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Reads the values of slots in Spark's internal form. */
final class SlotValues {
    private SlotValues() {}

    /** The text as a part of the record's bytes, which are not copied. */
    static UTF8String text(Slots slots, int slot) {
        return UTF8String.fromBytes(slots.bytes(slot), slots.offset(slot), slots.length(slot));
    }

    static Decimal decimal(Slots slots, int slot, DecimalType type) {
        return Decimal.apply(slots.number(slot), type.precision(), type.scale());
    }

    static ArrayData list(Slots slots, int slot, ArrayType type) {
        return new SlotList(slots, slots.firstElement(slot), slots.elements(slot), type.elementType());
    }

    /** The value as an object, or null. */
    static @Nullable Object value(Slots slots, int slot, DataType type) {
        if (slots.isNull(slot)) {
            return null;
        }
        if (type instanceof DecimalType decimal) {
            return decimal(slots, slot, decimal);
        }
        if (type instanceof ArrayType list) {
            return list(slots, slot, list);
        }
        return switch (type.typeName()) {
            case "integer", "date" -> (int) slots.number(slot);
            case "double" -> slots.floating(slot);
            case "boolean" -> slots.truth(slot);
            case "string" -> text(slots, slot);
            default -> slots.number(slot);
        };
    }

    /** The value as an object that stays as it is when the slots are filled anew. */
    static @Nullable Object kept(Slots slots, int slot, DataType type) {
        var value = value(slots, slot, type);
        return value instanceof ArrayData list ? list.copy() : value;
    }

    /** The elements of a list, each as {@link #kept} gives it. */
    static ArrayData keptList(Slots slots, int first, int count, DataType elementType) {
        var values = new @Nullable Object[count];
        for (int index = 0; index < count; index++) {
            values[index] = kept(slots, first + index, elementType);
        }
        return new GenericArrayData(values);
    }

    static UnsupportedOperationException none(String type) {
        return new UnsupportedOperationException(
                "Cannot read a %s: no field of a record has that type".formatted(type));
    }

    static UnsupportedOperationException unchangeable() {
        return new UnsupportedOperationException("Cannot change a record that is read in its slots; copy it first");
    }
}
