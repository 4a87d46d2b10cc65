package dev.tandem.diff.table;

import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import java.util.Optional;

/** What a column of text holds, told from every value: numbers, times, dates, or text. */
final class TextValues {
    private static final String NUMBER = "^[+-]?[0-9]+(\\.[0-9]+)?$";

    private final Duck duck;
    private final String table;
    private final String value;

    TextValues(Duck duck, String table, String column) {
        this.duck = duck;
        this.table = table;
        this.value = Sql.name(column) + "::VARCHAR";
    }

    ValueType type() {
        var sql = """
                SELECT count(v), count(*) FILTER (regexp_matches(v, '^[+-]?0[0-9]')),
                  count(*) FILTER (regexp_matches(v, '%1$s')), max(length(split_part(ltrim(v, '+-'), '.', 1))),
                  max(length(split_part(v, '.', 2))), count(TRY_CAST(v AS DOUBLE)), count(TRY_CAST(v AS TIMESTAMPTZ)),
                  count(*) FILTER (regexp_matches(v, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')),
                  count(*) FILTER (lower(v) IN ('true', 'false'))
                FROM (SELECT %2$s AS v FROM %3$s)""".formatted(NUMBER, value, table);
        return duck.list(sql, row -> {
                    long filled = row.getLong(1);
                    boolean names = row.getLong(2) > 0;
                    if (filled == 0) {
                        return ValueType.of(ValueType.Nature.NOTHING);
                    }
                    if (row.getLong(3) == filled && !names) {
                        return number(row.getInt(4), row.getInt(5));
                    }
                    if (row.getLong(6) == filled && !names) {
                        return ValueType.of(ValueType.Nature.FLOATING);
                    }
                    if (row.getLong(8) == filled && row.getLong(7) == filled) {
                        return ValueType.of(ValueType.Nature.DATE);
                    }
                    if (row.getLong(7) == filled) {
                        return ValueType.of(ValueType.Nature.LOCAL_TIME);
                    }
                    return ValueType.of(row.getLong(9) == filled ? ValueType.Nature.TRUTH : ValueType.Nature.TEXT);
                })
                .get(0);
    }

    private static ValueType number(int digits, int scale) {
        if (scale == 0 && digits <= 18) {
            return ValueType.of(ValueType.Nature.WHOLE);
        }
        return digits + scale > 38
                ? ValueType.of(ValueType.Nature.FLOATING)
                : new ValueType(ValueType.Nature.DECIMAL, digits, scale);
    }

    /** A value that cannot be cast to {@code type}, with the number of such values. */
    Optional<String> unfit(String type) {
        var where = "FROM (SELECT %s AS v FROM %s) WHERE v IS NOT NULL AND TRY_CAST(v AS %s) IS NULL"
                .formatted(value, table, type);
        return duck.list(
                        "SELECT count(*), min(v) " + where,
                        row -> row.getLong(1) == 0
                                ? Optional.<String>empty()
                                : Optional.of("%,d value(s) such as '%s'".formatted(row.getLong(1), row.getString(2))))
                .get(0);
    }
}
