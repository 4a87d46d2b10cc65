package dev.tandem.proof;

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
    DUP_CHOICE("the two modes kept different copies of one key", "copies that agree, or dedup by content"),
    SESSION_BRIDGE("a late record would have merged two sessions", "a longer watermark delay"),
    OPEN("the window was not final in the stream", "waiting until it closes"),
    BEHIND("the stream has read less than the batch", "comparing at the same cut"),
    AHEAD("the stream has read more than the batch", "comparing at the same cut"),
    RULE("a rule's outcome differs between the modes", "the rule"),
    DIMENSION("joined with another version of a dimension", "the same version in both modes"),
    APPROX("exact against approximate", "an exact measure"),
    ROUNDING("the same records, added in another order in floating point", "a decimal type"),
    DEFINITION("made by different definitions", "running both modes again"),
    SINK("the stored value is not what was computed", "finding out who else writes to the table"),
    UNEXPLAINED("nothing explains it", "telling us: this is a defect in Tandem");

    private final String meaning;
    private final String mend;

    Cause(String meaning, String mend) {
        this.meaning = meaning;
        this.mend = mend;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String meaning() {
        return meaning;
    }

    /** What would have made it go away. */
    public String mend() {
        return mend;
    }
}
