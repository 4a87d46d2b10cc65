package dev.tandem.segments;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * One Parquet file in the making. Nothing is on disk before its first row group is full or it is finished, so a file without rows
 * costs nothing.
 */
final class ColumnFile {
    /** What is known of a complete file. */
    record Complete(long bytes, long checksum) {}

    private final OpenPlace place;
    private final FileName name;
    private final MessageType schema;
    private final ZstdCodec.Compressor compressor = new ZstdCodec.Compressor();
    private @Nullable CheckedOutput output;
    private @Nullable ParquetFileWriter writer;

    ColumnFile(OpenPlace place, FileName name, MessageType schema) {
        this.place = place;
        this.name = name;
        this.schema = schema;
    }

    String name() {
        return name.path();
    }

    /** Takes the pages of one row group in memory. */
    ColumnChunkPageWriteStore pages() {
        return new ColumnChunkPageWriteStore(
                compressor,
                schema,
                HeapByteBufferAllocator.getInstance(),
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                true);
    }

    void writeRowGroup(long rows, ColumnChunkPageWriteStore pages) throws IOException {
        var open = writer == null ? open() : writer;
        open.startBlock(rows);
        pages.flushToFileWriter(open);
        open.endBlock();
    }

    private ParquetFileWriter open() throws IOException {
        var opened = new CheckedOutput(place.create(unfinished()));
        output = opened;
        var begun = new ParquetFileWriter(
                new Opened(opened),
                schema,
                ParquetFileWriter.Mode.CREATE,
                Segments.ROW_GROUP_BYTES,
                0,
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
                true);
        begun.start();
        writer = begun;
        return begun;
    }

    private Path unfinished() {
        return place.path(name.unfinished());
    }

    /** Writes the footer, forces the file to disk and gives it its name. At least one row group must have been written. */
    Complete finish() throws IOException {
        if (writer == null || output == null) {
            throw new IllegalStateException("Cannot finish %s: it has no rows".formatted(name()));
        }
        writer.end(Map.of(
                "tandem.pipeline",
                name.attempt().pipeline(),
                "tandem.number",
                "" + name.attempt().number()));
        writer = null;
        output.close();
        place.place(unfinished(), place.path(name.path()));
        return new Complete(output.getPos(), output.checksum());
    }

    void release() {
        compressor.release();
    }

    /** Removes what was written of a file that is of no use. */
    void abandon() throws IOException {
        if (output != null) {
            output.abandon();
            place.files().delete(unfinished(), false);
        }
    }

    /** The output that is open already, as parquet-java asks for it. */
    private record Opened(CheckedOutput output) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSize) {
            return output;
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) {
            return output;
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
