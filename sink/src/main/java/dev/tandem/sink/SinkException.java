package dev.tandem.sink;

/** An output could not be written; the message says which, where and the hint. */
public final class SinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whether doing the same again later can help. */
    private enum Outlook {
        PASSING,
        LASTING
    }

    private final Outlook outlook;

    public SinkException(String message, Throwable cause) {
        this(message, cause, Outlook.LASTING);
    }

    public SinkException(String message) {
        super(message);
        outlook = Outlook.LASTING;
    }

    private SinkException(String message, Throwable cause, Outlook outlook) {
        super(message, cause);
        this.outlook = outlook;
    }

    /** A server is away: the same may succeed when it is back. */
    static SinkException passing(String message, Throwable cause) {
        return new SinkException(message, cause, Outlook.PASSING);
    }

    public boolean retryable() {
        return outlook == Outlook.PASSING;
    }
}
