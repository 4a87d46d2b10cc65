package dev.tandem.app.environment;

/** For whoever set the environment: what cannot be used, why, and the hint. Never holds a password. */
public final class EnvironmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EnvironmentException(String message) {
        super(message);
    }

    EnvironmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
