package dev.tandem.app;

/** The exit codes of commands. Documented, and never changed: scripts depend on them. */
public enum Exit {
    FINE(0, "fine"),
    UNEXPECTED(1, "unexpected failure"),
    USAGE(2, "usage"),
    INVALID(3, "definition or configuration invalid"),
    NOT_READY(4, "environment not ready"),
    DISAGREES(5, "disagrees, or a target is missed"),
    UNDECIDED(6, "undecided: nothing is closed yet"),
    INTERRUPTED(130, "interrupted");

    private final int code;
    private final String meaning;

    Exit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
