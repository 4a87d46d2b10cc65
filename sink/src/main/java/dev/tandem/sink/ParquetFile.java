package dev.tandem.sink;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * One Parquet file in the making. Built on the parts of parquet-java and not on its ParquetWriter, which asks for a Hadoop
 * configuration and file system to write a local file. Holds at most a row group in memory.
 */
final class ParquetFile {
    /** Rows after which the size of the row group is looked at; looking at each row costs more than writing it. */
    private static final int LOOK_EVERY = 64;

    /** What files of one output share. */
    record Layout(List<ParquetColumn> columns, Map<String, String> about, long rowGroupBytes) {
        Layout withColumns(List<ParquetColumn> others) {
            return new Layout(others, about, rowGroupBytes);
        }

        MessageType schema(String name) {
            return new MessageType(
                    name, columns.stream().map(ParquetColumn::type).toArray(Type[]::new));
        }
    }

    private final StagedFile file;
    private final Layout layout;
    private final MessageType schema;
    private final ZstdPages compression = new ZstdPages();
    private final ParquetProperties properties = ParquetProperties.builder().build();
    private final ParquetFileWriter writer;
    private final MessageColumnIO columns;

    private @Nullable RowGroup group;
    private long rows;

    ParquetFile(StagedFile file, Layout layout) throws IOException {
        this.file = file;
        this.layout = layout;
        schema = layout.schema("tandem");
        columns = new ColumnIOFactory().getColumnIO(schema);
        writer = new ParquetFileWriter(
                new Opened(file),
                schema,
                ParquetFileWriter.Mode.CREATE,
                layout.rowGroupBytes(),
                0,
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
                true);
        writer.start();
    }

    /** {@code values} in the order of the layout's columns. */
    void write(List<@Nullable Object> values) throws IOException {
        if (group == null) {
            group = new RowGroup();
        }
        group.write(values);
        rows++;
        if (group.rows % LOOK_EVERY == 0 && group.store.getBufferedSize() > layout.rowGroupBytes()) {
            group.end();
            group = null;
        }
    }

    long rows() {
        return rows;
    }

    /** Writes the rest and the footer, and forces all to disk. */
    void finish() throws IOException {
        if (group != null) {
            group.end();
            group = null;
        }
        writer.end(layout.about());
        file.close();
    }

    /** Ends without a footer; what is there is of no use. */
    void abandon() {
        file.abandon();
        if (group != null) {
            group.release();
            group = null;
        }
    }

    private final class RowGroup {
        private final ColumnChunkPageWriteStore pages = new ColumnChunkPageWriteStore(
                compression,
                schema,
                HeapByteBufferAllocator.getInstance(),
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                true);
        private final ColumnWriteStore store = properties.newColumnWriteStore(schema, pages, pages);
        private final RecordConsumer record = columns.getRecordWriter(store);
        private long rows;

        void write(List<@Nullable Object> values) {
            record.startMessage();
            for (int index = 0; index < values.size(); index++) {
                layout.columns().get(index).write(record, index, values.get(index));
            }
            record.endMessage();
            rows++;
        }

        void end() throws IOException {
            record.flush();
            writer.startBlock(rows);
            store.flush();
            pages.flushToFileWriter(writer);
            writer.endBlock();
            release();
        }

        void release() {
            store.close();
            pages.close();
        }
    }

    /** The file that is open already, as parquet-java asks for it. */
    private record Opened(StagedFile file) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSize) {
            return new PositionOutputStream() {
                @Override
                public long getPos() {
                    return file.bytes();
                }

                @Override
                public void write(int value) throws IOException {
                    file.write(value);
                }

                @Override
                public void write(byte[] from, int offset, int length) throws IOException {
                    file.write(from, offset, length);
                }

                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) {
            return create(blockSize);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
