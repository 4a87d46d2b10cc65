package dev.tandem.feed;

import java.nio.file.Path;

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
            return new RowFile<>(file, new JsonTweets(), ENDINGS).checked();
        }
        if (plain.endsWith(".csv")) {
            return new RowFile<>(file, new CsvTweets(file), ENDINGS).checked();
        }
        throw new FeedException(
                "Cannot read %s: its name tells no kind of file; give one that ends in %s".formatted(file, ENDINGS));
    }
}
