package dev.tandem.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a definition says, part by part, without comments, layout, and keys that change no number. A ledger keeps it of each definition
 * that ran, so that a later one can be compared with it even if this version could not read the earlier one any more.
 *
 * @param parts by key: {@code schema}, {@code views/NAME}, {@code source/format}
 * @param outputs in their order
 */
public record Meaning(SortedMap<String, String> parts, List<String> outputs) {
    private static final String OUTPUT = "outputs";

    public Meaning {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
        outputs = List.copyOf(outputs);
    }

    /** The same where records are landed with {@code beside} their values; the same if that is empty. */
    public Meaning landedWith(String beside) {
        if (beside.isEmpty()) {
            return this;
        }
        var more = new TreeMap<>(parts);
        more.put("source/fields beside the value", beside);
        return new Meaning(more, outputs);
    }

    /** One line for each part, as {@link #of} reads it. */
    public String text() {
        var text = new StringBuilder();
        parts.forEach((key, value) -> append(text, key, value));
        outputs.forEach(output -> append(text, OUTPUT, output));
        return text.toString();
    }

    private static void append(StringBuilder text, String key, String value) {
        text.append(escaped(key)).append('\t').append(escaped(value)).append('\n');
    }

    /** Reads what {@link #text} wrote. */
    public static Meaning of(String text) {
        Map<String, String> parts = new TreeMap<>();
        var outputs = new ArrayList<String>();
        for (var line : text.split("\n")) {
            int tab = line.indexOf('\t');
            if (tab >= 0) {
                var key = unescaped(line.substring(0, tab));
                var value = unescaped(line.substring(tab + 1));
                if (key.equals(OUTPUT)) {
                    outputs.add(value);
                } else {
                    parts.put(key, value);
                }
            }
        }
        return new Meaning(new TreeMap<>(parts), outputs);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    private static String unescaped(String text) {
        var plain = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter == '\\' && at + 1 < text.length()) {
                at++;
                letter = switch (text.charAt(at)) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> text.charAt(at);
                };
            }
            plain.append(letter);
        }
        return plain.toString();
    }
}
