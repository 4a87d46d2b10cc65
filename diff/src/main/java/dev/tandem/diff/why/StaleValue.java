package dev.tandem.diff.why;

import static dev.tandem.diff.why.Bench.leftOf;
import static dev.tandem.diff.why.Bench.rightOf;

import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Column;
import dev.tandem.diff.table.Column.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value that belongs to another column, as a product's category does to the product, is an older one in some rows. */
final class StaleValue implements Hypothesis {
    /** On average so many rows must follow each replacement; one row proves nothing. */
    private static final int LEAST_ROWS = 3;

    private static final int MOST_REPLACEMENTS = 200;

    private record Change(String of, String from, String to, long rows) {}

    @Override
    public List<Candidate> candidates(Bench bench) {
        var found = new ArrayList<Candidate>();
        for (var value : bench.columns().values()) {
            for (var owner : bench.columns().all()) {
                boolean names = owner.type().kind() == Kind.TEXT || owner.type().kind() == Kind.WHOLE;
                if (names && !owner.equals(value) && looked(value)) {
                    candidate(bench, value, owner, found);
                }
            }
        }
        return found;
    }

    private static boolean looked(Column column) {
        return column.type().kind() == Kind.TEXT;
    }

    private static void candidate(Bench bench, Column value, Column owner, List<Candidate> found) {
        boolean key = bench.isKey(owner);
        var of = key ? Sql.name(owner.field()) : leftOf(owner);
        var same = key ? "true" : "%s IS NOT DISTINCT FROM %s".formatted(leftOf(owner), rightOf(owner));
        var changes = bench.duck()
                .list(
                        """
                SELECT CAST(o AS VARCHAR), min(r), min(l), count(*) FROM (SELECT %1$s AS o, %2$s AS l, %3$s AS r FROM %4$s
                  WHERE kind = 'changed' AND %2$s <> %3$s AND %5$s) WHERE o IS NOT NULL
                GROUP BY o HAVING count(DISTINCT l) = 1 AND count(DISTINCT r) = 1 ORDER BY count(*) DESC, 1 LIMIT %6$d""".formatted(of, leftOf(value), rightOf(value), bench.pairs(), same, MOST_REPLACEMENTS + 1),
                        row -> new Change(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)));
        long rows = changes.stream().mapToLong(Change::rows).sum();
        if (changes.isEmpty() || changes.size() > MOST_REPLACEMENTS || rows < (long) LEAST_ROWS * changes.size()) {
            return;
        }
        var first = changes.get(0);
        var change = "%s of RIGHT is replaced for %d value(s) of %s, as '%s' by '%s' for %s"
                .formatted(value.name(), changes.size(), owner.name(), first.from(), first.to(), first.of());
        found.add(Candidate.onRight(
                        Pattern.STALE_VALUE,
                        change,
                        (left, right) -> Candidate.replacing(right, replacement(value, owner, changes)),
                        Candidate.Keys.KEPT)
                .weighing(Math.pow(0.999, changes.size())));
    }

    private static Map<Column, String> replacement(Column value, Column owner, List<Change> changes) {
        var field = Sql.name(value.field());
        var cases = new StringBuilder("CASE");
        changes.forEach(change -> cases.append(" WHEN CAST(%s AS VARCHAR) = %s AND %s = %s THEN %s"
                .formatted(
                        Sql.name(owner.field()),
                        Sql.text(change.of()),
                        field,
                        Sql.text(change.from()),
                        Sql.text(change.to()))));
        var values = new LinkedHashMap<Column, String>();
        values.put(value, cases.append(" ELSE %s END".formatted(field)).toString());
        return values;
    }
}
