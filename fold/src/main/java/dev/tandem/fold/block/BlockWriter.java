package dev.tandem.fold.block;

import dev.tandem.model.Instants;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A growing array of bytes. Integers are big-endian; texts are UTF-8 behind their length in bytes (an int). A value of a column is
 * one byte for its kind and then its bytes, so that equal values of one column have equal bytes: keys can be compared without
 * being decoded. {@link BlockReader} reads what this writes.
 */
public final class BlockWriter {
    static final byte NULL = '0';
    static final byte TEXT = 's';
    static final byte WHOLE = 'n';
    static final byte FLOATING = 'f';
    static final byte DECIMAL = 'd';
    static final byte TRUE = 'y';
    static final byte FALSE = 'z';
    static final byte TIMESTAMP = 't';
    static final byte DATE = 'e';
    static final byte LIST = 'l';

    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int size;

    public BlockWriter() {
        this(1 << 10);
    }

    /** Begins with room for {@code capacity} bytes. */
    public BlockWriter(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    /** How many bytes are written. */
    public int size() {
        return size;
    }

    /** The bytes behind this block, of which the first {@link #size} are written. They change with the next write. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Takes back everything after the first {@code length} bytes. */
    public void truncate(int length) {
        size = length;
    }

    /** Makes room for {@code count} bytes, to be filled in {@link #array}, and returns where they begin. */
    public int reserve(int count) {
        int at = size;
        if (count > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, count), bytes.length + (bytes.length >> 1)));
        }
        size += count;
        return at;
    }

    public void writeByte(int value) {
        int at = reserve(1);
        bytes[at] = (byte) value;
    }

    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public void writeInt(int value) {
        int at = reserve(Integer.BYTES);
        INT.set(bytes, at, value);
    }

    /** Overwrites the int at {@code at}, as for a length that is known later. */
    public void setInt(int at, int value) {
        INT.set(bytes, at, value);
    }

    public void writeLong(long value) {
        int at = reserve(Long.BYTES);
        LONG.set(bytes, at, value);
    }

    /** Bytes without their length. */
    public void writeRaw(byte[] from, int offset, int length) {
        int at = reserve(length);
        System.arraycopy(from, offset, bytes, at, length);
    }

    /** Bytes behind their length. */
    public void writeBytes(byte[] from, int offset, int length) {
        writeInt(length);
        writeRaw(from, offset, length);
    }

    public void writeBytes(byte[] from) {
        writeBytes(from, 0, from.length);
    }

    public void writeText(String text) {
        writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public void nullValue() {
        writeByte(NULL);
    }

    /** A text given as UTF-8. */
    public void textValue(byte[] from, int offset, int length) {
        writeByte(TEXT);
        writeBytes(from, offset, length);
    }

    public void wholeValue(long value) {
        writeByte(WHOLE);
        writeLong(value);
    }

    /** Negative zero is written as zero, and every NaN as the same one: they are one value each. */
    public void floatingValue(double value) {
        writeByte(FLOATING);
        writeLong(Double.doubleToLongBits(value == 0 ? 0.0 : value));
    }

    /** A decimal whose unscaled value is {@code unscaled}; equal bytes to {@link #value} of the same decimal. */
    public void decimalValue(long unscaled, int scale) {
        writeByte(DECIMAL);
        writeInt(scale);
        int length = Long.BYTES - (Long.numberOfLeadingZeros(unscaled < 0 ? ~unscaled : unscaled) - 1) / Byte.SIZE;
        writeInt(length);
        int at = reserve(length);
        for (int index = 0; index < length; index++) {
            bytes[at + index] = (byte) (unscaled >> (Byte.SIZE * (length - 1 - index)));
        }
    }

    public void truthValue(boolean value) {
        writeByte(value ? TRUE : FALSE);
    }

    public void timestampValue(long micros) {
        writeByte(TIMESTAMP);
        writeLong(micros);
    }

    public void dateValue(long epochDay) {
        writeByte(DATE);
        writeLong(epochDay);
    }

    /** Begins a list of {@code count} values, which follow. */
    public void listValue(int count) {
        writeByte(LIST);
        writeInt(count);
    }

    /** A value as results and expressions have it; throws {@link IllegalArgumentException} on any other class. */
    public void value(@Nullable Object value) {
        if (value == null) {
            nullValue();
        } else if (value instanceof String text) {
            writeByte(TEXT);
            writeText(text);
        } else if (value instanceof Long number) {
            wholeValue(number);
        } else if (value instanceof Double number) {
            floatingValue(number);
        } else if (value instanceof BigDecimal decimal) {
            writeByte(DECIMAL);
            writeInt(decimal.scale());
            writeBytes(decimal.unscaledValue().toByteArray());
        } else if (value instanceof Boolean truth) {
            truthValue(truth);
        } else if (value instanceof Instant instant) {
            timestampValue(Instants.micros(instant));
        } else if (value instanceof LocalDate date) {
            dateValue(date.toEpochDay());
        } else if (value instanceof List<?> list) {
            listValue(list.size());
            list.forEach(this::value);
        } else {
            throw new IllegalArgumentException(
                    "Cannot pack a " + value.getClass().getName());
        }
    }

    /** Values one behind the other, without their number. */
    public void values(List<? extends @Nullable Object> values) {
        for (var value : values) {
            value(value);
        }
    }

    /** Values behind the length in bytes of all of them. */
    public void sizedValues(List<? extends @Nullable Object> values) {
        int at = reserve(Integer.BYTES);
        values(values);
        setInt(at, size - at - Integer.BYTES);
    }

    public void writeCounts(Map<String, Long> counts) {
        writeInt(counts.size());
        counts.forEach((name, count) -> {
            writeText(name);
            writeLong(count);
        });
    }
}
