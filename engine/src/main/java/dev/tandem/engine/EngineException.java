package dev.tandem.engine;

/**
 * For the operator of a run: what could not be done, why, and the hint. Whoever supervises a run asks {@link #retryable}: a broker
 * that does not answer may be back in a minute, a definition that has changed stays changed.
 */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whether doing the same again later can help. */
    private enum Outlook {
        PASSING,
        LASTING
    }

    private final Outlook outlook;

    public EngineException(String message) {
        super(message);
        outlook = Outlook.LASTING;
    }

    public EngineException(String message, Throwable cause) {
        this(message, cause, Outlook.LASTING);
    }

    private EngineException(String message, Throwable cause, Outlook outlook) {
        super(message, cause);
        this.outlook = outlook;
    }

    /** A server is away: the same may succeed when it is back. */
    public static EngineException passing(String message, Throwable cause) {
        return new EngineException(message, cause, Outlook.PASSING);
    }

    public boolean retryable() {
        return outlook == Outlook.PASSING;
    }
}
