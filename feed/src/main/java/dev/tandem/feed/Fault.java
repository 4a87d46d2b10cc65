package dev.tandem.feed;

import java.util.Arrays;
import java.util.Locale;

/**
 * What was done to a record on purpose. A record of an endless feed meets one fault of its plan at most, so that its fate can be told from
 * it; a finite data set with exact counts draws each fault by itself, and one row may carry several.
 */
public enum Fault {
    NONE,
    LATE,
    DUPLICATE,
    MISSING_ID,
    MALFORMED,
    FUTURE_DATED,
    OUT_OF_ORDER,
    NEGATIVE_QUANTITY,
    NEGATIVE_PRICE,
    UNKNOWN_TYPE,
    MISSING_VALUE;

    /** The name in a truth file and in a definition, such as {@code missing_id}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is a wrong value that only some models know, and not a fault that every event can meet. */
    public boolean inContent() {
        return compareTo(OUT_OF_ORDER) > 0;
    }

    public static Fault of(String code) {
        return Arrays.stream(values())
                .filter(fault -> fault.code().equals(code))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("Cannot read fault '%s': there is no such fault; use one of %s"
                                .formatted(
                                        code,
                                        Arrays.stream(values()).map(Fault::code).toList())));
    }
}
