package dev.tandem.model.keys;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What must hold between the keys of a section, as members of its JSON Schema. */
final class Rules {
    private Rules() {}

    /** Exactly one of {@code keys} is there. */
    static String exactlyOne(String... keys) {
        return "\"oneOf\": [%s]"
                .formatted(Arrays.stream(keys)
                        .map("{\"required\": [\"%s\"]}"::formatted)
                        .collect(Collectors.joining(", ")));
    }

    /** Exactly one key is there. */
    static String single() {
        return "\"minProperties\": 1, \"maxProperties\": 1";
    }

    /** Stream and batch do not write to one place: {@code key} has {@code ${mode}} in it, or there is a {@code mode}. */
    static String parted(String key) {
        return "\"anyOf\": [{\"required\": [\"mode\"]}, {\"properties\": {\"%s\": {\"pattern\": \"\\\\$\\\\{mode\\\\}\"}}}]"
                .formatted(key);
    }

    /** Where the first key of a pair is, the second must be too. */
    static String needs(String... pairs) {
        var text = new StringBuilder();
        for (int at = 0; at < pairs.length; at += 2) {
            text.append(at == 0 ? "" : ", ").append("\"%s\": [\"%s\"]".formatted(pairs[at], pairs[at + 1]));
        }
        return "\"dependentRequired\": {%s}".formatted(text);
    }
}
