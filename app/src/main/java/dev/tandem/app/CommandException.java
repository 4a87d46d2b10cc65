package dev.tandem.app;

/** For whoever typed a command: what could not be done, why, and the hint, with the exit code that a script sees. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Exit exit;

    /** {@code message} has the form {@code Cannot <verb> <thing>: <reason>; <hint>}. */
    public CommandException(Exit exit, String message) {
        super(message);
        this.exit = exit;
    }

    public CommandException(Exit exit, String message, Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    public Exit exit() {
        return exit;
    }
}
