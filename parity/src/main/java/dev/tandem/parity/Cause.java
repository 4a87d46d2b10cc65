package dev.tandem.parity;

import java.util.Locale;

/** Why two modes differ for one number: a closed list. */
public enum Cause {
    LATE("counted by the batch; the stream had closed the window", "a longer watermark delay"),
    LATE_PARTIAL(
            "counted by the batch in every sliding window, by the stream only in those still open",
            "a longer watermark delay"),
    DUP_HORIZON(
            "a duplicate to the batch; the stream had forgotten its key and counted it again",
            "a longer dedup horizon"),
    DUP_CHOICE(
            "the two modes count different copies of one key: the window of one had closed when the other came",
            "a longer watermark delay, or copies that agree"),
    SESSION_BRIDGE(
            "one session in the batch, several in the stream: what joins them came when one had closed",
            "a longer watermark delay"),
    OPEN("the window was not final in the stream", "waiting until it closes"),
    AHEAD("the stream has read more than the batch", "comparing at the same cut"),
    DIMENSION("joined with another version of a dimension", "the same version in both modes"),
    APPROX("an approximate measure differs though both modes counted the same records", "an exact measure"),
    DEFINITION("made by different definitions", "running both modes again"),
    SINK("the stored value is not what was computed", "finding out who else writes to the table"),
    UNEXPLAINED("nothing explains it", "telling us: this is a defect in Tandem");

    private final String meaning;
    private final String hint;

    Cause(String meaning, String hint) {
        this.meaning = meaning;
        this.hint = hint;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String meaning() {
        return meaning;
    }

    /** What would have made it go away. */
    public String hint() {
        return hint;
    }
}
