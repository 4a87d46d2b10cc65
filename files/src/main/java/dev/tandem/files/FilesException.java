package dev.tandem.files;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An error for the operator of a run when files cannot be taken in or read back: what, where and a hint, in one sentence. */
public class FilesException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public FilesException(String message) {
        super(message);
    }

    public FilesException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
