package dev.tandem.fold;

import dev.tandem.fold.Recount.Deviation;
import dev.tandem.fold.block.BlockReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The records of one part that were marked in a recount, each counted once for what it was marked as. */
public final class MarkedRecords {
    private final Map<Integer, Set<Coordinates>> marked = new HashMap<>();

    /** Takes the next block of the part. */
    public void take(byte[] block) {
        for (var in = new BlockReader(block); in.hasMore(); ) {
            marked.computeIfAbsent((int) in.readByte(), code -> new HashSet<>()).add(Coordinates.read(in));
        }
    }

    /** Records that wait for a window of the batch. */
    public long waiting() {
        return count(Marks.WAITING);
    }

    /** Records by the deviation that they were found to be. */
    public Map<Deviation, Long> deviating() {
        var counts = new TreeMap<Deviation, Long>();
        for (var kind : Deviation.values()) {
            long records = count(Deviations.code(kind));
            if (records > 0) {
                counts.put(kind, records);
            }
        }
        return counts;
    }

    private long count(int code) {
        return marked.getOrDefault(code, Set.of()).size();
    }
}
