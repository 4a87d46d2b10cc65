package dev.tandem.fold.stream;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.WindowBounds;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.group.Group;
import dev.tandem.model.Dedup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The groups of part of a micro-batch's records, before they are merged with those of the other parts. Groups are found by view,
 * window and the packed bytes of their key, so that a key is decoded once for each group and not once for each record.
 */
public final class PartialGroups {
    private static final int SMALLEST = 256;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** A group and where its key is. */
    private record Entry(int view, long start, long end, int keyFrom, int keyLength, int hash, Group group) {}

    private final FoldPlan plan;
    private final BlockWriter keys = new BlockWriter(1 << 12);
    private final List<Entry> entries = new ArrayList<>();
    private int[] table = new int[SMALLEST];

    PartialGroups(FoldPlan plan) {
        this.plan = plan;
    }

    /** Where a contribution goes: a view's window and a packed key inside {@code bytes}. */
    @SuppressWarnings("ArrayRecordComponent") // made for one look-up and never compared
    record Place(int view, long start, long end, byte[] bytes, int keyFrom, int keyLength) {}

    Group group(Place place) {
        int hash = hash(place);
        int slot = hash & (table.length - 1);
        while (table[slot] != 0) {
            var entry = entries.get(table[slot] - 1);
            if (entry.hash == hash && isAt(entry, place)) {
                return entry.group;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return added(place, hash, slot);
    }

    private Group added(Place place, int hash, int slot) {
        int at = keys.size();
        keys.writeRaw(place.bytes, place.keyFrom, place.keyLength);
        var group = new Group(plan.arguments().get(place.view), Dedup.Keep.FIRST);
        entries.add(new Entry(place.view, place.start, place.end, at, place.keyLength, hash, group));
        table[slot] = entries.size();
        if (2 * entries.size() > table.length) {
            grow();
        }
        return group;
    }

    private boolean isAt(Entry entry, Place place) {
        return entry.view == place.view
                && entry.start == place.start
                && entry.end == place.end
                && Arrays.equals(
                        keys.array(),
                        entry.keyFrom,
                        entry.keyFrom + entry.keyLength,
                        place.bytes,
                        place.keyFrom,
                        place.keyFrom + place.keyLength);
    }

    private void grow() {
        table = new int[table.length * 2];
        for (int index = 0; index < entries.size(); index++) {
            int slot = entries.get(index).hash & (table.length - 1);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = index + 1;
        }
    }

    private static int hash(Place place) {
        return mixed(keyHash(place.view, place.bytes, place.keyFrom, place.keyLength) ^ (place.start * MIX));
    }

    private static int mixed(long value) {
        long mixed = value * MIX;
        return (int) (mixed ^ (mixed >>> 32));
    }

    /** Which of {@code parts} a key of a view belongs to. All windows of a key are in one part. */
    static int part(int view, byte[] bytes, int keyFrom, int keyLength, int parts) {
        return parts == 1 ? 0 : Math.floorMod(mixed(keyHash(view, bytes, keyFrom, keyLength)), parts);
    }

    private static long keyHash(int view, byte[] bytes, int from, int length) {
        long hash = view;
        for (int index = from; index < from + length; index++) {
            hash = 31 * hash + bytes[index];
        }
        return hash;
    }

    /** Appends each group to the block of its part; {@link #merge} reads them. */
    void write(List<BlockWriter> parts) {
        for (var entry : entries) {
            int part = part(entry.view, keys.array(), entry.keyFrom, entry.keyLength, parts.size());
            var out = parts.get(part);
            out.writeByte(entry.view);
            out.writeLong(entry.start);
            out.writeLong(entry.end);
            out.writeBytes(keys.array(), entry.keyFrom, entry.keyLength);
            entry.group.write(out);
        }
    }

    /** Merges the groups that {@link #write} wrote until the end of {@code in} into the open windows. */
    public static void merge(BlockReader in, OpenViews views, OpenViews.Witness witness) {
        while (in.hasMore()) {
            int view = in.readByte();
            var window = WindowBounds.span(in.readLong(), in.readLong());
            var key = in.sizedValues();
            var group = views.of(view).group(window, key);
            group.mergePacked(in);
            witness.changed(view, window, key, group);
        }
    }
}
