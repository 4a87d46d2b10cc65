package dev.tandem.app.schedule;

/** For the author of a definition: why its schedule names no time, which words of the definition say so, and the hint. */
public final class UnusableSchedule extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String value;
    private final String hint;

    /** {@code value} may be empty where the definition can write the same in many ways. */
    UnusableSchedule(String key, String value, String what, String hint) {
        super(what);
        this.key = key;
        this.value = value;
        this.hint = hint;
    }

    /** The definition's key, {@code cron} or {@code every}. */
    public String key() {
        return key;
    }

    /** The text after the key, or empty. */
    public String value() {
        return value;
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    public String hint() {
        return hint;
    }
}
