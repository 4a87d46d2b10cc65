package dev.tandem.diff.why;

import java.util.Locale;

/** What kind of difference two tables can have. */
public enum Pattern {
    TIME_SHIFT("times are shifted"),
    WINDOW_BOUNDS("windows are cut at other bounds"),
    COUNTED_TWICE("rows are counted twice"),
    MISSING_SLICE("a slice is missing"),
    READ_LATER("one side was read later"),
    UNIT_FACTOR("numbers have another unit"),
    ROUNDING("values are rounded or cut"),
    ZERO_OR_ABSENT("zero on one side is absent on the other"),
    NULL_OR_EMPTY("null on one side is empty on the other"),
    SPELLING("names are spelt in another way"),
    SIGN("numbers have the opposite sign"),
    STALE_VALUE("a looked-up value is an older one");

    private final String meaning;

    Pattern(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }

    /** The word in JSON, as in {@code time_shift}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
