package dev.tandem.app.environment;

/** A variable that cannot be used, why, and a hint. Never holds a password. */
public final class EnvironmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EnvironmentException(String message) {
        super(message);
    }

    EnvironmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
