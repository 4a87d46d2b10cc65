package dev.tandem.diff.why;

import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Windows are cut at other bounds, as with another origin or the day of another zone: what one window has too much, its neighbours have too
 * little, so that sums over a longer time agree.
 */
final class OtherBounds implements Hypothesis {
    private static final List<String> LONGER = List.of("day", "month", "year", "whole time");
    /** A cell that agrees must hold several differing rows; one alone that agrees would not differ. */
    private static final double LESS_THAN_EQUAL_ROWS = 0.9;

    private static final int LEAST_ROWS_PER_CELL = 2;

    @Override
    public List<Candidate> candidates(Bench bench) {
        var found = new ArrayList<Candidate>();
        if (bench.keyTimes().isEmpty() || bench.numbers().isEmpty() || othersDiffer(bench)) {
            return found;
        }
        for (var longer : LONGER) {
            var agreeing = agreeing(bench, longer);
            if (proven(bench, longer, agreeing)) {
                found.add(candidate(bench, longer, agreeing));
            }
        }
        return found;
    }

    /** A record that falls into another window changes numbers, never a text. */
    private static boolean othersDiffer(Bench bench) {
        var others = bench.columns().values().stream()
                .filter(column -> !column.type().number() && !column.type().temporal())
                .map(column -> "%s IS DISTINCT FROM %s".formatted(Bench.leftOf(column), Bench.rightOf(column)))
                .collect(Collectors.joining(" OR "));
        return !others.isEmpty()
                && bench.duck()
                                .number("SELECT count(*) FROM %s WHERE kind = 'changed' AND (%s)"
                                        .formatted(bench.pairs(), others))
                        > 0;
    }

    private static String cell(Bench bench, String longer) {
        var time = Sql.name(bench.keyTimes().get(0).field());
        var parts = new ArrayList<String>();
        parts.add(longer.equals("whole time") ? "0" : "date_trunc('%s', %s::TIMESTAMP)".formatted(longer, time));
        bench.columns().keys().stream()
                .filter(column -> !column.type().temporal())
                .forEach(column -> parts.add(Sql.name(column.field())));
        return "row(%s)".formatted(String.join(", ", parts));
    }

    /** Selects the cells, as {@code cell}, in which the sums of all numbers agree. */
    private static String agreeing(Bench bench, String longer) {
        var sums = bench.numbers().stream()
                .map(column -> "sum(%1$s::DOUBLE) AS %1$s".formatted(Sql.name(column.field())))
                .collect(Collectors.joining(", "));
        var equal = bench.numbers().stream().map(OtherBounds::equalSums).collect(Collectors.joining(" AND "));
        var cell = cell(bench, longer);
        return "SELECT l.cell FROM (SELECT %1$s AS cell, %2$s FROM %3$s GROUP BY 1) l JOIN (SELECT %1$s AS cell, %2$s FROM %4$s GROUP BY 1) r ON l.cell = r.cell WHERE %5$s"
                .formatted(cell, sums, bench.left(), bench.right(), equal);
    }

    private static String equalSums(Column column) {
        return "abs(%1$s::DOUBLE - %2$s::DOUBLE) <= 1e-9 * greatest(abs(%1$s::DOUBLE), 1)"
                .formatted(column.in("l"), column.in("r"));
    }

    /** Most cells with differences must agree, and hold several of them each. */
    private static boolean proven(Bench bench, String longer, String agreeing) {
        var counts = bench.duck()
                .list("""
                        SELECT count(*), count(*) FILTER (cell IN (%1$s)), coalesce(sum(n) FILTER (cell IN (%1$s)), 0)
                        FROM (SELECT %2$s AS cell, count(*) AS n FROM %3$s WHERE kind <> 'tolerated' GROUP BY 1)""".formatted(agreeing, cell(bench, longer), bench.pairs()), row ->
                        new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
                .get(0);
        return counts[1] > 0 && counts[1] * 10 >= counts[0] * 5 && counts[2] >= LEAST_ROWS_PER_CELL * counts[1];
    }

    private static Candidate candidate(Bench bench, String longer, String agreeing) {
        var cell = cell(bench, longer);
        return Candidate.onRight(
                        Pattern.WINDOW_BOUNDS,
                        "windows are added up over %s: they are cut at other bounds, and what one has too much its neighbours lack"
                                .formatted(longer.equals("whole time") ? "the whole time" : "each " + longer),
                        (left, right) ->
                                "SELECT * FROM %1$s WHERE %2$s NOT IN (%3$s) UNION ALL SELECT * FROM %4$s WHERE %2$s IN (%3$s)"
                                        .formatted(right, cell, agreeing, left),
                        Candidate.Keys.CHANGED)
                .weighing(LESS_THAN_EQUAL_ROWS);
    }
}
