package dev.tandem.feed;

import org.jspecify.annotations.Nullable;

/** What the operator of a run is told when data cannot come in: what, where and the hint, in one sentence. */
public final class FeedException extends RuntimeException {

    public FeedException(String message) {
        super(message);
    }

    public FeedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
