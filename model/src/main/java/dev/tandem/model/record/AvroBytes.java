package dev.tandem.model.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.Schema;

/**
 * A cursor over one record in Avro's binary form. Avro's own decoder believes each length that it reads, and takes as much memory; this one
 * takes nothing that is not there, and can pass over what nobody asked for.
 */
final class AvroBytes {
    private static final int DEEPEST = 100;
    private static final int MOST_BITS = 70;
    /** Elements without a byte of their own can be claimed in any number. */
    private static final long MOST_ELEMENTS = 1 << 20;

    private final byte[] bytes;
    private int at;
    private int depth;

    AvroBytes(byte[] bytes, int from) {
        this.bytes = bytes;
        at = from;
    }

    int at() {
        return at;
    }

    /** Goes back to where the cursor was. */
    void back(int to) {
        at = to;
    }

    int left() {
        return bytes.length - at;
    }

    /** A whole number of either size. */
    long whole() throws MalformedRecordException {
        long value = 0;
        for (int shift = 0; shift < MOST_BITS; shift += 7) {
            int next = take(1);
            value |= (bytes[next] & 0x7FL) << shift;
            if (bytes[next] >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new MalformedRecordException("a whole number has more than ten bytes");
    }

    boolean truth() throws MalformedRecordException {
        byte value = bytes[take(1)];
        if (value < 0 || value > 1) {
            throw new MalformedRecordException("a boolean is neither 0 nor 1");
        }
        return value == 1;
    }

    double floating(Schema schema) throws MalformedRecordException {
        int size = schema.getType() == Schema.Type.FLOAT ? Float.BYTES : Double.BYTES;
        var buffer = ByteBuffer.wrap(bytes, take(size), size).order(ByteOrder.LITTLE_ENDIAN);
        return size == Float.BYTES ? buffer.getFloat() : buffer.getDouble();
    }

    byte[] bytes(Schema schema) throws MalformedRecordException {
        int length = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : length();
        int from = take(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    String text() throws MalformedRecordException {
        int length = length();
        int from = take(length);
        var part = Arrays.copyOfRange(bytes, from, from + length);
        if (!Utf8.valid(part)) {
            throw new MalformedRecordException("a string is not UTF-8 text");
        }
        return new String(part, StandardCharsets.UTF_8);
    }

    String symbol(Schema schema) throws MalformedRecordException {
        return schema.getEnumSymbols().get(index(schema.getEnumSymbols().size()));
    }

    /** The branch of a union that was written; the schema itself if it is none. */
    Schema branch(Schema schema) throws MalformedRecordException {
        return schema.isUnion() ? schema.getTypes().get(index(schema.getTypes().size())) : schema;
    }

    private int index(int count) throws MalformedRecordException {
        long index = whole();
        if (index < 0 || index >= count) {
            throw new MalformedRecordException("there is no choice %d among %d".formatted(index, count));
        }
        return (int) index;
    }

    /** What is done with an element of a list, or with a value of a map behind its key. */
    interface Each {
        void read() throws MalformedRecordException;
    }

    /** The elements of a list or the entries of a map, which come in blocks. */
    void blocks(Each each) throws MalformedRecordException {
        enter();
        long all = 0;
        for (long count = whole(); count != 0; count = whole()) {
            if (count < 0) {
                count = -count;
                whole();
            }
            all += count;
            if (count < 0 || all > Math.max(MOST_ELEMENTS, bytes.length)) {
                throw new MalformedRecordException("a list claims more elements than the record has bytes");
            }
            for (long element = 0; element < count; element++) {
                each.read();
            }
        }
        leave();
    }

    /** Begins something that has other values within it. */
    void enter() throws MalformedRecordException {
        if (++depth > DEEPEST) {
            throw new MalformedRecordException("values stand in each other more than %d deep".formatted(DEEPEST));
        }
    }

    void leave() {
        depth--;
    }

    /** Passes over a value. */
    void skip(Schema schema) throws MalformedRecordException {
        switch (schema.getType()) {
            case NULL -> {}
            case BOOLEAN -> truth();
            case INT, LONG -> whole();
            case ENUM -> symbol(schema);
            case FLOAT -> take(Float.BYTES);
            case DOUBLE -> take(Double.BYTES);
            case STRING, BYTES -> take(length());
            case FIXED -> take(schema.getFixedSize());
            case UNION -> skip(branch(schema));
            case ARRAY -> blocks(() -> skip(schema.getElementType()));
            case MAP ->
                blocks(() -> {
                    take(length());
                    skip(schema.getValueType());
                });
            case RECORD -> {
                enter();
                for (var field : schema.getFields()) {
                    skip(field.schema());
                }
                leave();
            }
        }
    }

    private int length() throws MalformedRecordException {
        long length = whole();
        if (length < 0 || length > left()) {
            throw new MalformedRecordException("a length is %d, and %d bytes are left".formatted(length, left()));
        }
        return (int) length;
    }

    /** Passes over {@code count} bytes and returns the index of the first. */
    private int take(int count) throws MalformedRecordException {
        if (count > left()) {
            throw new MalformedRecordException("the record ends within a value");
        }
        int from = at;
        at += count;
        return from;
    }
}
