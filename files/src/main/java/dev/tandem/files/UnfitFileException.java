package dev.tandem.files;

import java.io.IOException;
import java.io.Serial;

/** What is wrong inside a file, and a hint; the caller adds the file's name. */
final class UnfitFileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnfitFileException(String message) {
        super(message);
    }
}
