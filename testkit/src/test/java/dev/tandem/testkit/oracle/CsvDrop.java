package dev.tandem.testkit.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of CSV files that a test writes. */
final class CsvDrop {
    private CsvDrop() {}

    /** Each text becomes a file, named so that they are read in this order. */
    static Path of(String... files) {
        try {
            var folder = Files.createTempDirectory("drop");
            folder.toFile().deleteOnExit();
            for (int number = 0; number < files.length; number++) {
                var file = folder.resolve("batch_%04d.csv".formatted(number));
                Files.writeString(file, files[number]);
                file.toFile().deleteOnExit();
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a drop", e);
        }
    }
}
