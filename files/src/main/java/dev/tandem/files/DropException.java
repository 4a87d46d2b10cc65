package dev.tandem.files;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What the operator of a run is told when files cannot come in or be read back: what, where and the hint, in one sentence. */
public class DropException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public DropException(String message) {
        super(message);
    }

    public DropException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
