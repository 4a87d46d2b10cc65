package dev.tandem.model.record;

import java.util.Arrays;

/**
 * The values of one record without an object for each: what a {@link SlotReader} fills, again for each record.
 *
 * <p>There is a slot for each field of the schema, in its order; the elements of lists have the slots behind. A slot has no value
 * or one {@code long}: a whole number, 1 or 0 for true or false, the bits of a double, the unscaled value of a decimal at the
 * field's scale, microseconds since 1970, days since 1970. A text is a part of {@link #bytes}: of the record's own bytes, or of a
 * buffer made for this record alone where the record writes the text with escapes. So a text stays valid as long as the record's
 * bytes do, but everything else is overwritten by the next record.
 */
public final class Slots {
    private static final byte[] NO_BYTES = {};
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final int fields;
    private long[] values;
    private boolean[] present;
    private int used;
    private byte[] record = NO_BYTES;
    private byte[] unescaped = NO_BYTES;
    private int unescapedLength;

    /** For records of a schema with this many fields. */
    public Slots(int fields) {
        this.fields = fields;
        used = fields;
        values = new long[fields];
        present = new boolean[fields];
    }

    public boolean isNull(int slot) {
        return !present[slot];
    }

    /** The value of a slot that holds a number, a truth value, a date or a time. */
    public long number(int slot) {
        return values[slot];
    }

    public boolean truth(int slot) {
        return values[slot] != 0;
    }

    public double floating(int slot) {
        return Double.longBitsToDouble(values[slot]);
    }

    /** What the text in {@code slot} is a part of, as UTF-8. */
    public byte[] bytes(int slot) {
        return values[slot] >= 0 ? record : unescaped;
    }

    /** Where the text in {@code slot} begins within {@link #bytes}. */
    public int offset(int slot) {
        int offset = (int) (values[slot] >> Integer.SIZE);
        return offset >= 0 ? offset : ~offset;
    }

    /** The length in bytes of the text in {@code slot}. */
    public int length(int slot) {
        return (int) values[slot];
    }

    /** The slot of the first element of the list in {@code slot}; the others follow it. */
    public int firstElement(int slot) {
        return (int) (values[slot] >> Integer.SIZE);
    }

    /** The number of elements of the list in {@code slot}. */
    public int elements(int slot) {
        return (int) values[slot];
    }

    /** The bytes of the record that is being read. */
    byte[] record() {
        return record;
    }

    /** Forgets the values of the record before. */
    void begin(byte[] bytes) {
        record = bytes;
        unescaped = NO_BYTES;
        unescapedLength = 0;
        used = fields;
        Arrays.fill(present, 0, fields, false);
    }

    void put(int slot, long value) {
        values[slot] = value;
        present[slot] = true;
    }

    /** A text that is the record's bytes from {@code from} to before {@code to}. */
    void putText(int slot, int from, int to) {
        put(slot, pair(from, to - from));
    }

    /** Begins a text that the record writes with escapes, and that has at most {@code longest} bytes. */
    int beginUnescaped(int longest) {
        if (unescaped.length - unescapedLength < longest) {
            unescaped = Arrays.copyOf(unescaped, unescapedLength + longest);
        }
        return unescapedLength;
    }

    void unescape(int letter) {
        unescaped[unescapedLength++] = (byte) letter;
    }

    void unescape(int from, int to) {
        System.arraycopy(record, from, unescaped, unescapedLength, to - from);
        unescapedLength += to - from;
    }

    /** Ends the text that began at {@code start} of the buffer. */
    void putUnescaped(int slot, int start) {
        put(slot, pair(~start, unescapedLength - start));
    }

    /** A text that is a part of other bytes than the record's; it is copied. */
    void putCopy(int slot, byte[] bytes, int offset, int length) {
        int start = beginUnescaped(length);
        System.arraycopy(bytes, offset, unescaped, start, length);
        unescapedLength += length;
        putUnescaped(slot, start);
    }

    /** A slot, without a value yet, for the next element of the list that is being read. */
    int nextElement() {
        if (used == values.length) {
            values = Arrays.copyOf(values, used * 2 + 8);
            present = Arrays.copyOf(present, used * 2 + 8);
        }
        present[used] = false;
        return used++;
    }

    /** A list whose elements are in the slots from {@code first} on, up to the last one that was given out. */
    void putList(int slot, int first) {
        put(slot, pair(first, used - first));
    }

    int firstFree() {
        return used;
    }

    private static long pair(int high, int low) {
        return (long) high << Integer.SIZE | (low & LOW_HALF);
    }
}
