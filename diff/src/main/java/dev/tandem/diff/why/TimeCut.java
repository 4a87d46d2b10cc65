package dev.tandem.diff.why;

import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One side keeps times only to the second, minute, hour or day. */
final class TimeCut implements Hypothesis {
    private static final List<String> UNITS = List.of("millisecond", "second", "minute", "hour", "day");

    @Override
    public List<Candidate> candidates(Bench bench) {
        var found = new ArrayList<Candidate>();
        for (var column : bench.columns().all()) {
            if (column.type().kind() == Column.Kind.TIME) {
                for (var unit : UNITS) {
                    boolean left = coarse(bench, column, bench.left(), unit);
                    boolean right = coarse(bench, column, bench.right(), unit);
                    if (left != right) {
                        found.add(candidate(bench, column, unit, right ? "LEFT" : "RIGHT"));
                    }
                }
            }
        }
        return found;
    }

    private static boolean coarse(Bench bench, Column column, String table, String unit) {
        var field = Sql.name(column.field());
        return bench.duck()
                        .number("SELECT count(*) FROM %1$s WHERE date_trunc('%2$s', %3$s) <> %3$s"
                                .formatted(table, unit, field))
                == 0;
    }

    private static Candidate candidate(Bench bench, Column column, String unit, String finer) {
        var values = Map.of(column, "date_trunc('%s', %s)".formatted(unit, Sql.name(column.field())));
        var change = "%s of %s is cut to the %s".formatted(column.name(), finer, unit);
        var keys = bench.isKey(column) ? Candidate.Keys.CHANGED : Candidate.Keys.KEPT;
        return finer.equals("LEFT")
                ? Candidate.onLeft(Pattern.ROUNDING, change, (left, right) -> Candidate.replacing(left, values), keys)
                : Candidate.onRight(
                        Pattern.ROUNDING, change, (left, right) -> Candidate.replacing(right, values), keys);
    }
}
