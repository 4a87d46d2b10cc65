package dev.tandem.model.reading;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The names of types that other systems use, for whoever writes one of them. */
final class TypeNames {
    private static final List<String> KNOWN =
            List.of("STRING", "INT", "BIGINT", "DOUBLE", "DECIMAL(p,s)", "BOOLEAN", "TIMESTAMP", "DATE", "ARRAY<…>");
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("TEXT", "STRING"),
            Map.entry("VARCHAR", "STRING"),
            Map.entry("NVARCHAR", "STRING"),
            Map.entry("CHAR", "STRING"),
            Map.entry("STR", "STRING"),
            Map.entry("UUID", "STRING"),
            Map.entry("JSON", "STRING LENIENT"),
            Map.entry("OBJECT", "STRING LENIENT"),
            Map.entry("STRUCT", "STRING LENIENT"),
            Map.entry("INTEGER", "INT"),
            Map.entry("INT32", "INT"),
            Map.entry("SMALLINT", "INT"),
            Map.entry("TINYINT", "INT"),
            Map.entry("SHORT", "INT"),
            Map.entry("LONG", "BIGINT"),
            Map.entry("INT64", "BIGINT"),
            Map.entry("FLOAT", "DOUBLE"),
            Map.entry("REAL", "DOUBLE"),
            Map.entry("DOUBLE PRECISION", "DOUBLE"),
            Map.entry("DECIMAL", "DECIMAL(p,s)"),
            Map.entry("NUMERIC", "DECIMAL(p,s)"),
            Map.entry("NUMBER", "DECIMAL(p,s)"),
            Map.entry("MONEY", "DECIMAL(p,s)"),
            Map.entry("BOOL", "BOOLEAN"),
            Map.entry("BIT", "BOOLEAN"),
            Map.entry("DATETIME", "TIMESTAMP"),
            Map.entry("TIMESTAMPTZ", "TIMESTAMP"),
            Map.entry("INSTANT", "TIMESTAMP"),
            Map.entry("LIST", "ARRAY<…>"),
            Map.entry("ARRAY", "ARRAY<…>"));

    private TypeNames() {}

    /** The type to write in the place of {@code unknown}; all there are if it is like none. */
    static String hint(String unknown) {
        var word = unknown.toUpperCase(Locale.ROOT).replaceAll("\\s*[(<].*", "").strip();
        var meant = MEANT.get(word);
        return meant != null
                ? "write %s".formatted(meant)
                : Problems.nearest(word, KNOWN)
                        .map("did you mean '%s'?"::formatted)
                        .orElseGet(() ->
                                "use STRING, INT, BIGINT, DOUBLE, DECIMAL(p,s), BOOLEAN, TIMESTAMP, DATE or ARRAY<…>");
    }
}
