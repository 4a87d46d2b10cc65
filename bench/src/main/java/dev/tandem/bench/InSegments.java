package dev.tandem.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shipped tweets definition with its landed log in segments in the place of a table. */
record InSegments(Path shipped) {
    private static final String LANDING = "land: \\{[^}]*}";

    /** Writes it under {@code folder} and returns the file. */
    Path write(Path folder) {
        try {
            var file = folder.resolve("in-segments.yaml");
            Files.createDirectories(folder);
            Files.writeString(file, Files.readString(shipped).replaceFirst(LANDING, "ledger: mysql"));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
