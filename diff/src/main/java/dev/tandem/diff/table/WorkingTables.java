package dev.tandem.diff.table;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A side's rows in the common types, as {@code left_rows} and {@code right_rows}: fields {@code k0…} for the key, {@code c0…} for the values,
 * and {@code copy}, which numbers the rows of one key. So duplicate keys are paired one by one instead of each with each.
 */
final class WorkingTables {
    private final Duck duck;
    private final Columns columns;

    /** What was noticed about the keys. */
    record Keys(long rows, long copies, long nullKeys) {}

    WorkingTables(Duck duck, Columns columns) {
        this.duck = duck;
        this.columns = columns;
    }

    Keys make(String raw, String table, Optional<String> where, boolean left) {
        rows(raw, table, new Choice(where, left, ""));
        long copies = copies(table);
        if (copies > 0) {
            number(table);
        }
        return new Keys(duck.number("SELECT count(*) FROM " + table), copies, nullKeys(table));
    }

    /** The same for the keys in the table {@code asked} alone. */
    void makeAgain(String raw, String table, Optional<String> where, boolean left) {
        var same = columns.keys().stream()
                .map(column -> "%s IS NOT DISTINCT FROM %s".formatted(column.in("t"), column.in("a")))
                .collect(Collectors.joining(" AND "));
        rows(raw, table, new Choice(where, left, " WHERE EXISTS (SELECT 1 FROM asked a WHERE %s)".formatted(same)));
        if (copies(table) > 0) {
            number(table);
        }
    }

    /** Which rows of which side. */
    private record Choice(Optional<String> where, boolean left, String kept) {}

    private void rows(String raw, String table, Choice choice) {
        boolean left = choice.left();
        var where = choice.where();
        var fields = columns.all().stream()
                .map(column -> (left ? column.left() : column.right()).sql() + " AS " + Sql.name(column.field()))
                .collect(Collectors.joining(", "));
        try {
            duck.run("CREATE TABLE %s AS SELECT * FROM (SELECT %s, 1::BIGINT AS copy FROM %s%s) t%s"
                    .formatted(
                            table,
                            fields,
                            raw,
                            where.map(it -> " WHERE (" + it + ")").orElse(""),
                            choice.kept()));
        } catch (DiffException e) {
            throw DiffException.question("Cannot read the rows of the %s side: %s%s"
                    .formatted(
                            left ? "left" : "right",
                            e.getMessage(),
                            where.isPresent() ? "; check its --where condition" : ""));
        }
    }

    private long copies(String table) {
        return duck.number(
                "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM %s GROUP BY %s HAVING count(*) > 1)"
                        .formatted(table, columns.keyFields()));
    }

    private long nullKeys(String table) {
        var anyNull = columns.keys().stream()
                .map(column -> Sql.name(column.field()) + " IS NULL")
                .collect(Collectors.joining(" OR "));
        return duck.number("SELECT count(*) FROM %s WHERE %s".formatted(table, anyNull));
    }

    /** Only rows of duplicate keys are sorted. */
    private void number(String table) {
        var keys = columns.keyFields();
        duck.run("CREATE TABLE repeated AS SELECT %s FROM %s GROUP BY %s HAVING count(*) > 1"
                .formatted(keys, table, keys));
        var same = columns.keys().stream()
                .map(column -> "%s IS NOT DISTINCT FROM %s".formatted(column.in("t"), column.in("d")))
                .collect(Collectors.joining(" AND "));
        var fields = columns.allFields();
        duck.run("""
                CREATE TABLE numbered AS
                SELECT %1$s, 1::BIGINT AS copy FROM %2$s t WHERE NOT EXISTS (SELECT 1 FROM repeated d WHERE %3$s)
                UNION ALL
                SELECT %1$s, row_number() OVER (PARTITION BY %4$s ORDER BY %1$s) AS copy FROM %2$s t
                WHERE EXISTS (SELECT 1 FROM repeated d WHERE %3$s)""".formatted(fields, table, same, keys));
        List.of("DROP TABLE " + table, "ALTER TABLE numbered RENAME TO " + table, "DROP TABLE repeated")
                .forEach(duck::run);
    }
}
