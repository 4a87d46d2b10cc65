package dev.tandem.files;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks at the beginnings of files that are there, without taking them in: whether each has the columns that are read. */
public final class Headers {
    private static final int MOST = 100;

    private Headers() {}

    /** What is wrong with files that a {@link FolderLog} would take from {@code folder}, each as a sentence; looks at the first hundred. */
    public static List<String> faults(Path folder, Intake intake) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return Listing.of(new Folders(folder, Optional.empty()), intake).files().stream()
                .limit(MOST)
                .flatMap(file -> fault(file.path(), intake.form()).stream())
                .toList();
    }

    /** What is wrong with the beginning of {@code file}; nothing if it is not there. */
    public static Optional<String> fault(Path file, RecordForm form) {
        try {
            FileScan.open(file, form).close();
            return Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (BadFileException bad) {
            return Optional.of(String.valueOf(bad.getMessage()));
        }
    }
}
