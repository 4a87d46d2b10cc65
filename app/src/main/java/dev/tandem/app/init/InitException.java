package dev.tandem.app.init;

import java.io.Serial;

/** Why no definition can be proposed; the message says what, where and how to fix it. */
public final class InitException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Who has to change something. */
    public enum Fault {
        /** The person who asked: another argument helps. */
        QUESTION,
        /** What was asked for cannot be reached or read. */
        SURROUNDINGS
    }

    private final Fault fault;

    private InitException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    static InitException question(String message) {
        return new InitException(Fault.QUESTION, message);
    }

    static InitException surroundings(String message) {
        return new InitException(Fault.SURROUNDINGS, message);
    }

    public Fault fault() {
        return fault;
    }
}
