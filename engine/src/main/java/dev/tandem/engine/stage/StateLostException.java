package dev.tandem.engine.stage;

/** A partition of state is not where it was: its executor is gone, or a task that changed it had to run again. */
public final class StateLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateLostException(String message) {
        super(message);
    }
}
