package dev.tandem.diff.why;

import static dev.tandem.diff.why.Bench.leftOf;
import static dev.tandem.diff.why.Bench.rightOf;

import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Column;
import java.util.LinkedHashMap;
import java.util.List;

/** Numbers of one side are the negatives of the other's. */
final class Sign implements Hypothesis {
    @Override
    public List<Candidate> candidates(Bench bench) {
        var columns = bench.numbers().stream()
                .filter(column -> opposite(bench, column))
                .toList();
        if (columns.isEmpty()) {
            return List.of();
        }
        var values = new LinkedHashMap<Column, String>();
        columns.forEach(column -> values.put(column, "-" + Sql.name(column.field())));
        return List.of(Candidate.onRight(
                Pattern.SIGN,
                "%s of RIGHT %s the opposite sign"
                        .formatted(Candidate.names(columns), columns.size() == 1 ? "gets" : "get"),
                (left, right) -> Candidate.replacing(right, values),
                Candidate.Keys.KEPT));
    }

    private static boolean opposite(Bench bench, Column column) {
        return bench.duck()
                        .number(
                                "SELECT count(*) FILTER (%1$s = -%2$s AND %1$s <> 0) * 2 - count(*) FILTER (%1$s <> %2$s) FROM %3$s WHERE kind = 'changed'"
                                        .formatted(leftOf(column), rightOf(column), bench.pairs()))
                > 0;
    }
}
