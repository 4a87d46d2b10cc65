package dev.tandem.fold.batch;

import dev.tandem.fold.FateTally;
import dev.tandem.fold.Fates;
import dev.tandem.fold.Identity;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * In a batch where the last copy of a record counts: holds back the latest copy of each key, packed, until the log has ended. Records
 * that the dedup does not see pass through.
 */
final class LatestCopies {
    /** In the order in which the latest copies came. */
    private final Map<Identity, byte[]> latest = new LinkedHashMap<>();

    /** Takes in packed records in landed order; returns those that pass through, and counts the copies that are duplicates. */
    byte[] take(List<byte[]> blocks, FateTally fates) {
        var passing = new BlockWriter();
        for (var block : blocks) {
            var in = new BlockReader(block);
            while (in.hasMore()) {
                int start = in.position();
                int end = start + Integer.BYTES + in.readInt();
                int partition = in.readInt();
                in.skip(2 * Long.BYTES);
                int flags = in.readByte();
                in.skip(Long.BYTES);
                if (isDeduplicated(flags)) {
                    var identity = new Identity(in.readLong(), in.readLong());
                    in.seek(start);
                    if (latest.remove(identity) != null) {
                        fates.count(partition, Fates.DUPLICATE);
                    }
                    latest.put(identity, in.readRaw(end - start));
                } else {
                    passing.writeRaw(in.array(), start, end - start);
                }
                in.seek(end);
            }
        }
        return passing.toByteArray();
    }

    private static boolean isDeduplicated(int flags) {
        boolean leftBefore = (flags & PackedRecords.EXIT) != 0 && (flags & PackedRecords.AFTER_DEDUP) == 0;
        return (flags & PackedRecords.IDENTITY) != 0 && (flags & PackedRecords.REJECTED) == 0 && !leftBefore;
    }

    /** Up to {@code records} of the copies that count, which are let go of; nothing when there are no more. */
    byte[] drain(int records) {
        var out = new BlockWriter();
        Iterator<byte[]> all = latest.values().iterator();
        for (int left = records; left > 0 && all.hasNext(); left--) {
            var record = all.next();
            out.writeRaw(record, 0, record.length);
            all.remove();
        }
        return out.toByteArray();
    }

    int size() {
        return latest.size();
    }
}
