package dev.tandem.parity.explain;

import dev.tandem.parity.Cause;
import java.util.Arrays;

/** What each cause means, by its code. */
final class Meanings {
    private Meanings() {}

    static String of(String code) {
        return Arrays.stream(Cause.values())
                .filter(cause -> cause.code().equals(code))
                .map(Cause::meaning)
                .findFirst()
                .orElse("");
    }
}
