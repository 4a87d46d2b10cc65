package dev.tandem.files;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What the operator of a run is told when files cannot come in or be read back: what, where and the hint, in one sentence. */
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
