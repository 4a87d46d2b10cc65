package dev.tandem.segments;

import dev.tandem.fold.NamedFile;
import org.apache.parquet.column.ColumnReader;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over one file of fates: {@link #next} moves it. {@link #isDuplicate} says which of the other methods have a meaning. One
 * thread.
 */
public final class FateReader implements AutoCloseable {
    private final NamedFile file;
    private final ColumnInput input;
    private @Nullable Row row;
    private long left;
    private long records;

    /** @throws SegmentException if the file is missing or does not have the size that the ledger names */
    public FateReader(SegmentPlace place, NamedFile file) {
        this(place.open(), file);
    }

    FateReader(OpenPlace place, NamedFile file) {
        this.file = file;
        input = new ColumnInput(place, file, Segments.FATES);
    }

    /** Moves to the next fate; false after the last one. */
    public boolean next() {
        try {
            if (left == 0) {
                left = input.nextRowGroup();
                if (left == 0) {
                    requireAll();
                    return false;
                }
                row = new Row(input);
            }
            left--;
            records++;
            require().next();
            return true;
        } catch (RuntimeException e) {
            throw e instanceof SegmentException known ? known : input.failed(e);
        }
    }

    private void requireAll() {
        if (records != file.records()) {
            throw new SegmentException(
                    "Cannot read %s: it holds %d fates and the ledger says %d; put it back from a backup"
                            .formatted(file.name(), records, file.records()));
        }
    }

    private Row require() {
        if (row == null) {
            throw new IllegalStateException("Cannot read a fate of %s before next()".formatted(file.name()));
        }
        return row;
    }

    /** Whether this is a duplicate; a late record otherwise. */
    public boolean isDuplicate() {
        return require().kind == FateWriter.DUPLICATE;
    }

    public int partition() {
        return require().partition;
    }

    public long position() {
        return require().position;
    }

    /** Of a duplicate: where the first copy stands. */
    public int ofPartition() {
        return require().ofPartition;
    }

    public long ofPosition() {
        return require().ofPosition;
    }

    /** Of a late record: the number of the view in the definition. */
    public int view() {
        return require().view;
    }

    public long windowStart() {
        return require().windowStart;
    }

    public long windowEnd() {
        return require().windowEnd;
    }

    /** Of a late record: whether all windows of all views refused it. */
    public boolean whole() {
        return require().whole;
    }

    @Override
    public void close() {
        input.close();
    }

    private static final class Row {
        private final ColumnReader kinds;
        private final ColumnReader partitions;
        private final ColumnReader positions;
        private final ColumnReader ofPartitions;
        private final ColumnReader ofPositions;
        private final ColumnReader views;
        private final ColumnReader windowStarts;
        private final ColumnReader windowEnds;
        private final ColumnReader wholes;
        private int kind;
        private int partition;
        private long position;
        private int ofPartition;
        private long ofPosition;
        private int view;
        private long windowStart;
        private long windowEnd;
        private boolean whole;

        Row(ColumnInput input) {
            kinds = input.column(Segments.KIND);
            partitions = input.column(Segments.PARTITION);
            positions = input.column(Segments.POSITION);
            ofPartitions = input.column(Segments.OF_PARTITION);
            ofPositions = input.column(Segments.OF_POSITION);
            views = input.column(Segments.VIEW);
            windowStarts = input.column(Segments.WINDOW_START);
            windowEnds = input.column(Segments.WINDOW_END);
            wholes = input.column(Segments.WHOLE);
        }

        void next() {
            kind = whole(kinds);
            partition = whole(partitions);
            position = number(positions);
            ofPartition = whole(ofPartitions);
            ofPosition = number(ofPositions);
            view = whole(views);
            windowStart = number(windowStarts);
            windowEnd = number(windowEnds);
            whole = isPresent(wholes) && wholes.getBoolean();
            wholes.consume();
        }

        private static boolean isPresent(ColumnReader column) {
            return column.getCurrentDefinitionLevel() == column.getDescriptor().getMaxDefinitionLevel();
        }

        /** 0 for a null. */
        private static int whole(ColumnReader column) {
            int value = isPresent(column) ? column.getInteger() : 0;
            column.consume();
            return value;
        }

        private static long number(ColumnReader column) {
            long value = isPresent(column) ? column.getLong() : 0;
            column.consume();
            return value;
        }
    }
}
