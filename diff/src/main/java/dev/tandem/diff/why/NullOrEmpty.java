package dev.tandem.diff.why;

import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** One side writes null where the other writes an empty text, or a word for it. */
final class NullOrEmpty implements Hypothesis {
    private static final String WORDS = "'null', 'none', 'nan', 'n/a', 'na', '-', '\\n', '(null)', 'undefined'";

    @Override
    public List<Candidate> candidates(Bench bench) {
        var found = new ArrayList<Candidate>();
        var empty = bench.texts().stream()
                .filter(column -> occurs(bench, column, "trim(%s) = ''"))
                .toList();
        if (!empty.isEmpty()) {
            found.add(candidate(bench, empty, "an empty text in %s counts as null", "nullif(trim(%1$s), '')"));
        }
        var words = bench.texts().stream()
                .filter(column -> occurs(bench, column, "lower(%s) IN (" + WORDS + ")"))
                .toList();
        if (!words.isEmpty()) {
            found.add(candidate(
                    bench,
                    words,
                    "a word such as 'N/A' in %s counts as null",
                    "CASE WHEN lower(%1$s) IN (" + WORDS + ") THEN NULL ELSE %1$s END"));
        }
        return found;
    }

    private static boolean occurs(Bench bench, Column column, String condition) {
        var field = Sql.name(column.field());
        return bench.duck()
                        .number(
                                "SELECT count(*) FROM (SELECT %1$s FROM %3$s UNION ALL SELECT %1$s FROM %4$s) WHERE %2$s"
                                        .formatted(field, condition.formatted(field), bench.left(), bench.right()))
                > 0;
    }

    private static Candidate candidate(Bench bench, List<Column> columns, String change, String sql) {
        var values = new LinkedHashMap<Column, String>();
        columns.forEach(column -> values.put(column, sql.formatted(Sql.name(column.field()))));
        return Candidate.onBoth(
                Pattern.NULL_OR_EMPTY,
                change.formatted(Candidate.names(columns)),
                (left, right) -> Candidate.replacing(left, values),
                (left, right) -> Candidate.replacing(right, values),
                columns.stream().anyMatch(bench::isKey) ? Candidate.Keys.CHANGED : Candidate.Keys.KEPT);
    }
}
