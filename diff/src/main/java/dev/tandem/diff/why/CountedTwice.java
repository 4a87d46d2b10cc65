package dev.tandem.diff.why;

import static dev.tandem.diff.why.Bench.leftOf;
import static dev.tandem.diff.why.Bench.rightOf;

import dev.tandem.diff.table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A side has a row several times, or numbers that are exactly twice those of the other side. */
final class CountedTwice implements Hypothesis {
    /** Doubles of so many different numbers are no chance: 1 against 2 alone could be one more record. */
    private static final int LEAST_NUMBERS = 3;

    @Override
    public List<Candidate> candidates(Bench bench) {
        var found = new ArrayList<Candidate>();
        copies(bench, bench.left(), "LEFT").ifPresent(found::add);
        copies(bench, bench.right(), "RIGHT").ifPresent(found::add);
        doubled(bench, 2, "RIGHT").ifPresent(found::add);
        doubled(bench, 0.5, "LEFT").ifPresent(found::add);
        return found;
    }

    private static Optional<Candidate> copies(Bench bench, String table, String word) {
        if (bench.duck().number("SELECT count(*) FROM %s WHERE copy > 1".formatted(table)) == 0) {
            return Optional.empty();
        }
        var change = "the same row counts only once in " + word;
        var once = "SELECT * FROM %s QUALIFY row_number() OVER (PARTITION BY "
                + bench.columns().allFields() + " ORDER BY copy) = 1";
        return Optional.of(
                word.equals("LEFT")
                        ? Candidate.onLeft(
                                Pattern.COUNTED_TWICE,
                                change,
                                (left, right) -> once.formatted(left),
                                Candidate.Keys.CHANGED)
                        : Candidate.onRight(
                                Pattern.COUNTED_TWICE,
                                change,
                                (left, right) -> once.formatted(right),
                                Candidate.Keys.CHANGED));
    }

    /** Rows of which every number that differs is {@code factor} times the left side's. */
    private static Optional<Candidate> doubled(Bench bench, double factor, String word) {
        var columns = bench.numbers().stream()
                .filter(column -> occurs(bench, column, factor))
                .toList();
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        var twice = columns.stream()
                .map(column -> "(%1$s IS NOT DISTINCT FROM %2$s OR %2$s::DOUBLE = %1$s::DOUBLE * %3$s)"
                        .formatted(column.in("l"), column.in("r"), factor))
                .collect(Collectors.joining(" AND ", "(", ")"));
        var values = new LinkedHashMap<Column, String>();
        columns.forEach(column -> values.put(
                column, "CASE WHEN %s THEN %s ELSE %s END".formatted(twice, column.in("l"), column.in("r"))));
        return Optional.of(Candidate.onRight(
                Pattern.COUNTED_TWICE,
                "%s in rows of %s with exactly twice the other side's number %s halved"
                        .formatted(Candidate.names(columns), word, columns.size() == 1 ? "is" : "are"),
                (left, right) -> Candidate.replacingBeside(bench, left, right, values),
                Candidate.Keys.KEPT));
    }

    private static boolean occurs(Bench bench, Column column, double factor) {
        return bench.duck()
                        .number(
                                "SELECT count(DISTINCT %1$s) FROM %3$s WHERE kind = 'changed' AND %1$s <> 0 AND %2$s::DOUBLE = %1$s::DOUBLE * %4$s"
                                        .formatted(leftOf(column), rightOf(column), bench.pairs(), factor))
                >= LEAST_NUMBERS;
    }
}
