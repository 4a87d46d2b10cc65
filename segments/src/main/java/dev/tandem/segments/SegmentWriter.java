package dev.tandem.segments;

import dev.tandem.fold.NamedFile;
import dev.tandem.fold.NamedFile.Kind;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.io.api.Binary;
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
    private final ParquetProperties properties = Segments.properties();
    private final ValuePages values = new ValuePages();
    private @Nullable RowGroup group;
    private long records;
    private long lastPosition = -1;
    private boolean done;

    public SegmentWriter(SegmentPlace place, Attempt attempt, SourceRange range) {
        this.range = range;
        file = new ColumnFile(place.open(), FileName.ofSegment(attempt, range), Segments.SEGMENT);
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
            if (values.isFullFor(length)) {
                endPage();
            }
            if (group == null) {
                group = new RowGroup();
            }
            group.head(partition, position, arrivedMillis, fate, rule, detail);
            values.add(raw, offset, length);
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

    private void endPage() throws IOException {
        if (group != null) {
            values.flush(group.valuePages);
            if (group.bytes() > Segments.ROW_GROUP_BYTES) {
                group.end();
                group = null;
            }
        }
    }

    /** Completes the file and gives it its name; empty, and no file, if there was no record. */
    public Optional<NamedFile> finish() {
        try {
            if (records == 0) {
                return Optional.empty();
            }
            if (group != null) {
                values.flush(group.valuePages);
                group.end();
                group = null;
            }
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
            if (group != null) {
                group.release();
                group = null;
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

    /** The columns beside the value go the way of parquet-java, which costs a few nanoseconds each. */
    private final class RowGroup {
        private final ColumnChunkPageWriteStore pages = file.pages();
        private final PageWriter valuePages = pages.getPageWriter(ValuePages.COLUMN);
        private final ColumnWriteStore heads = properties.newColumnWriteStore(Segments.HEADS, pages, pages);
        private final ColumnWriter partitions = column(Segments.PARTITION);
        private final ColumnWriter positions = column(Segments.POSITION);
        private final ColumnWriter arrivals = column(Segments.ARRIVED);
        private final ColumnWriter fates = column(Segments.FATE);
        private final ColumnWriter rules = column(Segments.RULE);
        private final ColumnWriter details = column(Segments.DETAIL);
        private long rows;

        private ColumnWriter column(String name) {
            return heads.getColumnWriter(Segments.HEADS.getColumnDescription(new String[] {name}));
        }

        void head(
                int partition,
                long position,
                long arrivedMillis,
                int fate,
                @Nullable String rule,
                @Nullable String detail) {
            partitions.write(partition, 0, 0);
            positions.write(position, 0, 0);
            arrivals.write(arrivedMillis, 0, 0);
            fates.write(fate, 0, 0);
            text(rules, rule);
            text(details, detail);
            heads.endRecord();
            rows++;
        }

        private static void text(ColumnWriter column, @Nullable String text) {
            if (text == null) {
                column.writeNull(0, 0);
            } else {
                column.write(Binary.fromString(text), 0, 1);
            }
        }

        long bytes() {
            return valuePages.getMemSize() + heads.getBufferedSize();
        }

        void end() throws IOException {
            heads.flush();
            file.writeRowGroup(rows, pages);
            release();
        }

        void release() {
            heads.close();
            pages.close();
        }
    }
}
