package dev.tandem.engine.source;

import dev.tandem.engine.EngineException;
import dev.tandem.files.Archive;
import dev.tandem.files.FileRecord;
import dev.tandem.files.FolderLog;
import dev.tandem.files.Inventory;
import dev.tandem.files.Stretch;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.fold.StreamLedger.Range;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A folder of files as a stream source of one partition. A micro-batch takes in a few files, or a part of one. */
public final class FolderSource implements StreamSource {
    /** Fewer records than this are not worth a task of their own. */
    private static final long LEAST = 10_000;

    private static final int PARTITION = 0;

    /** The most that a micro-batch takes: a file that has more records is read in several of them. */
    public record Most(int files, int records) {}

    private final String name;
    private final FolderLog log;
    private final Inventory inventory;
    private final Most most;
    private final Optional<Archive> archive;

    /**
     * @param name of the log, without quotes
     * @param archive where files go whose records are all committed
     */
    public FolderSource(String name, FolderLog log, Inventory inventory, Most most, Optional<Archive> archive) {
        this.name = name;
        this.log = log;
        this.inventory = inventory;
        this.most = most;
        this.archive = archive;
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * With an older copy of the database the folder seems to have no new files: those that the copy does not know have been
     * archived.
     */
    @Override
    public Map<Integer, Long> resume(Map<Integer, Long> committed) {
        long position = committed.getOrDefault(PARTITION, 0L);
        archive.ifPresent(it -> it.requireNotAhead(name, position));
        long known = inventory.entries().stream()
                .mapToLong(it -> it.firstPosition() + it.records())
                .max()
                .orElse(0);
        if (known < position) {
            throw new EngineException(
                    "Cannot go on with the files of '%s': its ledger has read up to position %d, but its inventory (tandem_file) ends at %d; the tables are of different copies of the database. Restore all of them from one copy"
                            .formatted(name, position, known));
        }
        return committed;
    }

    @Override
    public Map<Integer, Long> begin(Map<Integer, Long> committed) {
        return Map.of(PARTITION, committed.getOrDefault(PARTITION, 0L));
    }

    /** Takes nothing in while an earlier run's files are still to be read: a micro-batch has at most so many. */
    @Override
    public Map<Integer, Long> end(Map<Integer, Long> from) {
        long start = from.getOrDefault(PARTITION, 0L);
        long end = endAfter(start);
        if (end == start) {
            log.takeIn(most.files());
            end = endAfter(start);
        }
        return Map.of(PARTITION, end);
    }

    /** Where the next few files end, or as many of their records as one micro-batch takes; {@code from} if there is none. */
    private long endAfter(long from) {
        long end = from;
        int files = 0;
        for (var entry : inventory.entries()) {
            long ends = entry.firstPosition() + entry.records();
            if (ends > from && files < most.files()) {
                end = ends;
                files++;
            }
        }
        return Math.min(end, from + most.records());
    }

    @Override
    public List<RecordRange> divide(Map<Integer, Range> ranges, int tasks) {
        var range = ranges.get(PARTITION);
        if (range == null) {
            return List.of();
        }
        long share = (range.until() - range.from()) / tasks + 1;
        return log.parts(range.from(), range.until(), Math.max(LEAST, share)).stream()
                .<RecordRange>map(OfFiles::new)
                .toList();
    }

    private record OfFiles(Stretch stretch) implements RecordRange {
        @Override
        public RecordCursor read() {
            return new Cursor(stretch.read());
        }
    }

    private static final class Cursor implements RecordCursor {
        private final ClosingIterator<FileRecord> records;
        private @Nullable FileRecord record;

        Cursor(ClosingIterator<FileRecord> records) {
            this.records = records;
        }

        @Override
        public boolean next() {
            boolean more = records.hasNext();
            record = more ? records.next() : null;
            return more;
        }

        private FileRecord record() {
            if (record == null) {
                throw new IllegalStateException("There is no record here");
            }
            return record;
        }

        @Override
        public int partition() {
            return record().at().partition();
        }

        @Override
        public long position() {
            return record().at().position();
        }

        @Override
        public long arrivedMillis() {
            return record().arrivedMillis();
        }

        @Override
        public byte[] value() {
            return record().raw().bytes();
        }

        @Override
        public void close() {
            records.close();
        }
    }

    @Override
    public void committed(Map<Integer, Long> positions) {
        long position = positions.getOrDefault(PARTITION, 0L);
        archive.filter(it -> !it.settle(inventory.entries(), position).isEmpty())
                .ifPresent(it -> it.mark(name, position));
        log.passed(position);
    }
}
