package dev.tandem.diff.why;

import static dev.tandem.diff.why.Bench.leftOf;
import static dev.tandem.diff.why.Bench.rightOf;

import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Column;
import java.util.List;
import java.util.stream.Collectors;

/** Only the newest times differ: one side was read, or has counted, further than the other. */
final class ReadLater implements Hypothesis {
    /** A part this small at the end can be what came between two readings. */
    private static final double LARGEST_PART = 0.25;

    /** Where older rows differ as well, being read later does not explain it. */
    private static final double LARGEST_OLDER_PART = 0.25;

    private static final List<String> UNITS = List.of("minute", "hour", "day");

    private record Step(String from, long rows, long differing) {}

    @Override
    public List<Candidate> candidates(Bench bench) {
        return bench.keyTimes().stream()
                .limit(1)
                .flatMap(column -> UNITS.stream().flatMap(unit -> newest(bench, column, unit).stream()))
                .toList();
    }

    /** Goes back from the newest time as long as at least half of the rows differ. */
    private static List<Candidate> newest(Bench bench, Column column, String unit) {
        var field = Sql.name(column.field());
        var steps = bench.duck()
                .list(
                        """
                SELECT CAST(t AS VARCHAR), sum(n), sum(d) FROM (
                  SELECT date_trunc('%1$s', %2$s::TIMESTAMP) AS t, count(*) AS n, 0 AS d FROM %3$s GROUP BY t
                  UNION ALL SELECT date_trunc('%1$s', %2$s::TIMESTAMP), count(*) FILTER (kind = 'only right'), count(*)
                  FROM %4$s WHERE kind <> 'tolerated' GROUP BY 1) WHERE t IS NOT NULL GROUP BY t ORDER BY t DESC""".formatted(unit, field, bench.left(), bench.pairs()),
                        row -> new Step(row.getString(1), row.getLong(2), row.getLong(3)));
        long all = steps.stream().mapToLong(Step::rows).sum();
        long differing = steps.stream().mapToLong(Step::differing).sum();
        long rows = 0;
        long newest = 0;
        String from = "";
        for (var step : steps) {
            if (step.differing() * 2 < step.rows() || (rows + step.rows()) > LARGEST_PART * all) {
                break;
            }
            rows += step.rows();
            newest += step.differing();
            from = step.from();
        }
        boolean olderAgree = (differing - newest) <= LARGEST_OLDER_PART * (all - rows);
        return from.isEmpty() || !olderAgree ? List.of() : List.of(candidate(bench, column, from));
    }

    private static Candidate candidate(Bench bench, Column column, String from) {
        var before = "SELECT * FROM %s WHERE "
                + "(%1$s IS NULL OR %1$s::TIMESTAMP < TIMESTAMP %2$s)"
                        .formatted(Sql.name(column.field()), Sql.text(from))
                        .replace("%", "%%");
        return Candidate.onBoth(
                Pattern.READ_LATER,
                "rows from %s on are left out, as %s has the newer ones".formatted(from, later(bench, column, from)),
                (left, right) -> before.formatted(left),
                (left, right) -> before.formatted(right),
                Candidate.Keys.KEPT);
    }

    /** The side with more rows there, or the larger numbers. */
    private static String later(Bench bench, Column column, String from) {
        var larger = bench.numbers().stream()
                .map(it -> "sum(sign(%s - %s))".formatted(rightOf(it), leftOf(it)))
                .map(it -> "coalesce(" + it + ", 0)")
                .collect(Collectors.joining(" + "));
        double balance = bench.duck()
                .list(
                        "SELECT count(*) FILTER (kind = 'only right') - count(*) FILTER (kind = 'only left') + %s FROM %s WHERE %s::TIMESTAMP >= TIMESTAMP %s"
                                .formatted(
                                        larger.isEmpty() ? "0" : larger,
                                        bench.pairs(),
                                        Sql.name(column.field()),
                                        Sql.text(from)),
                        row -> row.getDouble(1))
                .get(0);
        return balance >= 0 ? "RIGHT" : "LEFT";
    }
}
