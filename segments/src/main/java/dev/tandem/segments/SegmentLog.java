package dev.tandem.segments;

import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.NamedFile;
import dev.tandem.fold.NamedFile.Kind;
import dev.tandem.fold.Slicing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The landed log of a pipeline in files: the segments that the ledger names, and beside them the files that say which of their
 * records turned out to be duplicates. Each file is checked for its size before it is read.
 */
public final class SegmentLog implements LandedLog {
    private static final long serialVersionUID = 1L;

    private static final Comparator<NamedFile> BY_POSITION =
            Comparator.comparingInt(NamedFile::partition).thenComparingLong(NamedFile::from);

    private final SegmentPlace place;
    private final TreeMap<Long, List<NamedFile>> files = new TreeMap<>();

    /** @param files by micro-batch, as the ledger names them */
    public SegmentLog(SegmentPlace place, Map<Long, List<NamedFile>> files) {
        this.place = place;
        files.forEach((number, named) -> this.files.put(number, List.copyOf(named)));
    }

    /**
     * Also cuts a large micro-batch, between its segments. Merged segments are in one slice.
     *
     * @throws SegmentException if the named files do not belong to the cut
     */
    @Override
    public List<Slice> slices(EndOffsets cut, int parts) {
        requireWithin(cut);
        var pieces = new ArrayList<Slicing.Piece>();
        within(0, cut.microBatch()).forEach(number -> {
            var segments = segments(number);
            long records = segments.stream().mapToLong(NamedFile::records).sum();
            pieces.add(new Slicing.Piece(Math.min(number, cut.microBatch()), records, segments.size()));
        });
        return Slicing.of(pieces, parts);
    }

    /** The numbers under which the files with records of some micro-batches are named: merged segments have that of their last one. */
    private List<Long> within(long first, long last) {
        return files.tailMap(first, true).entrySet().stream()
                .takeWhile(it -> first(it.getKey(), it.getValue()) <= last)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static long first(long number, List<NamedFile> files) {
        return files.stream()
                .filter(file -> file.kind() == Kind.MERGED)
                .mapToLong(NamedFile::from)
                .min()
                .orElse(number);
    }

    /** A segment may end before the position of the cut, because a source may have positions without records, but not after it. */
    private void requireWithin(EndOffsets cut) {
        files.forEach((number, named) -> named.stream()
                .filter(file -> file.kind() == Kind.SEGMENT)
                .forEach(file -> {
                    long end = cut.positions().getOrDefault(file.partition(), 0L);
                    boolean fits = number <= cut.microBatch() ? file.until() <= end : file.from() >= end;
                    if (!fits) {
                        throw new SegmentException(
                                "Cannot read the landed log up to micro-batch %d at position %d of partition %d: %s holds positions %d to %d of it; take the cut from the ledger that names the files"
                                        .formatted(
                                                cut.microBatch(),
                                                end,
                                                file.partition(),
                                                file.name(),
                                                file.from(),
                                                file.until()));
                    }
                }));
    }

    /** Those of one micro-batch in the order in which they are read. */
    private List<NamedFile> segments(long number) {
        return of(number, Set.of(Kind.SEGMENT, Kind.MERGED));
    }

    private List<NamedFile> of(long number, Set<Kind> kinds) {
        return files.getOrDefault(number, List.of()).stream()
                .filter(file -> kinds.contains(file.kind()))
                .sorted(BY_POSITION)
                .toList();
    }

    @Override
    public ClosingIterator<Landed> read(Slice slice) {
        var chosen = new ArrayList<LandedRecords.MicroBatch>();
        for (long number : within(slice.first(), slice.last())) {
            chosen.add(new LandedRecords.MicroBatch(number, segments(number, slice), of(number, Set.of(Kind.FATES))));
        }
        return new LandedRecords(place.open(), slice, chosen);
    }

    /** The segments that {@code slice} takes of a micro-batch: each belongs to the part in which its first record falls. */
    private List<NamedFile> segments(long number, Slice slice) {
        var segments = segments(number);
        if (slice.parts() == 1) {
            return segments;
        }
        long total = segments.stream().mapToLong(NamedFile::records).sum();
        var taken = new ArrayList<NamedFile>();
        long before = 0;
        for (var segment : segments) {
            if (Math.multiplyExact(before, (long) slice.parts()) / total == slice.part()) {
                taken.add(segment);
            }
            before += segment.records();
        }
        return taken;
    }

    /**
     * Checks every file up to and with a micro-batch.
     *
     * @return the files that are missing or not what the ledger says, in the order of the log
     */
    public List<Fault> faults(long untilMicroBatch, Depth depth) {
        var open = place.open();
        return within(0, untilMicroBatch).stream()
                .flatMap(number -> files.getOrDefault(number, List.of()).stream())
                .map(file -> depth == Depth.SIZES ? FileCheck.ofSize(open, file) : FileCheck.ofContent(open, file))
                .flatMap(Optional::stream)
                .toList();
    }

    /** How closely files are checked. */
    public enum Depth {
        /** That they are there, with the ledger's size. */
        SIZES,
        /** Their checksums too, for which each file is read whole. */
        CHECKSUMS
    }

    /**
     * Checks every file up to and with a micro-batch, so that a run does not begin what it cannot end.
     *
     * @throws SegmentException that names the first file with a fault and counts the others
     */
    public void require(long untilMicroBatch, Depth depth) {
        var faults = faults(untilMicroBatch, depth);
        if (!faults.isEmpty()) {
            var others = faults.size() == 1 ? "" : " (and %d more files)".formatted(faults.size() - 1);
            throw new SegmentException(faults.get(0).told() + others);
        }
    }
}
