package dev.tandem.diff.table;

import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Result.ColumnFacts;
import dev.tandem.diff.table.Result.Spread;
import dev.tandem.diff.table.Result.Usual;
import java.util.List;
import java.util.Optional;

/** How each compared column differs. */
final class ColumnDifferences {
    private static final int USUAL = 3;

    private final Duck duck;
    private final Columns columns;

    ColumnDifferences(Duck duck, Columns columns) {
        this.duck = duck;
        this.columns = columns;
    }

    List<ColumnFacts> facts() {
        return columns.values().stream().map(this::facts).toList();
    }

    private ColumnFacts facts(Column column) {
        var differs = differs(column);
        var counts = duck.list(
                        "SELECT count(*) FILTER (%1$s), count(*) FILTER (%2$s AND NOT %1$s) FROM pairs WHERE kind IN ('changed', 'tolerated')"
                                .formatted(differs, unlike(column)),
                        row -> new long[] {row.getLong(1), row.getLong(2)})
                .get(0);
        return new ColumnFacts(
                column,
                counts[0],
                counts[1],
                sum(column, Comparison.LEFT),
                sum(column, Comparison.RIGHT),
                counts[0] == 0 ? Optional.empty() : spread(column, differs),
                counts[0] == 0 ? List.of() : usual(column, differs));
    }

    private static String left(Column column) {
        return Sql.name("l" + column.field());
    }

    private static String right(Column column) {
        return Sql.name("r" + column.field());
    }

    private static String unlike(Column column) {
        return "(%s IS DISTINCT FROM %s)".formatted(left(column), right(column));
    }

    private static String differs(Column column) {
        return column.tolerance()
                .map(it -> "(%s AND coalesce(NOT (%s), true))"
                        .formatted(unlike(column), it.within(left(column), right(column))))
                .orElseGet(() -> unlike(column));
    }

    private Optional<String> sum(Column column, String table) {
        return column.type().number()
                ? duck.list(
                                "SELECT %s FROM %s".formatted(sumText(column), table),
                                row -> Optional.ofNullable(row.getString(1)))
                        .get(0)
                : Optional.empty();
    }

    private static String sumText(Column column) {
        return plain(column, "sum(%s)".formatted(Sql.name(column.field())), 15);
    }

    private static String plain(Column column, String difference) {
        return plain(column, difference, 9);
    }

    /** As text; doubles without the digits that are no more than noise of adding and subtracting. */
    private static String plain(Column column, String value, int digits) {
        return column.type().kind() == Column.Kind.FLOATING
                ? "CAST(CAST(format('{:.%dg}', %s) AS DOUBLE) AS VARCHAR)".formatted(digits, value)
                : "CAST(%s AS VARCHAR)".formatted(value);
    }

    /** Right minus left; for times in seconds. */
    private static Optional<String> difference(Column column) {
        if (column.type().number()) {
            return Optional.of("(%s - %s)".formatted(right(column), left(column)));
        }
        return switch (column.type().kind()) {
            case TIME ->
                Optional.of("((epoch_us(%s) - epoch_us(%s)) / 1000000)".formatted(right(column), left(column)));
            case DATE -> Optional.of("(%s - %s) * 86400".formatted(right(column), left(column)));
            default -> Optional.empty();
        };
    }

    private Optional<Spread> spread(Column column, String differs) {
        return difference(column)
                .flatMap(it -> duck.list(
                                "SELECT %s, %s, %s FROM (SELECT %s AS d FROM pairs WHERE kind = 'changed' AND %s) WHERE d IS NOT NULL"
                                        .formatted(
                                                plain(column, "min(d)"),
                                                plain(column, "quantile_disc(d, 0.5)"),
                                                plain(column, "max(d)"),
                                                it,
                                                differs),
                                row -> row.getString(1) == null
                                        ? Optional.<Spread>empty()
                                        : Optional.of(new Spread(row.getString(1), row.getString(2), row.getString(3))))
                        .get(0));
    }

    private List<Usual> usual(Column column, String differs) {
        var shown = difference(column)
                .map(it -> "CASE WHEN %1$s IS NULL THEN %2$s ELSE CASE WHEN %1$s > 0 THEN '+' ELSE '' END || %3$s END"
                        .formatted(it, both(column), plain(column, it)))
                .orElseGet(() -> both(column));
        return duck.list(
                "SELECT %s AS d, count(*) AS n FROM pairs WHERE kind = 'changed' AND %s GROUP BY d ORDER BY n DESC, d LIMIT %d"
                        .formatted(shown, differs, USUAL),
                row -> new Usual(row.getString(1), row.getLong(2)));
    }

    private static String both(Column column) {
        return "coalesce(CAST(%s AS VARCHAR), 'null') || ' → ' || coalesce(CAST(%s AS VARCHAR), 'null')"
                .formatted(left(column), right(column));
    }
}
