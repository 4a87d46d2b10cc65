package dev.tandem.segments;

import dev.tandem.fold.NamedFile;
import dev.tandem.fold.NamedFile.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Puts the segments of many small micro-batches together. A stream of some records a second leaves a file for each task of each
 * micro-batch; opening them costs a batch more than their records. Merged segments hold the same records in the same order, each with
 * the number of its micro-batch, so nothing that is counted from them changes.
 */
public final class SegmentMerge {
    /** A micro-batch with as many records stays as it is. */
    private static final long LARGE = 20_000;

    /** About so many records are put together, as many as a task reads at once. */
    private static final long ENOUGH = 100_000;

    /** The newest files are left until there are as many. */
    private static final int FEWEST_FILES = 16;

    private static final Comparator<NamedFile> BY_POSITION =
            Comparator.comparingInt(NamedFile::partition).thenComparingLong(NamedFile::from);

    private final SegmentPlace place;
    private final String pipeline;

    public SegmentMerge(SegmentPlace place, String pipeline) {
        this.place = place;
        this.pipeline = pipeline;
    }

    /**
     * Files that are put together.
     *
     * @param files by the number under which the ledger names them
     */
    public record Group(SortedMap<Long, List<NamedFile>> files) {
        /** The number of the last micro-batch. */
        public long last() {
            return files.lastKey();
        }

        long first() {
            return files.entrySet().stream()
                    .flatMap(it ->
                            it.getValue().stream().map(file -> file.kind() == Kind.MERGED ? file.from() : it.getKey()))
                    .mapToLong(Long::longValue)
                    .min()
                    .orElseThrow();
        }

        /** How many files there are. */
        public int count() {
            return files.values().stream().mapToInt(List::size).sum();
        }
    }

    /**
     * A merged group.
     *
     * @param by the files that hold its records, to be named under {@code number}
     */
    public record Merged(Group group, long number, List<NamedFile> by) {}

    /** The runs of micro-batches that are worth merging; {@code files} by micro-batch, as the ledger names them. */
    public static List<Group> groups(SortedMap<Long, List<NamedFile>> files) {
        var groups = new ArrayList<Group>();
        var run = new TreeMap<Long, List<NamedFile>>();
        long records = 0;
        for (var entry : files.entrySet()) {
            long its = records(entry);
            if (its < LARGE) {
                run.put(entry.getKey(), entry.getValue());
                records += its;
            }
            if (its >= LARGE || records >= ENOUGH) {
                add(run, 2, groups);
                records = 0;
            }
        }
        add(run, FEWEST_FILES, groups);
        return groups;
    }

    private static long records(Map.Entry<Long, List<NamedFile>> entry) {
        return entry.getValue().stream()
                .filter(file -> file.kind() != Kind.FATES)
                .mapToLong(NamedFile::records)
                .sum();
    }

    private static void add(SortedMap<Long, List<NamedFile>> run, int fewest, List<Group> groups) {
        var group = new Group(new TreeMap<>(run));
        run.clear();
        if (group.files().size() > 1 && group.count() >= fewest) {
            groups.add(group);
        }
    }

    /** Writes the merged files of a group; the ledger does not name them yet. */
    public Merged merge(Group group) {
        var attempt = new Attempt(pipeline, group.last(), SegmentFolder.MERGING + hex(), 0);
        var by = new ArrayList<NamedFile>();
        try (var records = new MergedWriter(place, attempt, group.first());
                var fates = new FateWriter(place, attempt, 0)) {
            group.files().forEach((number, files) -> {
                files.stream()
                        .filter(file -> file.kind() != Kind.FATES)
                        .sorted(BY_POSITION)
                        .forEach(file -> append(file, number, records));
                files.stream().filter(file -> file.kind() == Kind.FATES).forEach(file -> append(file, fates));
            });
            by.add(records.finish());
            fates.finish().ifPresent(by::add);
        }
        return new Merged(group, group.last(), by);
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private void append(NamedFile file, long number, MergedWriter into) {
        try (var reader = new SegmentReader(place, file)) {
            while (reader.next()) {
                into.append(reader, reader.isMerged() ? reader.microBatch() : number);
            }
        }
    }

    private void append(NamedFile file, FateWriter into) {
        try (var reader = new FateReader(place, file)) {
            while (reader.next()) {
                if (reader.isDuplicate()) {
                    into.duplicate(reader.partition(), reader.position(), reader.ofPartition(), reader.ofPosition());
                } else {
                    into.late(
                            reader.partition(),
                            reader.position(),
                            reader.view(),
                            reader.windowStart(),
                            reader.windowEnd(),
                            reader.whole());
                }
            }
        }
    }
}
