package dev.tandem.app.capsule;

import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Slicing;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The records of a capsule as a landed log, from which a stream runs again. */
public final class CapsuleLog implements LandedLog {
    private static final long serialVersionUID = 1L;

    private final TreeMap<Long, ArrayList<Landed>> records = new TreeMap<>();

    /** {@code records} are in landed order. */
    public CapsuleLog(List<Landed> records) {
        records.forEach(it -> this.records
                .computeIfAbsent(it.microBatch(), number -> new ArrayList<>())
                .add(it));
    }

    /** How many records a micro-batch has. */
    public long records(long microBatch) {
        return records.getOrDefault(microBatch, new ArrayList<>()).size();
    }

    @Override
    public List<Slice> slices(EndOffsets cut, int parts) {
        return Slicing.of(
                records.headMap(cut.microBatch(), true).entrySet().stream()
                        .map(it -> new Slicing.Piece(
                                it.getKey(), it.getValue().size(), it.getValue().size()))
                        .toList(),
                parts);
    }

    @Override
    public ClosingIterator<Landed> read(Slice slice) {
        var found = new ArrayList<Landed>();
        records.subMap(slice.first(), true, slice.last(), true).values().forEach(found::addAll);
        int size = found.size();
        int from = (int) ((long) size * slice.part() / slice.parts());
        int until = (int) ((long) size * (slice.part() + 1) / slice.parts());
        return ClosingIterator.of(found.subList(from, until).iterator());
    }
}
