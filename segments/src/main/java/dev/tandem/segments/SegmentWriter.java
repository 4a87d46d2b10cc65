package dev.tandem.segments;

import dev.tandem.fold.NamedFile;
import dev.tandem.fold.NamedFile.Kind;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes every record of one source range of one micro-batch, as it arrived and with its fate so far, to one Parquet file. The file
 * exists under its name only when it is complete, and belongs to the landed log only when a ledger row names it.
 *
 * <p>Holds one row group in memory, 16 MB compressed. One thread. Closing a writer that was not finished removes its file.
 */
public final class SegmentWriter implements AutoCloseable {
    /** The record passed all steps so far. */
    public static final int PASSED = 0;
    /** A rule refused the record. */
    public static final int QUARANTINED = 1;

    private final SourceRange range;
    private final ColumnFile file;
    private final RecordColumns columns;
    private long records;
    private long lastPosition = -1;
    private boolean done;

    public SegmentWriter(SegmentPlace place, Attempt attempt, SourceRange range) {
        this.range = range;
        file = new ColumnFile(place.open(), FileName.ofSegment(attempt, range), Segments.SEGMENT);
        columns = new RecordColumns(file, Segments.HEADS);
    }

    /**
     * Adds a record; positions must rise. The bytes are copied.
     *
     * @param fate {@link #PASSED} or {@link #QUARANTINED}
     * @param rule why a record is quarantined, null for the others
     */
    public void append(
            int partition,
            long position,
            long arrivedMillis,
            int fate,
            @Nullable String rule,
            @Nullable String detail,
            byte[] raw,
            int offset,
            int length) {
        if (position <= lastPosition || !range.contains(partition, position)) {
            throw misplaced(partition, position);
        }
        lastPosition = position;
        try {
            columns.head(partition, position, arrivedMillis, fate, length);
            columns.reason(rule, detail);
            columns.value(raw, offset, length);
            records++;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private SegmentException misplaced(int partition, long position) {
        return new SegmentException(
                "Cannot write position %d of partition %d to %s after position %d: a segment holds rising positions from %d to %d of partition %d; this is a defect in Tandem"
                        .formatted(
                                position,
                                partition,
                                file.name(),
                                lastPosition,
                                range.from(),
                                range.until(),
                                range.partition()));
    }

    private SegmentException failed(IOException e) {
        return new SegmentException(
                "Cannot write the segment %s: %s; check the space and the rights of the folder that 'land' names"
                        .formatted(file.name(), Reason.of(e)),
                e);
    }

    /** Completes the file and gives it its name; empty, and no file, if there was no record. */
    public Optional<NamedFile> finish() {
        try {
            if (records == 0) {
                return Optional.empty();
            }
            columns.finish();
            var complete = file.finish();
            done = true;
            return Optional.of(new NamedFile(
                    file.name(),
                    Kind.SEGMENT,
                    complete.bytes(),
                    complete.checksum(),
                    records,
                    range.partition(),
                    range.from(),
                    Math.min(range.until(), lastPosition + 1)));
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
