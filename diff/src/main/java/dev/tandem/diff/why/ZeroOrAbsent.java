package dev.tandem.diff.why;

import static dev.tandem.diff.why.Bench.leftOf;
import static dev.tandem.diff.why.Bench.rightOf;

import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** One side has a row of zeros, or a zero, where the other has none. */
final class ZeroOrAbsent implements Hypothesis {
    @Override
    public List<Candidate> candidates(Bench bench) {
        var found = new ArrayList<Candidate>();
        if (!bench.numbers().isEmpty()) {
            var zeros = bench.numbers().stream()
                    .map(column -> "coalesce(%s, 0) = 0".formatted(Sql.name(column.field())))
                    .collect(Collectors.joining(" AND ", "(", ")"));
            found.add(Candidate.onBoth(
                    Pattern.ZERO_OR_ABSENT,
                    "rows whose numbers are all zero count as absent",
                    (left, right) -> "SELECT * FROM %s WHERE NOT %s".formatted(left, zeros),
                    (left, right) -> "SELECT * FROM %s WHERE NOT %s".formatted(right, zeros),
                    Candidate.Keys.KEPT));
        }
        var columns = bench.numbers().stream()
                .filter(column -> zeroAgainstNull(bench, column))
                .toList();
        if (!columns.isEmpty()) {
            var values = new LinkedHashMap<Column, String>();
            columns.forEach(column -> values.put(column, "coalesce(%s, 0)".formatted(Sql.name(column.field()))));
            found.add(Candidate.onBoth(
                    Pattern.ZERO_OR_ABSENT,
                    "null in %s counts as zero".formatted(Candidate.names(columns)),
                    (left, right) -> Candidate.replacing(left, values),
                    (left, right) -> Candidate.replacing(right, values),
                    Candidate.Keys.KEPT));
        }
        return found;
    }

    private static boolean zeroAgainstNull(Bench bench, Column column) {
        return bench.duck()
                        .number(
                                "SELECT count(*) FROM %1$s WHERE kind = 'changed' AND ((%2$s IS NULL AND %3$s = 0) OR (%3$s IS NULL AND %2$s = 0))"
                                        .formatted(bench.pairs(), leftOf(column), rightOf(column)))
                > 0;
    }
}
