package dev.tandem.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The golden inputs beside a shipped definition, and what was worked out of them by hand. */
record Expected(String pipeline) {
    Path file(String name) {
        return Path.of("../pipelines/%s/golden/%s".formatted(pipeline, name));
    }

    /** The rows of {@code table}, cells with {@code |} between, without the header. */
    List<String> rows(String table) {
        try {
            return Files.readAllLines(file("expected/%s.csv".formatted(table))).stream()
                    .skip(1)
                    .map(row -> row.replace(',', '|'))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
