package dev.tandem.servers;

/** Told to the operator of a run: which server, why not, and how to fix it. */
public final class LocalServiceException extends RuntimeException {
    LocalServiceException(String message) {
        super(message);
    }

    LocalServiceException(String message, Throwable cause) {
        super(message, cause);
    }
}
