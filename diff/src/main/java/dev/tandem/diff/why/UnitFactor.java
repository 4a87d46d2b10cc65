package dev.tandem.diff.why;

import static dev.tandem.diff.why.Bench.leftOf;
import static dev.tandem.diff.why.Bench.rightOf;

import dev.tandem.diff.table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Numbers of one side are a fixed multiple of the other's: cents and units, bytes and kibibytes, shares and percent. */
final class UnitFactor implements Hypothesis {
    private static final double[] KNOWN = {
        10, 12, 24, 60, 100, 1_000, 1_024, 3_600, 10_000, 86_400, 1_000_000, 1_048_576, 1_000_000_000, 1_073_741_824
    };
    private static final int LEAST_NUMBERS = 3;

    @Override
    public List<Candidate> candidates(Bench bench) {
        var columnsByFactor = new TreeMap<Double, List<Column>>();
        for (var column : bench.numbers()) {
            factor(bench, column)
                    .ifPresent(factor -> columnsByFactor
                            .computeIfAbsent(factor, it -> new ArrayList<>())
                            .add(column));
        }
        return columnsByFactor.entrySet().stream()
                .map(entry -> candidate(bench, entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The multiple that most rows have, near enough for rounded numbers; a known one only, or one that is exact. */
    private static Optional<Double> factor(Bench bench, Column column) {
        var ratio = "(%s::DOUBLE / %s::DOUBLE)".formatted(rightOf(column), leftOf(column));
        var rows = "FROM %s WHERE kind = 'changed' AND %s <> 0 AND %s <> 0 AND %s <> %s"
                .formatted(bench.pairs(), leftOf(column), rightOf(column), leftOf(column), rightOf(column));
        long all = bench.duck().number("SELECT count(*) " + rows);
        long numbers = bench.duck().number("SELECT count(DISTINCT %s) %s".formatted(leftOf(column), rows));
        if (all == 0 || numbers < LEAST_NUMBERS) {
            return Optional.empty();
        }
        double median = bench.duck()
                .list("SELECT median(%s) %s".formatted(ratio, rows), row -> row.getDouble(1))
                .get(0);
        if (!Double.isFinite(median) || median == 0) {
            return Optional.empty();
        }
        for (double known : KNOWN) {
            for (double factor : new double[] {known, 1 / known}) {
                if (Math.abs(median / factor - 1) < 0.01) {
                    return Optional.of(factor);
                }
            }
        }
        long exact = bench.duck()
                .number("SELECT count(*) FILTER (abs(%s / %s - 1) < 1e-9) %s".formatted(ratio, median, rows));
        boolean another = Math.abs(median - 1) > 1e-6 && median != 2 && median != 0.5 && median > 0;
        return another && exact * 10 >= all * 9 ? Optional.of(median) : Optional.empty();
    }

    /** A quotient of doubles may be off by its last bit, which is no difference of the tables. */
    private static Candidate candidate(Bench bench, double factor, List<Column> columns) {
        boolean divide = factor > 1;
        var operand = divide ? plain(factor) : plain(1 / factor);
        Map<Column, String> values = new LinkedHashMap<>();
        for (var column : columns) {
            var repaired = "(%s::DOUBLE %s %s)".formatted(column.in("r"), divide ? "/" : "*", operand);
            values.put(
                    column,
                    "CASE WHEN abs(%1$s::DOUBLE - %2$s::DOUBLE) <= 1e-12 * abs(%2$s::DOUBLE) THEN %2$s ELSE %1$s END"
                            .formatted(repaired, column.in("l")));
        }
        return Candidate.onRight(
                Pattern.UNIT_FACTOR,
                "%s of RIGHT %s %s by %s"
                        .formatted(
                                Candidate.names(columns),
                                columns.size() == 1 ? "is" : "are",
                                divide ? "divided" : "multiplied",
                                operand),
                (left, right) -> Candidate.replacingBeside(bench, left, right, values),
                Candidate.Keys.KEPT);
    }

    private static String plain(double factor) {
        long whole = Math.round(factor);
        return Math.abs(factor - whole) < 1e-9 * factor ? Long.toString(whole) : Double.toString(factor);
    }
}
