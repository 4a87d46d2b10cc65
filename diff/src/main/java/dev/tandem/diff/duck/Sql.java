package dev.tandem.diff.duck;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names and texts of strangers as parts of a statement. */
public final class Sql {
    private Sql() {}

    /** A quoted identifier. */
    public static String name(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** A text literal. */
    public static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A list of text literals. */
    public static String texts(Collection<String> texts) {
        return texts.stream().map(Sql::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
