package dev.tandem.fold.block;

import dev.tandem.model.Instants;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BlockWriter} wrote, from a part of an array. Reading beyond the end throws {@link IndexOutOfBoundsException}. */
public final class BlockReader {
    private byte[] bytes;
    private int at;
    private int end;

    public BlockReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public BlockReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Goes on with another part of an array. */
    public void reset(byte[] other, int from, int until) {
        this.bytes = other;
        this.at = from;
        this.end = until;
    }

    public boolean hasMore() {
        return at < end;
    }

    /** Where the next byte is read, in {@link #array}. */
    public int position() {
        return at;
    }

    /** Where this reader ends, in {@link #array}. */
    public int end() {
        return end;
    }

    public void seek(int position) {
        at = position;
    }

    public byte[] array() {
        return bytes;
    }

    public void skip(int count) {
        at += count;
    }

    public byte readByte() {
        return bytes[at++];
    }

    public boolean readBoolean() {
        return readByte() != 0;
    }

    public int readInt() {
        int value = (int) BlockWriter.INT.get(bytes, at);
        at += Integer.BYTES;
        return value;
    }

    public long readLong() {
        long value = (long) BlockWriter.LONG.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    public byte[] readRaw(int length) {
        var copy = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return copy;
    }

    public byte[] readBytes() {
        return readRaw(readInt());
    }

    public String readText() {
        int length = readInt();
        var text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** Whether the next value is null; stays where it is. */
    public boolean isNull() {
        return bytes[at] == BlockWriter.NULL;
    }

    public @Nullable Object value() {
        int kind = readByte();
        return switch (kind) {
            case BlockWriter.NULL -> null;
            case BlockWriter.TEXT -> readText();
            case BlockWriter.WHOLE -> readLong();
            case BlockWriter.FLOATING -> Double.longBitsToDouble(readLong());
            case BlockWriter.DECIMAL -> decimal();
            case BlockWriter.TRUE -> true;
            case BlockWriter.FALSE -> false;
            case BlockWriter.TIMESTAMP -> Instants.ofMicros(readLong());
            case BlockWriter.DATE -> LocalDate.ofEpochDay(readLong());
            case BlockWriter.LIST -> list();
            default ->
                throw new IllegalStateException(
                        "Cannot read a packed value of kind %d: the block is damaged".formatted(kind));
        };
    }

    /** A value of whole numbers that is not null. */
    public long wholeValue() {
        if (readByte() != BlockWriter.WHOLE) {
            throw new IllegalStateException(
                    "Cannot read a whole number at byte %d: the block has a value of another kind".formatted(at - 1));
        }
        return readLong();
    }

    private BigDecimal decimal() {
        int scale = readInt();
        int length = readInt();
        var unscaled = new BigInteger(bytes, at, length);
        at += length;
        return new BigDecimal(unscaled, scale);
    }

    private List<@Nullable Object> list() {
        return values(readInt());
    }

    /** Goes past one value. */
    public void skipValue() {
        int kind = readByte();
        switch (kind) {
            case BlockWriter.NULL, BlockWriter.TRUE, BlockWriter.FALSE -> {}
            case BlockWriter.TEXT -> skipBytes();
            case BlockWriter.DECIMAL -> {
                skip(Integer.BYTES);
                skipBytes();
            }
            case BlockWriter.LIST -> {
                for (int left = readInt(); left > 0; left--) {
                    skipValue();
                }
            }
            default -> skip(Long.BYTES);
        }
    }

    /** Goes past bytes and their length. */
    public void skipBytes() {
        int length = readInt();
        at += length;
    }

    public List<@Nullable Object> values(int count) {
        var values = new ArrayList<@Nullable Object>(count);
        for (int index = 0; index < count; index++) {
            values.add(value());
        }
        return values;
    }

    /** What {@link BlockWriter#sizedValues} wrote. */
    public List<@Nullable Object> sizedValues() {
        int length = readInt();
        int until = at + length;
        var values = new ArrayList<@Nullable Object>();
        while (at < until) {
            values.add(value());
        }
        return values;
    }

    public Map<String, Long> readCounts() {
        var counts = new TreeMap<String, Long>();
        for (int left = readInt(); left > 0; left--) {
            counts.put(readText(), readLong());
        }
        return counts;
    }
}
