package dev.tandem.parity;

import java.util.Locale;

/** What a comparison says, best first. */
public enum Verdict {
    AGREE("✔", "every closed number is the same in both modes"),
    WITHIN_TOLERANCE("≈", "every closed number is within the allowed difference"),
    AGREE_WITH_CAUSES("✔", "every difference is explained by listed records"),
    DISAGREE("✖", "a difference has no explanation"),
    PENDING("◌", "no window has closed yet");

    private final String icon;
    private final String meaning;

    Verdict(String icon, String meaning) {
        this.icon = icon;
        this.meaning = meaning;
    }

    public String icon() {
        return icon;
    }

    public String meaning() {
        return meaning;
    }

    /** The word in JSON and on the command line, as in {@code agree_with_causes}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
