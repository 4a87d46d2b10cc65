package dev.tandem.page;

/** The page cannot be served; the message is for the operator: what, why, the hint. */
public final class PageException extends RuntimeException {
    PageException(String message, Throwable cause) {
        super(message, cause);
    }
}
