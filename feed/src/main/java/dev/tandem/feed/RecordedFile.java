package dev.tandem.feed;

import java.nio.file.Path;

/**
 * Any real file as a feed, for any pipeline: a CSV table with a header, or JSON lines, either compressed with gzip. Every row becomes one
 * record; one that cannot be read is sent as it stands. The file's order is the sending order.
 */
public final class RecordedFile {

    private static final String ENDINGS = ".csv, .jsonl, .json or one of these with .gz";

    private RecordedFile() {}

    /** The feed of a file; refuses one that is missing, of another kind, or a table without a column that the form names. */
    public static Feed open(Path file, RecordedForm form) {
        var name = file.getFileName().toString();
        var plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (plain.endsWith(".jsonl") || plain.endsWith(".json")) {
            return new RowFile<>(file, new JsonRows(form), ENDINGS).checked();
        }
        if (plain.endsWith(".csv")) {
            return new RowFile<>(file, new CsvRows(file, form), ENDINGS).checked();
        }
        throw new FeedException(
                "Cannot read %s: its name tells no kind of file; give one that ends in %s".formatted(file, ENDINGS));
    }
}
