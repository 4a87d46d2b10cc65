package dev.tandem.segments;

import dev.tandem.fold.NamedFile;
import dev.tandem.model.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** A Parquet file of the log, read row group by row group. Opening it checks that it is there and as long as the ledger says. */
final class ColumnInput implements AutoCloseable {
    private final NamedFile file;
    private final MessageType schema;
    private final ParquetFileReader reader;
    private @Nullable PageReadStore pages;
    private @Nullable ColumnReadStoreImpl columns;

    ColumnInput(OpenPlace place, NamedFile file, MessageType schema) {
        this.file = file;
        this.schema = schema;
        FileCheck.ofSize(place, file).ifPresent(fault -> {
            throw new SegmentException(fault.told());
        });
        try {
            reader = new ParquetFileReader(new Opened(place, file), options());
        } catch (FileNotFoundException e) {
            throw new SegmentException(FileCheck.missing(place, file).told(), e);
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
        reader.setRequestedSchema(schema);
    }

    private static ParquetReadOptions options() {
        return ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new ZstdCodec())
                .withUseHadoopVectoredIo(false)
                .build();
    }

    SegmentException failed(Exception e) {
        return new SegmentException(
                "Cannot read %s: %s; the file has the length that the ledger names but not its content: put it back from a backup"
                        .formatted(file.name(), Reason.of(e)),
                e);
    }

    /** Goes on to the next row group; its rows, or 0 after the last one. */
    long nextRowGroup() {
        try {
            var next = reader.readNextRowGroup();
            pages = next;
            columns = next == null
                    ? null
                    : new ColumnReadStoreImpl(
                            next, new Unused(), schema, reader.getFileMetaData().getCreatedBy());
            return next == null ? 0 : next.getRowCount();
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
    }

    ColumnReader column(String name) {
        if (columns == null) {
            throw new IllegalStateException("Cannot read column '%s' before a row group".formatted(name));
        }
        return columns.getColumnReader(schema.getColumnDescription(new String[] {name}));
    }

    PageReadStore pages() {
        if (pages == null) {
            throw new IllegalStateException("Cannot read pages before a row group");
        }
        return pages;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private record Opened(OpenPlace place, NamedFile file) implements InputFile {
        @Override
        public long getLength() {
            return file.bytes();
        }

        @Override
        public SeekableInputStream newStream() throws IOException {
            return HadoopStreams.wrap(place.read(file.name()));
        }
    }

    /** Values are taken from the columns one by one, so nothing is converted. */
    private static final class Unused extends GroupConverter {
        @Override
        public Converter getConverter(int index) {
            return new PrimitiveConverter() {};
        }

        @Override
        public void start() {
            // Records are not assembled.
        }

        @Override
        public void end() {
            // Records are not assembled.
        }
    }
}
