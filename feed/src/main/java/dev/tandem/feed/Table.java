package dev.tandem.feed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;

/** A small table that belongs to a feed, such as a catalogue of products. */
public record Table(List<String> columns, List<List<String>> rows) {

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** Writes it as a CSV file with a header, whole or not at all; an older file of the name is replaced. */
    public void write(Path file) {
        var bytes = new ByteArrayOutputStream(64 * (rows.size() + 1));
        bytes.writeBytes(line(columns));
        rows.forEach(row -> bytes.writeBytes(line(row)));
        WholeFile.write(file, bytes.toByteArray());
    }

    static byte[] line(List<String> values) {
        return (CSVFormat.DEFAULT.format(values.toArray()) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
