package dev.tandem.segments;

import dev.tandem.fold.NamedFile;
import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.column.ColumnReader;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the records of one segment: {@link #next} moves it, the other methods read the current record. Creates no object
 * for a record. Not thread-safe.
 */
public final class SegmentReader implements AutoCloseable {
    private final NamedFile file;
    private final ColumnInput input;
    private final ValueScan values = new ValueScan();
    private @Nullable Heads heads;
    private long left;
    private long records;

    /** @throws SegmentException if the file is missing or does not have the size that the ledger names */
    public SegmentReader(SegmentPlace place, NamedFile file) {
        this(place.open(), file);
    }

    SegmentReader(OpenPlace place, NamedFile file) {
        this.file = file;
        input = new ColumnInput(place, file, isMerged() ? Segments.MERGED : Segments.SEGMENT);
    }

    /** Whether the file has the records of several micro-batches. */
    boolean isMerged() {
        return file.kind() == NamedFile.Kind.MERGED;
    }

    /** Of merged segments: the micro-batch that read the record. */
    public long microBatch() {
        return requireHeads().microBatch;
    }

    /** Moves to the next record; false after the last one. */
    public boolean next() {
        try {
            if (left == 0 && !nextRowGroup()) {
                requireAll();
                return false;
            }
            left--;
            records++;
            values.next();
            requireHeads().next();
            return true;
        } catch (IOException | RuntimeException e) {
            throw e instanceof SegmentException known ? known : input.failed(e);
        }
    }

    private boolean nextRowGroup() {
        left = input.nextRowGroup();
        if (left == 0) {
            return false;
        }
        values.start(input.pages().getPageReader(ValuePages.COLUMN));
        heads = new Heads(input, isMerged());
        return true;
    }

    private void requireAll() {
        if (records != file.records()) {
            throw new SegmentException(
                    "Cannot read %s: it holds %d records and the ledger says %d; put it back from a backup"
                            .formatted(file.name(), records, file.records()));
        }
    }

    private Heads requireHeads() {
        if (heads == null) {
            throw new IllegalStateException("Cannot read a record of %s before next()".formatted(file.name()));
        }
        return heads;
    }

    public int partition() {
        return requireHeads().partition;
    }

    public long position() {
        return requireHeads().position;
    }

    public long arrivedMillis() {
        return requireHeads().arrived;
    }

    /** {@link SegmentWriter#PASSED} or {@link SegmentWriter#QUARANTINED}. */
    public int fate() {
        return requireHeads().fate;
    }

    /** Why the record is quarantined. */
    public Optional<String> rule() {
        return requireHeads().rule.value();
    }

    public Optional<String> detail() {
        return requireHeads().detail.value();
    }

    /** The array that holds the record's bytes, among others; it stays as it is when the cursor moves. */
    public byte[] raw() {
        return values.bytes();
    }

    public int rawOffset() {
        return values.offset();
    }

    public int rawLength() {
        return values.length();
    }

    @Override
    public void close() {
        input.close();
    }

    /** The columns beside the value. */
    private static final class Heads {
        private final ColumnReader partitions;
        private final ColumnReader positions;
        private final ColumnReader arrivals;
        private final ColumnReader fates;
        private final OptionalText rule;
        private final OptionalText detail;
        private final @Nullable ColumnReader microBatches;
        private long microBatch;
        private int partition;
        private long position;
        private long arrived;
        private int fate;

        Heads(ColumnInput input, boolean merged) {
            microBatches = merged ? input.column(Segments.MICRO_BATCH) : null;
            partitions = input.column(Segments.PARTITION);
            positions = input.column(Segments.POSITION);
            arrivals = input.column(Segments.ARRIVED);
            fates = input.column(Segments.FATE);
            rule = new OptionalText(input, Segments.RULE);
            detail = new OptionalText(input, Segments.DETAIL);
        }

        void next() {
            partition = partitions.getInteger();
            partitions.consume();
            position = positions.getLong();
            positions.consume();
            arrived = arrivals.getLong();
            arrivals.consume();
            fate = fates.getInteger();
            fates.consume();
            rule.next();
            detail.next();
            if (microBatches != null) {
                microBatch = microBatches.getLong();
                microBatches.consume();
            }
        }
    }

    /** A column that most readers never ask for: it is opened and moved only when a value is asked for. */
    private static final class OptionalText {
        private final ColumnInput input;
        private final String name;
        private @Nullable ColumnReader column;
        private long row = -1;
        private long columnRow;

        OptionalText(ColumnInput input, String name) {
            this.input = input;
            this.name = name;
        }

        void next() {
            row++;
        }

        Optional<String> value() {
            var open = column == null ? input.column(name) : column;
            column = open;
            for (; columnRow < row; columnRow++) {
                if (open.getCurrentDefinitionLevel() > 0) {
                    open.skip();
                }
                open.consume();
            }
            return open.getCurrentDefinitionLevel() == 0
                    ? Optional.empty()
                    : Optional.of(open.getBinary().toStringUsingUTF8());
        }
    }
}
