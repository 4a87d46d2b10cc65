package dev.tandem.diff.table;

import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Result.Slice;
import dev.tandem.diff.table.Result.Slices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the differing rows are: in time, and by the key's columns. */
final class SliceDifferences {
    private static final int MOST_TIMES = 48;
    private static final int MOST_KEYS = 8;
    private static final int MANY = 30;
    private static final List<String> UNITS = List.of("second", "minute", "hour", "day", "month", "year");
    private static final List<Long> SECONDS = List.of(1L, 60L, 3_600L, 86_400L, 2_592_000L, 31_536_000L);

    private final Duck duck;
    private final Columns columns;
    private final Optional<String> time;

    SliceDifferences(Duck duck, Columns columns, Optional<String> time) {
        this.duck = duck;
        this.columns = columns;
        this.time = time;
    }

    List<Slices> slices() {
        var all = new ArrayList<Slices>();
        timeColumn().ifPresent(column -> all.add(byTime(column)));
        columns.keys().stream().filter(column -> !column.type().temporal()).forEach(column -> all.add(byKey(column)));
        return all.stream().filter(slices -> !slices.slices().isEmpty()).toList();
    }

    private Optional<Column> timeColumn() {
        return time.isPresent()
                ? columns.all().stream()
                        .filter(column -> column.name().equalsIgnoreCase(time.get())
                                && column.type().temporal())
                        .findFirst()
                : columns.keys().stream()
                        .filter(column -> column.type().temporal())
                        .findFirst();
    }

    private Slices byTime(Column column) {
        var field = Sql.name(column.field());
        long span = duck.number(
                "SELECT coalesce(CAST(epoch(max(t)::TIMESTAMP) - epoch(min(t)::TIMESTAMP) AS BIGINT), 0) FROM (SELECT min(%1$s) AS t FROM left_rows UNION ALL SELECT max(%1$s) FROM left_rows UNION ALL SELECT min(%1$s) FROM right_rows UNION ALL SELECT max(%1$s) FROM right_rows)"
                        .formatted(field));
        int unit = 0;
        while (unit < UNITS.size() - 1 && span / SECONDS.get(unit) >= MOST_TIMES) {
            unit++;
        }
        var word = UNITS.get(unit);
        int length = List.of(19, 16, 16, 10, 7, 4).get(unit);
        var label = "left(CAST(date_trunc('%s', %s::TIMESTAMP) AS VARCHAR), %d)".formatted(word, "%s", length);
        return new Slices(column.name(), word, slices(column, label, "label", MOST_TIMES * 2));
    }

    private Slices byKey(Column column) {
        var field = Sql.name(column.field());
        long distinct = duck.number("SELECT count(DISTINCT %s) FROM pairs WHERE kind <> 'tolerated'".formatted(field));
        if (distinct <= MANY) {
            return new Slices(
                    column.name(), "value", slices(column, "CAST(%s AS VARCHAR)", "differing DESC, label", MOST_KEYS));
        }
        if (column.type().number()) {
            return new Slices(column.name(), "range", ranges(column));
        }
        var prefix =
                "coalesce(nullif(regexp_extract(%s::VARCHAR, '^[^-_:/.]{1,24}[-_:/.]'), ''), left(%s::VARCHAR, 2)) || '…'";
        return new Slices(column.name(), "prefix", slices(column, prefix, "differing DESC, label", MOST_KEYS));
    }

    private List<Slice> ranges(Column column) {
        var field = Sql.name(column.field());
        var bounds = duck.list(
                        "SELECT min(v)::DOUBLE, max(v)::DOUBLE FROM (SELECT min(%1$s) AS v FROM left_rows UNION ALL SELECT max(%1$s) FROM left_rows UNION ALL SELECT min(%1$s) FROM right_rows UNION ALL SELECT max(%1$s) FROM right_rows)"
                                .formatted(field),
                        row -> new double[] {row.getDouble(1), row.getDouble(2)})
                .get(0);
        var width = Math.max(1, Math.ceil((bounds[1] - bounds[0] + 1) / MOST_KEYS));
        var from = "CAST(floor((%%s::DOUBLE - %1$s) / %2$s) * %2$s + %1$s AS DECIMAL(38, 0))"
                .formatted(Double.toString(Math.floor(bounds[0])), Double.toString(width));
        return slices(column, "'from ' || CAST(" + from + " AS VARCHAR)", "differing DESC, label", MOST_KEYS);
    }

    private List<Slice> slices(Column column, String label, String order, int most) {
        boolean key = column.field().startsWith("k");
        var field = Sql.name(column.field());
        var ofPair = key
                ? field
                : "coalesce(%s, %s)".formatted(Sql.name("l" + column.field()), Sql.name("r" + column.field()));
        // Rows of both sides, so those of the right side that have no partner are added to all of the left side.
        var sql = """
                WITH totals AS (SELECT %1$s AS label, count(*) AS n FROM left_rows GROUP BY label),
                parts AS (SELECT %2$s AS label, count(*) FILTER (kind = 'changed') AS changed,
                  count(*) FILTER (kind = 'only left') AS gone, count(*) FILTER (kind = 'only right') AS added
                  FROM pairs WHERE kind <> 'tolerated' GROUP BY label)
                SELECT coalesce(t.label, p.label, 'null') AS label, coalesce(n, 0) + coalesce(added, 0),
                  coalesce(changed, 0), coalesce(gone, 0), coalesce(added, 0),
                  coalesce(changed, 0) + coalesce(gone, 0) + coalesce(added, 0) AS differing
                FROM totals t FULL JOIN parts p ON t.label IS NOT DISTINCT FROM p.label
                WHERE differing > 0 ORDER BY %3$s LIMIT %4$d""".formatted(label.replace("%s", field), label.replace("%s", ofPair), order, most);
        return duck.list(
                sql,
                row -> new Slice(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
    }
}
