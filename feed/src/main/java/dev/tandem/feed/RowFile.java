package dev.tandem.feed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A file as a feed, whatever its format: its order is the sending order, and a record arrives with the highest event time so far.
 *
 * @param endings the names of files that may be opened, for whoever named another one
 */
record RowFile<R>(Path file, RowFormat<R> format, String endings) implements Feed {

    @Override
    public Stream<FeedRecord> records() {
        var rows = rows();
        return Feed.inOrder(new Records(rows.iterator())).onClose(rows::close);
    }

    @Override
    public OptionalLong size() {
        try (var rows = rows()) {
            return OptionalLong.of(rows.count());
        } catch (UncheckedIOException e) {
            throw failure(e);
        }
    }

    @Override
    public List<String> columns() {
        try (var bytes = stream()) {
            return format.columns(bytes);
        } catch (IOException | UncheckedIOException e) {
            throw failure(e);
        }
    }

    /** Itself, if it can be read at all. */
    RowFile<R> checked() {
        try (var records = records()) {
            var unused = records.iterator().hasNext();
        }
        return this;
    }

    private Stream<R> rows() {
        try {
            var bytes = stream();
            try {
                return format.rows(bytes).onClose(() -> close(bytes));
            } catch (IOException | RuntimeException e) {
                bytes.close();
                throw e;
            }
        } catch (IOException | UncheckedIOException e) {
            throw failure(e);
        }
    }

    private InputStream stream() throws IOException {
        var bytes = Files.newInputStream(file);
        var compressed = file.toString().endsWith(".gz");
        return new BufferedInputStream(compressed ? new GZIPInputStream(bytes, 1 << 16) : bytes, 1 << 16);
    }

    private static void close(InputStream bytes) {
        try {
            bytes.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FeedException failure(Throwable cause) {
        if (cause instanceof NoSuchFileException) {
            return new FeedException(
                    "Cannot read %s: there is no such file; give the path of a file that ends in %s"
                            .formatted(file, endings),
                    cause);
        }
        return new FeedException(
                "Cannot read %s: %s; check the file and who may read it".formatted(file, cause.getMessage()), cause);
    }

    private final class Records implements Iterator<FeedRecord> {
        private final Iterator<R> rows;
        private long number;
        private Instant arrival = Instant.EPOCH;

        private Records(Iterator<R> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            try {
                return rows.hasNext();
            } catch (UncheckedIOException e) {
                throw failure(e);
            }
        }

        @Override
        public FeedRecord next() {
            var read = format.read(rows.next());
            arrival = read.time().filter(arrival::isBefore).orElse(arrival);
            var row = number++;
            return new FeedRecord(row, row, Fault.NONE, read.id(), read.time(), arrival, read.message());
        }
    }
}
