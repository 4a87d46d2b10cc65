package dev.tandem.model.keys;

import java.util.Locale;

/** How an alternative is written in a definition: its constant's name in lower case. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
