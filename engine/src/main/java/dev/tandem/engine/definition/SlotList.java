package dev.tandem.engine.definition;

import dev.tandem.model.record.Slots;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.BinaryView;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.unsafe.types.VariantVal;
import org.jspecify.annotations.Nullable;

/** A list of a record, read where it is in the slots; valid as long as the {@link SlotRow} that it comes from. Its objects are null
 * where the element is: some of Spark's generated code does not ask {@link #isNullAt} before. */
final class SlotList extends ArrayData {
    private static final long serialVersionUID = 1L;

    private final transient Slots slots;
    private final int first;
    private final int count;
    private final DataType elementType;

    SlotList(Slots slots, int first, int count, DataType elementType) {
        this.slots = slots;
        this.first = first;
        this.count = count;
        this.elementType = elementType;
    }

    @Override
    public int numElements() {
        return count;
    }

    @Override
    public ArrayData copy() {
        return SlotValues.keptList(slots, first, count, elementType);
    }

    @Override
    public @Nullable Object[] array() {
        var values = new @Nullable Object[count];
        for (int index = 0; index < count; index++) {
            values[index] = SlotValues.value(slots, first + index, elementType);
        }
        return values;
    }

    @Override
    public boolean isNullAt(int index) {
        return slots.isNull(first + index);
    }

    @Override
    public boolean getBoolean(int index) {
        return slots.truth(first + index);
    }

    @Override
    public int getInt(int index) {
        return (int) slots.number(first + index);
    }

    @Override
    public long getLong(int index) {
        return slots.number(first + index);
    }

    @Override
    public double getDouble(int index) {
        return slots.floating(first + index);
    }

    @Override
    public @Nullable Decimal getDecimal(int index, int precision, int scale) {
        return isNullAt(index) ? null : SlotValues.decimal(slots, first + index, (DecimalType) elementType);
    }

    @Override
    public @Nullable UTF8String getUTF8String(int index) {
        return isNullAt(index) ? null : SlotValues.text(slots, first + index);
    }

    @Override
    public @Nullable ArrayData getArray(int index) {
        return isNullAt(index) ? null : SlotValues.list(slots, first + index, (ArrayType) elementType);
    }

    @Override
    public @Nullable Object get(int index, DataType type) {
        return SlotValues.value(slots, first + index, elementType);
    }

    @Override
    public byte getByte(int index) {
        throw SlotValues.none("byte");
    }

    @Override
    public short getShort(int index) {
        throw SlotValues.none("short");
    }

    @Override
    public float getFloat(int index) {
        throw SlotValues.none("float");
    }

    @Override
    public byte[] getBinary(int index) {
        throw SlotValues.none("binary");
    }

    @Override
    public BinaryView getBinaryView(int index) {
        throw SlotValues.none("binary");
    }

    @Override
    public CalendarInterval getInterval(int index) {
        throw SlotValues.none("interval");
    }

    @Override
    public VariantVal getVariant(int index) {
        throw SlotValues.none("variant");
    }

    @Override
    public InternalRow getStruct(int index, int fields) {
        throw SlotValues.none("struct");
    }

    @Override
    public MapData getMap(int index) {
        throw SlotValues.none("map");
    }

    @Override
    public void setNullAt(int index) {
        throw SlotValues.unchangeable();
    }

    @Override
    public void update(int index, @Nullable Object value) {
        throw SlotValues.unchangeable();
    }
}
