package dev.tandem.fold.stream;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.block.StateSink;
import dev.tandem.fold.block.StateSource;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The dedup keys that a stream remembers where the first copy counts, each with the coordinates of that copy, until the watermark
 * is the horizon past its event time. An open-addressing table of 40 bytes a slot, at most two thirds full: no object for a key,
 * and the fields of a slot are adjacent, so that a look-up misses the cache once.
 *
 * <p>A key that has expired counts as absent. Its slot is reused by the same key, and dropped when the table is rebuilt.
 */
final class RememberedKeys {
    private static final long SECOND = 1_000_000L;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int SMALLEST = 64;
    /** Added to seconds, so that none of them is 0, which marks a free slot. */
    private static final long OFFSET = 1L << 61;

    // The fields of a slot.
    private static final int HIGH = 0;
    private static final int LOW = 1;
    private static final int PARTITION = 2;
    private static final int POSITION = 3;
    /** The last second in which the key is remembered, plus {@link #OFFSET}; 0 for a free slot. */
    private static final int EXPIRES = 4;

    private static final int FIELDS = 5;
    private static final int MOST_SLOTS = 1 << 28;

    private final long horizonMicros;
    private final TreeMap<Long, Long> perSecond = new TreeMap<>();
    private long[] table;
    private int mask;
    private int used;
    private long size;
    private long forgottenBefore = Long.MIN_VALUE;
    private int found;

    RememberedKeys(long horizonMicros) {
        this.horizonMicros = horizonMicros;
        table = new long[FIELDS * SMALLEST];
        mask = SMALLEST - 1;
    }

    /**
     * Whether the key is remembered; if not, it is from now on, with the given coordinates. After true, {@link #foundAt} has the
     * coordinates of the first copy.
     */
    boolean seen(long keyHigh, long keyLow, long eventMicros, Coordinates at) {
        int slot = slot(keyHigh, keyLow);
        long expires = table[slot + EXPIRES];
        if (expires != 0 && isAlive(expires)) {
            found = slot;
            return true;
        }
        if (expires == 0) {
            if (3L * (used + 1) > 2L * (mask + 1)) {
                rebuild();
                slot = slot(keyHigh, keyLow);
            }
            used++;
        }
        put(slot, keyHigh, keyLow, at, expiry(eventMicros));
        return false;
    }

    private void put(int slot, long keyHigh, long keyLow, Coordinates at, long expiry) {
        table[slot + HIGH] = keyHigh;
        table[slot + LOW] = keyLow;
        table[slot + PARTITION] = at.partition();
        table[slot + POSITION] = at.position();
        table[slot + EXPIRES] = expiry;
        size++;
        if (expiry != NEVER) {
            perSecond.merge(expiry - OFFSET, 1L, Long::sum);
        }
    }

    Coordinates foundAt() {
        return new Coordinates((int) table[found + PARTITION], table[found + POSITION]);
    }

    /** Forgets every key whose event time is more than the horizon before {@code watermark}. */
    void forgetBefore(long watermark) {
        long second = Math.floorDiv(watermark, SECOND);
        if (second > forgottenBefore) {
            forgottenBefore = second;
            var gone = perSecond.headMap(second, false);
            for (long count : gone.values()) {
                size -= count;
            }
            gone.clear();
        }
    }

    long size() {
        return size;
    }

    /** Bytes on the heap. */
    long bytes() {
        return (long) Long.BYTES * table.length;
    }

    private boolean isAlive(long expiry) {
        return expiry == NEVER || expiry - OFFSET >= forgottenBefore;
    }

    private long expiry(long eventMicros) {
        return horizonMicros == Long.MAX_VALUE ? NEVER : SeenKeys.forgottenIn(eventMicros, horizonMicros) + OFFSET;
    }

    /** Where the key's slot begins in the table, or the free one that it would get. */
    private int slot(long keyHigh, long keyLow) {
        int number = (int) (keyLow ^ (keyLow >>> 32)) & mask;
        int slot = FIELDS * number;
        while (table[slot + EXPIRES] != 0 && (table[slot + LOW] != keyLow || table[slot + HIGH] != keyHigh)) {
            number = (number + 1) & mask;
            slot = FIELDS * number;
        }
        return slot;
    }

    /** Drops what has expired, and doubles the table if that leaves it more than a third full. */
    private void rebuild() {
        long[] before = table;
        long capacity = mask + 1L;
        while (3 * (size + 1) > capacity) {
            capacity *= 2;
        }
        resize(capacity);
        for (int slot = 0; slot < before.length; slot += FIELDS) {
            if (before[slot + EXPIRES] != 0 && isAlive(before[slot + EXPIRES])) {
                System.arraycopy(before, slot, table, slot(before[slot + HIGH], before[slot + LOW]), FIELDS);
                used++;
            }
        }
    }

    private void resize(long capacity) {
        if (capacity > MOST_SLOTS) {
            throw new IllegalStateException(
                    "Cannot remember more than 89 million dedup keys in one state partition; use more state partitions or a shorter dedup horizon");
        }
        int slots = (int) capacity;
        table = new long[FIELDS * slots];
        mask = slots - 1;
        used = 0;
    }

    /** Writes the keys that are remembered now. */
    void write(StateSink sink) {
        var head = new BlockWriter(2 * Long.BYTES);
        head.writeLong(forgottenBefore);
        head.writeLong(size);
        sink.chunk(head);
        var alive = IntStream.rangeClosed(0, mask)
                .map(number -> FIELDS * number)
                .filter(slot -> table[slot + EXPIRES] != 0 && isAlive(table[slot + EXPIRES]))
                .iterator();
        sink.items(alive, (out, slot) -> {
            for (int field = 0; field < FIELDS; field++) {
                out.writeLong(table[slot + field]);
            }
        });
    }

    /** Takes in what {@link #write} wrote; this must be new. */
    void read(StateSource source) {
        var head = source.chunk();
        forgottenBefore = head.readLong();
        long count = head.readLong();
        long capacity = SMALLEST;
        while (3 * (count + 1) > 2 * capacity) {
            capacity *= 2;
        }
        resize(capacity);
        source.items(in -> {
            long keyHigh = in.readLong();
            long keyLow = in.readLong();
            var at = new Coordinates((int) in.readLong(), in.readLong());
            put(slot(keyHigh, keyLow), keyHigh, keyLow, at, in.readLong());
            used++;
        });
    }
}
