package dev.tandem.segments;

import dev.tandem.fold.NamedFile;
import dev.tandem.fold.NamedFile.Kind;
import dev.tandem.model.Reason;
import java.io.IOException;

/**
 * Writes the records of several micro-batches, in landed order, to one Parquet file, which becomes part of the landed log when a ledger
 * row names it. Holds one row group in memory. One thread. Closing a writer that was not finished removes its file.
 */
final class MergedWriter implements AutoCloseable {
    private final long first;
    private final long last;
    private final ColumnFile file;
    private final RecordColumns columns;
    private long records;
    private boolean done;

    /** For the micro-batches from {@code first} to that of the attempt. */
    MergedWriter(SegmentPlace place, Attempt attempt, long first) {
        this.first = first;
        this.last = attempt.number();
        file = new ColumnFile(place.open(), FileName.ofMerged(attempt, first), Segments.MERGED);
        columns = new RecordColumns(file, Segments.MERGED_HEADS);
    }

    /** Adds the record at which the reader stands, read by micro-batch {@code number}. */
    void append(SegmentReader record, long number) {
        try {
            columns.head(
                    record.partition(), record.position(), record.arrivedMillis(), record.fate(), record.rawLength());
            columns.reason(record.rule().orElse(null), record.detail().orElse(null));
            columns.number(number);
            columns.value(record.raw(), record.rawOffset(), record.rawLength());
            records++;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private SegmentException failed(IOException e) {
        return new SegmentException(
                "Cannot write the merged segments %s: %s; check the space and the rights of the folder that 'land' names"
                        .formatted(file.name(), Reason.of(e)),
                e);
    }

    /** Completes the file and gives it its name. */
    NamedFile finish() {
        try {
            columns.finish();
            var complete = file.finish();
            done = true;
            return new NamedFile(
                    file.name(), Kind.MERGED, complete.bytes(), complete.checksum(), records, 0, first, last + 1);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            columns.release();
            if (!done) {
                file.abandon();
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            file.release();
        }
    }
}
