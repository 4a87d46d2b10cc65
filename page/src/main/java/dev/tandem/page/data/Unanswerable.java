package dev.tandem.page.data;

/** What was asked for is not there, or cannot be understood. The message goes to the reader of the page. */
public final class Unanswerable extends RuntimeException {
    public Unanswerable(String message) {
        super(message);
    }

    public Unanswerable(String message, Throwable cause) {
        super(message, cause);
    }
}
