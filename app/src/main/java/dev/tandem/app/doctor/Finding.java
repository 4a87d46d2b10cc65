package dev.tandem.app.doctor;

/**
 * One thing that was looked at.
 *
 * @param hint what to do about it; empty if nothing
 */
public record Finding(Level level, String subject, String value, String hint) {
    /** How a thing is. */
    public enum Level {
        PASS("✔"),
        LOOK("▲"),
        FAIL("✖");

        private final String sign;

        Level(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    static Finding pass(String subject, String value) {
        return new Finding(Level.PASS, subject, value, "");
    }

    static Finding look(String subject, String value, String hint) {
        return new Finding(Level.LOOK, subject, value, hint);
    }

    static Finding fail(String subject, String value, String hint) {
        return new Finding(Level.FAIL, subject, value, hint);
    }

    /** The same, with where the thing that was looked at comes from. */
    public Finding from(String source) {
        return new Finding(level, subject, "%s (%s)".formatted(value, source), hint);
    }

    /** One line for a person. */
    public String told() {
        var line = "%s %-22s %s".formatted(level.sign(), subject, value);
        return hint.isEmpty() ? line : line + "\n  %-22s → %s".formatted("", hint);
    }
}
