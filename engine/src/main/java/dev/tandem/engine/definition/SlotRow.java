package dev.tandem.engine.definition;

import dev.tandem.model.record.Slots;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
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

/**
 * A parsed record as a row of Spark's, read where the values are in the slots. It is the same object for each record: read it
 * before the next record is parsed, or {@link #copy} it. Its texts point into the record's own bytes.
 */
final class SlotRow extends InternalRow {
    private static final long serialVersionUID = 1L;
    private static final byte[] NO_BYTES = {};

    private final transient Slots slots;
    private final List<DataType> types;
    private int partition;
    private long position;
    private long arrivedMicros;
    private byte[] raw = NO_BYTES;
    private long microBatch;
    private int landedAs;

    /** Over {@code slots}, which whoever reads the records fills; {@code types} are those of the schema's fields. */
    SlotRow(Slots slots, List<DataType> types) {
        this.slots = slots;
        this.types = List.copyOf(types);
    }

    /** Says where the record that the slots hold comes from. */
    void origin(int ofPartition, long atPosition, long arrivedAtMicros) {
        partition = ofPartition;
        position = atPosition;
        arrivedMicros = arrivedAtMicros;
    }

    /** Says how the record that the slots hold was landed. */
    void landed(byte[] bytes, long inMicroBatch, int as) {
        raw = bytes;
        microBatch = inMicroBatch;
        landedAs = as;
    }

    private int slot(int column) {
        return column - ParsedRows.FIRST_FIELD;
    }

    private DataType type(int column) {
        return types.get(slot(column));
    }

    @Override
    public int numFields() {
        return ParsedRows.FIRST_FIELD + types.size();
    }

    @Override
    public InternalRow copy() {
        var values = new @Nullable Object[numFields()];
        for (int column = 0; column < ParsedRows.FIRST_FIELD; column++) {
            values[column] = meta(column);
        }
        for (int column = ParsedRows.FIRST_FIELD; column < values.length; column++) {
            values[column] = SlotValues.kept(slots, slot(column), type(column));
        }
        return new GenericInternalRow(values);
    }

    /** What every row begins with; there is no reason why this record cannot be used. */
    private @Nullable Object meta(int column) {
        return switch (column) {
            case 0 -> partition;
            case 1 -> position;
            case 2 -> arrivedMicros;
            case 3 -> raw;
            case 4 -> microBatch;
            case 5 -> landedAs;
            default -> null;
        };
    }

    @Override
    public boolean isNullAt(int column) {
        return column >= ParsedRows.FIRST_FIELD ? slots.isNull(slot(column)) : column > 5;
    }

    @Override
    public boolean getBoolean(int column) {
        return slots.truth(slot(column));
    }

    @Override
    public int getInt(int column) {
        if (column >= ParsedRows.FIRST_FIELD) {
            return (int) slots.number(slot(column));
        }
        return column == 0 ? partition : landedAs;
    }

    @Override
    public long getLong(int column) {
        if (column >= ParsedRows.FIRST_FIELD) {
            return slots.number(slot(column));
        }
        return column == 1 ? position : column == 2 ? arrivedMicros : microBatch;
    }

    @Override
    public double getDouble(int column) {
        return slots.floating(slot(column));
    }

    @Override
    public @Nullable Decimal getDecimal(int column, int precision, int scale) {
        return isNullAt(column) ? null : SlotValues.decimal(slots, slot(column), (DecimalType) type(column));
    }

    @Override
    public @Nullable UTF8String getUTF8String(int column) {
        return isNullAt(column) ? null : SlotValues.text(slots, slot(column));
    }

    @Override
    public byte[] getBinary(int column) {
        return raw;
    }

    @Override
    public @Nullable ArrayData getArray(int column) {
        return isNullAt(column) ? null : SlotValues.list(slots, slot(column), (ArrayType) type(column));
    }

    @Override
    public @Nullable Object get(int column, DataType type) {
        return column >= ParsedRows.FIRST_FIELD ? SlotValues.value(slots, slot(column), type(column)) : meta(column);
    }

    @Override
    public byte getByte(int column) {
        throw SlotValues.none("byte");
    }

    @Override
    public short getShort(int column) {
        throw SlotValues.none("short");
    }

    @Override
    public float getFloat(int column) {
        throw SlotValues.none("float");
    }

    @Override
    public BinaryView getBinaryView(int column) {
        throw SlotValues.none("binary view");
    }

    @Override
    public CalendarInterval getInterval(int column) {
        throw SlotValues.none("interval");
    }

    @Override
    public VariantVal getVariant(int column) {
        throw SlotValues.none("variant");
    }

    @Override
    public InternalRow getStruct(int column, int fields) {
        throw SlotValues.none("struct");
    }

    @Override
    public MapData getMap(int column) {
        throw SlotValues.none("map");
    }

    @Override
    public void setNullAt(int column) {
        throw SlotValues.unchangeable();
    }

    @Override
    public void update(int column, @Nullable Object value) {
        throw SlotValues.unchangeable();
    }
}
