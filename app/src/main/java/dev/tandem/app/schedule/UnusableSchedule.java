package dev.tandem.app.schedule;

/** For the author of a definition: why its schedule names no time, which words of the definition say so, and the mend. */
public final class UnusableSchedule extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String value;
    private final String mend;

    /** {@code value} may be empty where the definition can write the same in many ways. */
    UnusableSchedule(String key, String value, String what, String mend) {
        super(what);
        this.key = key;
        this.value = value;
        this.mend = mend;
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

    public String mend() {
        return mend;
    }
}
