package dev.tandem.segments;

import java.io.IOException;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** The columns of records on their way to a file, a row group at a time. For each record {@link #head} comes before {@link #value}. */
final class RecordColumns {
    private final ColumnFile file;
    private final MessageType schema;
    private final ParquetProperties properties = Segments.properties();
    private final ValuePages values = new ValuePages();
    private @Nullable RowGroup group;

    /** {@code heads} are the columns beside the value. */
    RecordColumns(ColumnFile file, MessageType heads) {
        this.file = file;
        this.schema = heads;
    }

    /**
     * Where the next record stands and what became of it.
     *
     * @param length of the value that follows
     */
    void head(int partition, long position, long arrivedMillis, int fate, int length) throws IOException {
        if (values.isFullFor(length)) {
            endPage();
        }
        var into = group;
        if (into == null) {
            into = new RowGroup();
            group = into;
        }
        into.head(partition, position, arrivedMillis, fate);
    }

    /** Why the record is quarantined; null for the others. */
    void reason(@Nullable String rule, @Nullable String detail) {
        begun().reason(rule, detail);
    }

    /** The number of the record's micro-batch, for merged segments. */
    void number(long microBatch) {
        begun().number(microBatch);
    }

    /** The record's bytes, which are copied. */
    void value(byte[] raw, int offset, int length) {
        begun().end();
        values.add(raw, offset, length);
    }

    private RowGroup begun() {
        var open = group;
        if (open == null) {
            throw new IllegalStateException(
                    "Cannot write a column of %s before a record's head".formatted(file.name()));
        }
        return open;
    }

    private void endPage() throws IOException {
        if (group != null) {
            values.flush(group.valuePages);
            if (group.bytes() > Segments.ROW_GROUP_BYTES) {
                group.write();
                group = null;
            }
        }
    }

    /** Writes what is left. */
    void finish() throws IOException {
        if (group != null) {
            values.flush(group.valuePages);
            group.write();
            group = null;
        }
    }

    void release() {
        if (group != null) {
            group.release();
            group = null;
        }
    }

    /** The columns beside the value go the way of parquet-java, which costs a few nanoseconds each. */
    private final class RowGroup {
        private final ColumnChunkPageWriteStore pages = file.pages();
        private final PageWriter valuePages = pages.getPageWriter(ValuePages.COLUMN);
        private final ColumnWriteStore heads = properties.newColumnWriteStore(schema, pages, pages);
        private final ColumnWriter partitions = column(Segments.PARTITION);
        private final ColumnWriter positions = column(Segments.POSITION);
        private final ColumnWriter arrivals = column(Segments.ARRIVED);
        private final ColumnWriter fates = column(Segments.FATE);
        private final ColumnWriter rules = column(Segments.RULE);
        private final ColumnWriter details = column(Segments.DETAIL);
        private long rows;

        private ColumnWriter column(String name) {
            return heads.getColumnWriter(schema.getColumnDescription(new String[] {name}));
        }

        void head(int partition, long position, long arrivedMillis, int fate) {
            partitions.write(partition, 0, 0);
            positions.write(position, 0, 0);
            arrivals.write(arrivedMillis, 0, 0);
            fates.write(fate, 0, 0);
        }

        void reason(@Nullable String rule, @Nullable String detail) {
            text(rules, rule);
            text(details, detail);
        }

        private static void text(ColumnWriter column, @Nullable String text) {
            if (text == null) {
                column.writeNull(0, 0);
            } else {
                column.write(Binary.fromString(text), 0, 1);
            }
        }

        void number(long microBatch) {
            column(Segments.MICRO_BATCH).write(microBatch, 0, 0);
        }

        void end() {
            heads.endRecord();
            rows++;
        }

        long bytes() {
            return valuePages.getMemSize() + heads.getBufferedSize();
        }

        void write() throws IOException {
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
