package dev.tandem.diff.table;

import java.util.regex.Pattern;

/**
 * What the values of one side's column are.
 *
 * @param digits before the point
 * @param scale after the point
 */
record ValueType(Nature nature, int digits, int scale) {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");
    private static final int MOST_DIGITS = 38;

    /** Finer than what values are compared as. */
    enum Nature {
        WHOLE,
        DECIMAL,
        FLOATING,
        TEXT,
        LOCAL_TIME,
        INSTANT,
        DATE,
        TRUTH,
        /** Nothing but nulls. */
        NOTHING
    }

    static ValueType of(Nature nature) {
        return new ValueType(nature, nature == Nature.WHOLE ? 19 : 0, 0);
    }

    static ValueType declared(String type) {
        var decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            int scale = Integer.parseInt(decimal.group(2));
            return new ValueType(Nature.DECIMAL, Integer.parseInt(decimal.group(1)) - scale, scale);
        }
        return switch (type) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" -> of(Nature.WHOLE);
            case "UBIGINT", "HUGEINT", "UHUGEINT" -> new ValueType(Nature.WHOLE, MOST_DIGITS, 0);
            case "FLOAT", "DOUBLE" -> of(Nature.FLOATING);
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> of(Nature.LOCAL_TIME);
            case "TIMESTAMP WITH TIME ZONE" -> of(Nature.INSTANT);
            case "DATE" -> of(Nature.DATE);
            case "BOOLEAN" -> of(Nature.TRUTH);
            default -> of(Nature.TEXT);
        };
    }

    boolean number() {
        return nature == Nature.WHOLE || nature == Nature.DECIMAL || nature == Nature.FLOATING;
    }

    boolean time() {
        return nature == Nature.LOCAL_TIME || nature == Nature.INSTANT;
    }

    /** A decimal type that holds both; doubles where there is none. */
    Column.Type number(ValueType other) {
        int before = Math.max(digits, other.digits);
        int after = Math.max(scale, other.scale);
        if (nature == Nature.FLOATING || other.nature == Nature.FLOATING || before + after > MOST_DIGITS) {
            return new Column.Type(Column.Kind.FLOATING, "DOUBLE");
        }
        if (after == 0) {
            return new Column.Type(Column.Kind.WHOLE, before > 19 ? "HUGEINT" : "BIGINT");
        }
        return new Column.Type(Column.Kind.DECIMAL, "DECIMAL(%d, %d)".formatted(before + after, after));
    }
}
