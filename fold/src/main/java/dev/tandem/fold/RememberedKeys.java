package dev.tandem.fold;

import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.block.StateSink;
import dev.tandem.fold.block.StateSource;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The dedup keys that a stream remembers where the first copy counts, each with the coordinates of that copy, until the watermark is
 * the horizon past its event time. An open-addressing table of 36 bytes a slot, at most two thirds full: no object a key.
 *
 * <p>A key that has expired counts as absent. Its slot is reused by the same key, and dropped when the table is rebuilt.
 */
final class RememberedKeys {
    private static final long SECOND = 1_000_000L;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int SMALLEST = 64;
    /** Added to seconds, so that none of them is 0, which marks a free slot. */
    private static final long OFFSET = 1L << 61;

    private final long horizonMicros;
    private final TreeMap<Long, Long> perSecond = new TreeMap<>();
    private long[] high;
    private long[] low;
    private long[] position;
    private int[] partition;
    /** The last second in which a key is remembered, plus {@link #OFFSET}; 0 for a free slot. */
    private long[] expires;

    private int mask;
    private int used;
    private long size;
    private long forgottenBefore = Long.MIN_VALUE;
    private int found;

    RememberedKeys(long horizonMicros) {
        this.horizonMicros = horizonMicros;
        high = new long[SMALLEST];
        low = new long[SMALLEST];
        position = new long[SMALLEST];
        partition = new int[SMALLEST];
        expires = new long[SMALLEST];
        mask = SMALLEST - 1;
    }

    /**
     * Whether the key is remembered; if not, it is from now on, with the given coordinates. After true, {@link #foundAt} has the
     * coordinates of the first copy.
     */
    boolean seen(long keyHigh, long keyLow, long eventMicros, Coordinates at) {
        int slot = slot(keyHigh, keyLow);
        if (expires[slot] != 0 && isAlive(expires[slot])) {
            found = slot;
            return true;
        }
        if (expires[slot] == 0) {
            if (3L * (used + 1) > 2L * expires.length) {
                rebuild();
                slot = slot(keyHigh, keyLow);
            }
            used++;
        }
        put(slot, keyHigh, keyLow, at, expiry(eventMicros));
        return false;
    }

    private void put(int slot, long keyHigh, long keyLow, Coordinates at, long expiry) {
        high[slot] = keyHigh;
        low[slot] = keyLow;
        partition[slot] = at.partition();
        position[slot] = at.position();
        expires[slot] = expiry;
        size++;
        if (expiry != NEVER) {
            perSecond.merge(expiry - OFFSET, 1L, Long::sum);
        }
    }

    Coordinates foundAt() {
        return new Coordinates(partition[found], position[found]);
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
        return 36L * expires.length;
    }

    private boolean isAlive(long expiry) {
        return expiry == NEVER || expiry - OFFSET >= forgottenBefore;
    }

    private long expiry(long eventMicros) {
        return horizonMicros == Long.MAX_VALUE ? NEVER : SeenKeys.forgottenIn(eventMicros, horizonMicros) + OFFSET;
    }

    private int slot(long keyHigh, long keyLow) {
        int slot = (int) (keyLow ^ (keyLow >>> 32)) & mask;
        while (expires[slot] != 0 && (low[slot] != keyLow || high[slot] != keyHigh)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Drops what has expired, and doubles the table if that leaves it more than a third full. */
    private void rebuild() {
        var before = new RememberedKeys(horizonMicros);
        before.high = high;
        before.low = low;
        before.position = position;
        before.partition = partition;
        before.expires = expires;
        long capacity = expires.length;
        while (3 * (size + 1) > capacity) {
            capacity *= 2;
        }
        resize(capacity);
        for (int slot = 0; slot < before.expires.length; slot++) {
            if (before.expires[slot] != 0 && isAlive(before.expires[slot])) {
                int to = slot(before.high[slot], before.low[slot]);
                high[to] = before.high[slot];
                low[to] = before.low[slot];
                position[to] = before.position[slot];
                partition[to] = before.partition[slot];
                expires[to] = before.expires[slot];
                used++;
            }
        }
    }

    private void resize(long capacity) {
        if (capacity > 1 << 28) {
            throw new IllegalStateException(
                    "Cannot remember more than 89 million dedup keys in one state partition; use more state partitions or a shorter dedup horizon");
        }
        int slots = (int) capacity;
        high = new long[slots];
        low = new long[slots];
        position = new long[slots];
        partition = new int[slots];
        expires = new long[slots];
        mask = slots - 1;
        used = 0;
    }

    /** Writes the keys that are remembered now. */
    void write(StateSink sink) {
        var head = new BlockWriter(2 * Long.BYTES);
        head.writeLong(forgottenBefore);
        head.writeLong(size);
        sink.chunk(head);
        var alive = IntStream.range(0, expires.length)
                .filter(slot -> expires[slot] != 0 && isAlive(expires[slot]))
                .iterator();
        sink.items(alive, (out, slot) -> {
            out.writeLong(high[slot]);
            out.writeLong(low[slot]);
            out.writeInt(partition[slot]);
            out.writeLong(position[slot]);
            out.writeLong(expires[slot]);
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
            var at = new Coordinates(in.readInt(), in.readLong());
            put(slot(keyHigh, keyLow), keyHigh, keyLow, at, in.readLong());
            used++;
        });
    }
}
