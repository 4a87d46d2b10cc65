package dev.tandem.segments;

import org.jspecify.annotations.Nullable;

/** A file of the landed log cannot be written or read; the message names the file and says what to do. */
public final class SegmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SegmentException(String message) {
        super(message);
    }

    SegmentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
