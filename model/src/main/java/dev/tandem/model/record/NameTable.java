package dev.tandem.model.record;

/** Finds a field by the bytes of its name, in constant time, so that a record of thousands of unknown fields stays cheap. */
final class NameTable {
    static final int UNKNOWN = -1;

    private final SlotColumn[] columns;
    /** One more than the position of a field, at the place of its name's hash or the next free one; a power of two of them. */
    private final int[] places;

    NameTable(SlotColumn[] columns) {
        this.columns = columns;
        places = new int[Integer.highestOneBit(columns.length * 2 + 1) * 2];
        for (int position = 0; position < columns.length; position++) {
            var name = columns[position].name();
            int place = place(name, 0, name.length);
            while (places[place] != 0) {
                place = next(place);
            }
            places[place] = position + 1;
        }
    }

    /** The position of the field whose name the bytes are, or {@link #UNKNOWN}. */
    int position(byte[] bytes, int from, int to) {
        int place = place(bytes, from, to);
        while (places[place] != 0) {
            if (columns[places[place] - 1].named(bytes, from, to - from)) {
                return places[place] - 1;
            }
            place = next(place);
        }
        return UNKNOWN;
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
