package dev.tandem.segments;

import dev.tandem.fold.NamedFile;
import dev.tandem.fold.NamedFile.Kind;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.jspecify.annotations.Nullable;

/**
 * Writes what becomes known of a micro-batch's records after their segments were written: the duplicates and the late records of
 * one dedup partition. One thread. Closing a writer that was not finished removes its file.
 */
public final class FateWriter implements AutoCloseable {
    static final int DUPLICATE = 0;
    static final int LATE = 1;

    private final int dedupPartition;
    private final ColumnFile file;
    private @Nullable Rows rows;
    private long records;
    private boolean done;

    public FateWriter(SegmentPlace place, Attempt attempt, int dedupPartition) {
        this.dedupPartition = dedupPartition;
        file = new ColumnFile(place.open(), FileName.ofFates(attempt, dedupPartition), Segments.FATES);
    }

    /** The record at {@code position} has the key of the one at {@code ofPosition}. */
    public void duplicate(int partition, long position, int ofPartition, long ofPosition) {
        var into = rows();
        into.record(DUPLICATE, partition, position);
        into.ofPartition.write(ofPartition, 0, 1);
        into.ofPosition.write(ofPosition, 0, 1);
        into.view.writeNull(0, 0);
        into.windowStart.writeNull(0, 0);
        into.windowEnd.writeNull(0, 0);
        into.whole.writeNull(0, 0);
        end(into);
    }

    /**
     * A window refused the record at {@code position}.
     *
     * @param view the number of the view in the definition
     * @param startMicros the start of the window, microseconds since 1970
     * @param endMicros the end of the window, microseconds since 1970
     * @param whole whether all windows of all views refused the record
     */
    public void late(int partition, long position, int view, long startMicros, long endMicros, boolean whole) {
        var into = rows();
        into.record(LATE, partition, position);
        into.ofPartition.writeNull(0, 0);
        into.ofPosition.writeNull(0, 0);
        into.view.write(view, 0, 1);
        into.windowStart.write(startMicros, 0, 1);
        into.windowEnd.write(endMicros, 0, 1);
        into.whole.write(whole, 0, 1);
        end(into);
    }

    private Rows rows() {
        if (rows == null) {
            rows = new Rows();
        }
        return rows;
    }

    private void end(Rows into) {
        into.store.endRecord();
        into.count++;
        records++;
        if (into.count % Rows.LOOK_EVERY == 0 && into.store.getBufferedSize() > Segments.ROW_GROUP_BYTES) {
            try {
                into.end();
            } catch (IOException e) {
                throw failed(e);
            }
            rows = null;
        }
    }

    private SegmentException failed(IOException e) {
        return new SegmentException(
                "Cannot write the fates %s: %s; check the space and the rights of the folder that 'land' names"
                        .formatted(file.name(), Reason.of(e)),
                e);
    }

    /** Completes the file and gives it its name; empty, and no file, if there was neither a duplicate nor a late record. */
    public Optional<NamedFile> finish() {
        if (records == 0) {
            return Optional.empty();
        }
        try {
            if (rows != null) {
                rows.end();
                rows = null;
            }
            var complete = file.finish();
            done = true;
            return Optional.of(new NamedFile(
                    file.name(), Kind.FATES, complete.bytes(), complete.checksum(), records, dedupPartition, 0, 0));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            if (rows != null) {
                rows.release();
                rows = null;
            }
            if (!done) {
                file.abandon();
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            file.release();
        }
    }

    /** A row group in the making. */
    private final class Rows {
        /** Rows after which the size is looked at; looking at each row costs more than writing it. */
        static final int LOOK_EVERY = 1_024;

        private final ColumnChunkPageWriteStore pages = file.pages();
        private final ColumnWriteStore store = Segments.properties().newColumnWriteStore(Segments.FATES, pages, pages);
        private final ColumnWriter kind = column(Segments.KIND);
        private final ColumnWriter partition = column(Segments.PARTITION);
        private final ColumnWriter position = column(Segments.POSITION);
        private final ColumnWriter ofPartition = column(Segments.OF_PARTITION);
        private final ColumnWriter ofPosition = column(Segments.OF_POSITION);
        private final ColumnWriter view = column(Segments.VIEW);
        private final ColumnWriter windowStart = column(Segments.WINDOW_START);
        private final ColumnWriter windowEnd = column(Segments.WINDOW_END);
        private final ColumnWriter whole = column(Segments.WHOLE);
        private long count;

        private ColumnWriter column(String name) {
            return store.getColumnWriter(Segments.FATES.getColumnDescription(new String[] {name}));
        }

        void record(int itsKind, int itsPartition, long itsPosition) {
            kind.write(itsKind, 0, 0);
            partition.write(itsPartition, 0, 0);
            position.write(itsPosition, 0, 0);
        }

        void end() throws IOException {
            store.flush();
            file.writeRowGroup(count, pages);
            release();
        }

        void release() {
            store.close();
            pages.close();
        }
    }
}
