package dev.tandem.diff.table;

import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns that are compared.
 *
 * @param onlyLeft columns that the right side does not have
 * @param notes what was decided about types, in words
 */
public record Columns(
        List<Column> keys, List<Column> values, List<String> onlyLeft, List<String> onlyRight, List<String> notes) {
    public Columns {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
        onlyLeft = List.copyOf(onlyLeft);
        onlyRight = List.copyOf(onlyRight);
        notes = List.copyOf(notes);
    }

    public List<Column> all() {
        return Stream.concat(keys.stream(), values.stream()).toList();
    }

    /** The fields of the key, separated by commas. */
    public String keyFields() {
        return fields(keys);
    }

    /** The fields of all columns, separated by commas. */
    public String allFields() {
        return fields(all());
    }

    private static String fields(List<Column> columns) {
        return columns.stream().map(column -> Sql.name(column.field())).collect(Collectors.joining(", "));
    }

    /** SQL that joins {@code l} with {@code r} by key; a null matches a null. */
    public String sameKey() {
        return keys.stream()
                .map(column -> "%s IS NOT DISTINCT FROM %s AND ".formatted(column.in("l"), column.in("r")))
                .collect(Collectors.joining("", "", "l.copy = r.copy"));
    }

    /** SQL that is true where any value of {@code l} and {@code r} differs by more than its tolerance. */
    public String anyDiffers() {
        return values.isEmpty()
                ? "false"
                : values.stream().map(column -> column.differs("l", "r")).collect(Collectors.joining(" OR ", "(", ")"));
    }

    /** SQL that is true where any value of {@code l} and {@code r} is not the same. */
    public String anyUnlike() {
        return values.isEmpty()
                ? "false"
                : values.stream().map(column -> column.unlike("l", "r")).collect(Collectors.joining(" OR ", "(", ")"));
    }

    /** Joins two working tables and keeps the rows that are not the same in {@code table}: keys, {@code kind}, and values of both sides. */
    public void makePairs(Duck duck, String left, String right, String table) {
        var fields = keys.stream()
                .map(column -> "CASE WHEN l.copy IS NULL THEN %s ELSE %s END AS %s"
                        .formatted(column.in("r"), column.in("l"), Sql.name(column.field())))
                .collect(Collectors.joining(", "));
        var both = values.stream()
                .map(column -> ", %s AS %s, %s AS %s"
                        .formatted(
                                column.in("l"),
                                Sql.name("l" + column.field()),
                                column.in("r"),
                                Sql.name("r" + column.field())))
                .collect(Collectors.joining());
        duck.run("""
                CREATE OR REPLACE TABLE %s AS SELECT %s, coalesce(l.copy, r.copy) AS copy,
                  CASE WHEN r.copy IS NULL THEN 'only left' WHEN l.copy IS NULL THEN 'only right'
                    WHEN %s THEN 'changed' ELSE 'tolerated' END AS kind%s
                FROM %s l FULL JOIN %s r ON %s
                WHERE l.copy IS NULL OR r.copy IS NULL OR %s""".formatted(table, fields, anyDiffers(), both, left, right, sameKey(), anyUnlike()));
    }
}
