package dev.tandem.feed;

import java.util.Arrays;
import java.util.Locale;

/** What was done to a record on purpose. A record carries at most one fault, so that its fate can be told from it. */
public enum Fault {
    NONE,
    LATE,
    DUPLICATE,
    MISSING_ID,
    MALFORMED,
    FUTURE_DATED,
    OUT_OF_ORDER;

    /** The name in a truth file and in a definition, such as {@code missing_id}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
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
