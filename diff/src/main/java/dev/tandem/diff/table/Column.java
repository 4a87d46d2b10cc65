package dev.tandem.diff.table;

import dev.tandem.diff.duck.Sql;
import java.util.Optional;

/**
 * A column that both sides have.
 *
 * @param name what people call it: the left side's name
 * @param field its name in the working tables
 * @param tolerance for numbers only
 */
public record Column(String name, String field, Type type, Origin left, Origin right, Optional<Tolerance> tolerance) {
    /** What values are compared as. */
    public enum Kind {
        WHOLE,
        DECIMAL,
        FLOATING,
        TEXT,
        TIME,
        DATE,
        TRUTH
    }

    /** @param sql the DuckDB type */
    public record Type(Kind kind, String sql) {
        public boolean number() {
            return kind == Kind.WHOLE || kind == Kind.DECIMAL || kind == Kind.FLOATING;
        }

        public boolean temporal() {
            return kind == Kind.TIME || kind == Kind.DATE;
        }
    }

    /**
     * A side's column.
     *
     * @param type as that side declares it
     * @param sql the value in the common type
     */
    public record Origin(String name, String type, String sql) {}

    /** The field of a working table that has the name {@code table} in a statement. */
    public String in(String table) {
        return table + "." + Sql.name(field);
    }

    /** SQL that is true where the two sides' values are not the same. */
    public String unlike(String left, String right) {
        return "(%s IS DISTINCT FROM %s)".formatted(in(left), in(right));
    }

    /** SQL that is true where the two sides' values differ by more than the tolerance. */
    public String differs(String left, String right) {
        return tolerance
                .map(it -> "(%s AND coalesce(NOT (%s), true))"
                        .formatted(unlike(left, right), it.within(in(left), in(right))))
                .orElseGet(() -> unlike(left, right));
    }
}
