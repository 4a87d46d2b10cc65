package dev.tandem.feed;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** How records stand in a file: cut into rows first, which is cheap and enough to count them, then each row read by itself. */
interface RowFormat<R> {

    /** A row as a message, with what could be read of it. */
    @SuppressWarnings("ArrayRecordComponent") // taken apart at once; nobody compares two
    record Read(Optional<String> id, Optional<Instant> time, byte[] message) {

        static Read of(Tweet tweet) {
            return new Read(Optional.of(tweet.id()), Optional.of(tweet.time()), tweet.message());
        }

        /** The values of {@code fields} as one id; empty where there are none, or one of them has no value. */
        static Optional<String> id(List<String> fields, Function<String, Optional<String>> value) {
            var values = fields.stream().map(value).flatMap(Optional::stream).toList();
            return fields.isEmpty() || values.size() < fields.size()
                    ? Optional.empty()
                    : Optional.of(String.join(",", values));
        }

        /** A row that nobody understands goes out as it stands, so that quarantine shows it instead of the run ending here. */
        static Read raw(byte[] row) {
            return new Read(Optional.empty(), Optional.empty(), row);
        }
    }

    Stream<R> rows(InputStream file) throws IOException;

    Read read(R row);

    /** The columns to name above the records where they stay rows; none where they become messages. */
    default List<String> columns(InputStream file) throws IOException {
        return List.of();
    }
}
