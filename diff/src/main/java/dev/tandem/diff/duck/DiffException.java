package dev.tandem.diff.duck;

/** A comparison that cannot be done. The message says what, why, and how to fix it. */
public final class DiffException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Who has to act: the exit code follows from it. */
    public enum Fault {
        /** The question is incomplete or contradicts the tables. */
        QUESTION,
        /** A table cannot be read, or a result cannot be written. */
        SURROUNDINGS
    }

    private final Fault fault;

    private DiffException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    private DiffException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    public static DiffException question(String message) {
        return new DiffException(Fault.QUESTION, message);
    }

    public static DiffException surroundings(String message) {
        return new DiffException(Fault.SURROUNDINGS, message);
    }

    public static DiffException surroundings(String message, Throwable cause) {
        return new DiffException(Fault.SURROUNDINGS, message, cause);
    }

    public Fault fault() {
        return fault;
    }
}
