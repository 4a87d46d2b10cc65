package dev.tandem.app;

/** An error for the user of a command: what could not be done, why, and a hint, with the exit code for scripts. */
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

    /** The exception for an option or argument that cannot be used. */
    static CommandException usage(String message) {
        return new CommandException(Exit.USAGE, message);
    }

    public Exit exit() {
        return exit;
    }
}
