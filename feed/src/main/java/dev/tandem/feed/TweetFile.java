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
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Real tweets from a file, as a feed of our message. By the end of its name a file is a CSV table with a header, or JSON lines: native
 * Twitter objects (version 1.1), or our own message, which passes unchanged; either may be compressed with gzip.
 *
 * <p>The file's order is the sending order, and a record arrives with the highest event time so far. A row that cannot be read is sent as
 * it stands.
 */
public final class TweetFile {

    private static final String ENDINGS = ".csv, .csv.gz, .jsonl or .jsonl.gz";

    private TweetFile() {}

    /** The feed of a file; refuses one that is missing, of another kind or without a column that is needed. */
    public static Feed open(Path file) {
        var name = file.getFileName().toString();
        var plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (plain.endsWith(".jsonl")) {
            return checked(new Opened<>(file, new JsonTweets()));
        }
        if (plain.endsWith(".csv")) {
            return checked(new Opened<>(file, new CsvTweets(file)));
        }
        throw new FeedException(
                "Cannot read %s: its name tells no kind of file; give one that ends in %s".formatted(file, ENDINGS));
    }

    private static Feed checked(Feed feed) {
        try (var records = feed.records()) {
            var unused = records.iterator().hasNext();
        }
        return feed;
    }

    private static FeedException failure(Path file, Throwable cause) {
        if (cause instanceof NoSuchFileException) {
            return new FeedException(
                    "Cannot read %s: there is no such file; give the path of a file that ends in %s"
                            .formatted(file, ENDINGS),
                    cause);
        }
        return new FeedException(
                "Cannot read %s: %s; check the file and who may read it".formatted(file, cause.getMessage()), cause);
    }

    private record Opened<R>(Path file, TweetFormat<R> format) implements Feed {

        @Override
        public Stream<FeedRecord> records() {
            var rows = rows();
            return Feed.inOrder(new Records<>(file, format, rows.iterator())).onClose(rows::close);
        }

        @Override
        public OptionalLong size() {
            try (var rows = rows()) {
                return OptionalLong.of(rows.count());
            } catch (UncheckedIOException e) {
                throw failure(file, e);
            }
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
                throw failure(file, e);
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
    }

    private static final class Records<R> implements Iterator<FeedRecord> {
        private final Path file;
        private final TweetFormat<R> format;
        private final Iterator<R> rows;
        private long number;
        private Instant arrival = Instant.EPOCH;

        private Records(Path file, TweetFormat<R> format, Iterator<R> rows) {
            this.file = file;
            this.format = format;
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            try {
                return rows.hasNext();
            } catch (UncheckedIOException e) {
                throw failure(file, e);
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
