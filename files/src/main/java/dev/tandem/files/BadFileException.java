package dev.tandem.files;

import java.io.Serial;

/** A file that cannot be read because of its content, its header or its permissions, while others can. */
final class BadFileException extends FilesException {
    @Serial
    private static final long serialVersionUID = 1L;

    BadFileException(String message) {
        super(message);
    }

    BadFileException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same, for a run that ends here. */
    FilesException ending() {
        return new FilesException(
                "%s; to go on without this file, move it out of the folder or write 'on_bad_file: quarantine' in the source"
                        .formatted(getMessage()),
                this);
    }
}
