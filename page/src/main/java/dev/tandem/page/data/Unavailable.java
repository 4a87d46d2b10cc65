package dev.tandem.page.data;

/** What was asked for cannot be read now. The message goes to the reader of the page: what, why, the hint, and never a secret. */
public final class Unavailable extends RuntimeException {
    public Unavailable(String message) {
        super(message);
    }

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
