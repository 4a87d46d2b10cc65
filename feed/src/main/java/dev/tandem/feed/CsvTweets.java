package dev.tandem.feed;

import com.twitter.twittertext.Extractor;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Tweets as a table, columns found by their names: {@code created_at} (UTC), {@code id} and {@code text} are needed; {@code screen_name},
 * {@code likes} and {@code retweets} are taken where they stand. A table of this kind has no tags; they are extracted from the text by
 * Twitter's own library, as a simple pattern cuts tags of many scripts short.
 */
final class CsvTweets implements RowFormat<CsvTweets.Row> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final List<String> NEEDED = List.of("created_at", "id", "text");

    /** Takes what it can of a broken row: one stray quote must not end the reading of a file. */
    private static final CSVFormat TABLE = CSVFormat.DEFAULT
            .builder()
            .setTrailingData(true)
            .setLenientEof(true)
            .get();

    private final Path file;
    private final Extractor extractor = new Extractor();

    CsvTweets(Path file) {
        this.file = file;
    }

    record Row(Header header, List<String> fields) {
        Optional<String> field(String column) {
            var at = header.columns().indexOf(column);
            return at < 0 || fields.get(at).isEmpty() ? Optional.empty() : Optional.of(fields.get(at));
        }
    }

    record Header(List<String> columns) {}

    @Override
    public Stream<Row> rows(InputStream file) throws IOException {
        var rows = TABLE.parse(new InputStreamReader(file, StandardCharsets.UTF_8)).stream()
                .map(CSVRecord::toList);
        var fields = rows.iterator();
        var header = header(fields.hasNext() ? fields.next() : List.of());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(fields, Spliterator.ORDERED), false)
                .map(row -> new Row(header, row));
    }

    private Header header(List<String> names) {
        var columns =
                names.stream().map(name -> name.replace("\uFEFF", "").strip()).toList();
        for (var needed : NEEDED) {
            if (!columns.contains(needed)) {
                throw new FeedException(
                        "Cannot read %s: there is no column '%s', only %s; give a table with the columns %s"
                                .formatted(file, needed, columns, NEEDED));
            }
        }
        return new Header(columns);
    }

    @Override
    public Read read(Row row) {
        return tweet(row).map(Read::of).orElseGet(() -> Read.raw(line(row.fields())));
    }

    private Optional<Tweet> tweet(Row row) {
        if (row.fields().size() != row.header().columns().size()) {
            return Optional.empty();
        }
        var id = row.field("id");
        var time = row.field("created_at");
        if (id.isEmpty() || time.isEmpty()) {
            return Optional.empty();
        }
        try {
            var text = row.field("text").orElse("");
            return Optional.of(new Tweet(
                    id.get(),
                    row.field("screen_name"),
                    text,
                    extractor.extractHashtags(text),
                    number(row.field("likes")),
                    number(row.field("retweets")),
                    LocalDateTime.parse(time.get(), TIME).toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static OptionalInt number(Optional<String> field) {
        return field.map(digits -> OptionalInt.of(Integer.parseInt(digits))).orElse(OptionalInt.empty());
    }

    /** The row as a line again: the library gives fields, and quarantine wants to show what stood there. */
    private static byte[] line(List<String> fields) {
        return TABLE.format(fields.toArray()).getBytes(StandardCharsets.UTF_8);
    }
}
