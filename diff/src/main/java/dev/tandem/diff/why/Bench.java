package dev.tandem.diff.why;

import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Column;
import dev.tandem.diff.table.Columns;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Two tables on which hypotheses are tried.
 *
 * @param left the name of a working table
 * @param pairs the name of the table of their differing rows, with each value as {@code l…} and {@code r…}
 */
record Bench(Duck duck, Columns columns, String left, String right, String pairs) {
    /**
     * How much two tables differ.
     *
     * @param cells differing values; a row that only one side has counts with all of them and its key. So a change that repairs a part of a
     *     row is seen to help.
     */
    record Score(long rows, long cells) {}

    Score score() {
        return score(left, right);
    }

    Score score(Candidate candidate) {
        return score(rewritten(candidate, candidate.left()), rewritten(candidate, candidate.right()));
    }

    /** A side after {@code candidate}; where keys were changed, the rows of a key are numbered anew. */
    String rewritten(Candidate candidate, Candidate.Rewriting rewriting) {
        var rows = rewriting.of(left, right);
        return candidate.keys() == Candidate.Keys.KEPT
                ? "(%s)".formatted(rows)
                : "(SELECT * REPLACE (row_number() OVER (PARTITION BY %s ORDER BY %s) AS copy) FROM (%s))"
                        .formatted(columns.keyFields(), columns.allFields(), rows);
    }

    private Score score(String leftRows, String rightRows) {
        var cells = columns.values().stream()
                .map(column -> "CAST(%s AS INTEGER)".formatted(column.differs("l", "r")))
                .collect(Collectors.joining(" + "));
        var sql = """
                SELECT count(*), coalesce(sum(cells), 0) FROM (
                  SELECT CASE WHEN l.copy IS NULL OR r.copy IS NULL THEN %d ELSE %s END AS cells
                  FROM %s l FULL JOIN %s r ON %s) WHERE cells > 0""".formatted(
                columns.values().size() + 1, cells.isEmpty() ? "0" : cells, leftRows, rightRows, columns.sameKey());
        return duck.list(sql, row -> new Score(row.getLong(1), row.getLong(2))).get(0);
    }

    List<Column> keyTimes() {
        return columns.keys().stream()
                .filter(column -> column.type().temporal())
                .toList();
    }

    List<Column> numbers() {
        return columns.values().stream()
                .filter(column -> column.type().number())
                .toList();
    }

    List<Column> texts() {
        return columns.all().stream()
                .filter(column -> column.type().kind() == Column.Kind.TEXT)
                .toList();
    }

    boolean isKey(Column column) {
        return columns.keys().contains(column);
    }

    /** A value of the left side in the table of pairs. */
    static String leftOf(Column column) {
        return Sql.name("l" + column.field());
    }

    static String rightOf(Column column) {
        return Sql.name("r" + column.field());
    }
}
