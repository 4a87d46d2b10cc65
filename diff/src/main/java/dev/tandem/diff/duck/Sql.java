package dev.tandem.diff.duck;

import java.time.ZoneId;
import java.time.ZoneOffset;
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

    /** A time of {@code zone} as one of UTC, both without a zone. DuckDB knows the names of zones, and no offset. */
    public static String utc(String local, ZoneId zone) {
        return zone.normalized() instanceof ZoneOffset offset
                ? "(%s - to_seconds(%d))".formatted(local, offset.getTotalSeconds())
                : "CAST(timezone(%s, %s) AS TIMESTAMP)".formatted(text(zone.getId()), local);
    }

    /** A list of text literals. */
    public static String texts(Collection<String> texts) {
        return texts.stream().map(Sql::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
