package dev.tandem.fold.recount;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.recount.Recount.Deviation;
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

    /**
     * How many records were marked.
     *
     * @param waiting records that wait for a window of the batch
     * @param deviating records by the deviation that they were found to be
     */
    public record Counts(long waiting, Map<Deviation, Long> deviating) {
        public static final Counts NONE = new Counts(0, Map.of());

        /** With the counts of another part. */
        public Counts plus(Counts other) {
            var sum = new TreeMap<>(deviating);
            other.deviating.forEach((kind, records) -> sum.merge(kind, records, Long::sum));
            return new Counts(waiting + other.waiting, sum);
        }

        public void write(BlockWriter out) {
            out.writeLong(waiting);
            out.writeInt(deviating.size());
            deviating.forEach((kind, records) -> {
                out.writeByte(Deviations.code(kind));
                out.writeLong(records);
            });
        }

        /** Reads what {@link #write} wrote. */
        public static Counts read(BlockReader in) {
            long waiting = in.readLong();
            var deviating = new TreeMap<Deviation, Long>();
            for (int left = in.readInt(); left > 0; left--) {
                deviating.put(Deviations.kind(in.readByte()), in.readLong());
            }
            return new Counts(waiting, deviating);
        }
    }

    /** The records of the part, each counted once for what it was marked as. */
    public Counts counts() {
        var deviating = new TreeMap<Deviation, Long>();
        for (var kind : Deviation.values()) {
            long records = count(Deviations.code(kind));
            if (records > 0) {
                deviating.put(kind, records);
            }
        }
        return new Counts(count(Marks.WAITING), deviating);
    }

    private long count(int code) {
        return marked.getOrDefault(code, Set.of()).size();
    }
}
