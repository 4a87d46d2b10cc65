package dev.tandem.model.record;

import java.util.Arrays;

/** Finds a name by its bytes, in constant time, so that a record of thousands of unknown fields stays cheap. */
final class NameTable {
    static final int UNKNOWN = -1;

    private final byte[][] names;
    /** One more than the position of a name, at the place of its hash or the next free one; a power of two of them. */
    private final int[] places;

    NameTable(byte[][] names) {
        this.names = names;
        places = new int[Integer.highestOneBit(names.length * 2 + 1) * 2];
        for (int position = 0; position < names.length; position++) {
            var name = names[position];
            int place = place(name, 0, name.length);
            while (places[place] != 0) {
                place = next(place);
            }
            places[place] = position + 1;
        }
    }

    /** The position of the name that the bytes are, or {@link #UNKNOWN}. */
    int position(byte[] bytes, int from, int to) {
        int place = place(bytes, from, to);
        while (places[place] != 0) {
            if (is(places[place] - 1, bytes, from, to - from)) {
                return places[place] - 1;
            }
            place = next(place);
        }
        return UNKNOWN;
    }

    /** Whether the {@code length} bytes at {@code from} are the name at {@code position}. */
    boolean is(int position, byte[] bytes, int from, int length) {
        var name = names[position];
        return length == name.length && Arrays.equals(bytes, from, from + length, name, 0, length);
    }

    int length(int position) {
        return names[position].length;
    }

    private int place(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + bytes[at];
        }
        return (hash ^ hash >>> 16) & (places.length - 1);
    }

    private int next(int place) {
        return place + 1 & (places.length - 1);
    }
}
