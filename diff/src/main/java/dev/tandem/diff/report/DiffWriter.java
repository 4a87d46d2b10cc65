package dev.tandem.diff.report;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.table.RowDifferences;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code report.html} for people and {@code report.json}, {@code junit.xml} and {@code differences.csv} for programs. */
public final class DiffWriter {
    private DiffWriter() {}

    /** Replaces the files of an earlier report in {@code folder}, which is made if absent. */
    public static void write(Answer answer, RowDifferences rows, Path folder) {
        try {
            Files.createDirectories(folder);
            try (var out = Files.newBufferedWriter(folder.resolve("differences.csv"), StandardCharsets.UTF_8)) {
                DiffCsv.write(answer.result().columns(), rows, out);
            }
            Files.writeString(
                    folder.resolve("report.json"), DiffJson.document(answer).toPrettyString() + "\n");
            Files.writeString(folder.resolve("junit.xml"), DiffJunit.of(answer));
            Files.writeString(page(folder), DiffPage.of(answer));
        } catch (IOException | UncheckedIOException e) {
            throw DiffException.surroundings(
                    "Cannot write the report to %s: %s; give another folder with --out"
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }

    /** The file that people open. */
    public static Path page(Path folder) {
        return folder.resolve("report.html");
    }
}
