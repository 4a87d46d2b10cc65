package dev.tandem.model.record;

/** A record that is not what the schema says; the message says which field and why. Carries no stack trace: it is a result. */
public final class MalformedRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedRecordException(String message) {
        super(message, null, false, false);
    }
}
