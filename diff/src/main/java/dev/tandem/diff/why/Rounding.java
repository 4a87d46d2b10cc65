package dev.tandem.diff.why;

import static dev.tandem.diff.why.Bench.leftOf;
import static dev.tandem.diff.why.Bench.rightOf;

import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Column;
import dev.tandem.diff.table.Column.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One side's numbers have fewer digits, or the bits of a narrower type, or were added up in another order. */
final class Rounding implements Hypothesis {
    private static final int MOST_DIGITS = 8;
    private static final int LEAST_DIGITS = -6;

    /** A way to lose digits; {@code %1$s} is the number, {@code %2$d} the digits that are kept. */
    private record Way(String word, String sql) {}

    private static final List<Way> WAYS = List.of(
            new Way("rounded half up", "round(TRY_CAST(%1$s AS DECIMAL(38, 12)), %2$d)"),
            new Way("rounded half up", "round(%1$s::DOUBLE, %2$d)"),
            new Way("rounded half to even", "round_even(%1$s::DOUBLE, %2$d)"),
            new Way("cut off", "trunc(TRY_CAST(%1$s AS DECIMAL(38, 12)) * 1e%2$d) / 1e%2$d"),
            new Way("rounded down", "floor(TRY_CAST(%1$s AS DECIMAL(38, 12)) * 1e%2$d) / 1e%2$d"),
            new Way("rounded up", "ceil(TRY_CAST(%1$s AS DECIMAL(38, 12)) * 1e%2$d) / 1e%2$d"));

    @Override
    public List<Candidate> candidates(Bench bench) {
        var found = new ArrayList<Candidate>();
        for (var column : bench.numbers()) {
            if (differing(bench, column)) {
                found.addAll(digits(bench, column));
                if (column.type().kind() == Kind.FLOATING) {
                    found.addAll(bits(bench, column));
                }
                lastDigit(bench, column).ifPresent(found::add);
            }
        }
        return found;
    }

    private static boolean differing(Bench bench, Column column) {
        return bench.duck()
                        .number("SELECT count(*) FROM %s WHERE kind = 'changed' AND %s <> %s"
                                .formatted(bench.pairs(), leftOf(column), rightOf(column)))
                > 0;
    }

    private static List<Candidate> digits(Bench bench, Column column) {
        var left = precision(bench, column, bench.left());
        var right = precision(bench, column, bench.right());
        if (right.isPresent() && (left.isEmpty() || left.getAsInt() > right.getAsInt())) {
            return ways(column, right.getAsInt(), "LEFT");
        }
        return left.isPresent() && (right.isEmpty() || right.getAsInt() > left.getAsInt())
                ? ways(column, left.getAsInt(), "RIGHT")
                : List.of();
    }

    /** So many digits after the point are enough for all of a side's numbers; negative for tens and hundreds. */
    private static OptionalInt precision(Bench bench, Column column, String table) {
        var field = Sql.name(column.field());
        var tests = new ArrayList<String>();
        for (int digits = LEAST_DIGITS; digits <= MOST_DIGITS; digits++) {
            tests.add(
                    "count(*) FILTER (abs(%1$s::DOUBLE - round(%1$s::DOUBLE, %2$d)) > 1e-11 * greatest(abs(%1$s::DOUBLE), 1e-3))"
                            .formatted(field, digits));
        }
        var unfit = bench.duck().list("SELECT %s FROM %s".formatted(String.join(", ", tests), table), row -> {
            for (int index = 0; index < tests.size(); index++) {
                if (row.getLong(index + 1) == 0) {
                    return OptionalInt.of(LEAST_DIGITS + index);
                }
            }
            return OptionalInt.empty();
        });
        return unfit.get(0);
    }

    private static List<Candidate> ways(Column column, int digits, String finer) {
        var to = digits >= 0
                ? "%d digit%s".formatted(digits, digits == 1 ? "" : "s")
                : "multiples of 1%s".formatted("0".repeat(-digits));
        return WAYS.stream()
                .map(way -> onSide(
                        finer,
                        "%s of %s is %s to %s".formatted(column.name(), finer, way.word(), to),
                        Map.of(column, way.sql().formatted(Sql.name(column.field()), digits))))
                .toList();
    }

    private static Candidate onSide(String word, String change, Map<Column, String> values) {
        return word.equals("LEFT")
                ? Candidate.onLeft(
                        Pattern.ROUNDING,
                        change,
                        (left, right) -> Candidate.replacing(left, values),
                        Candidate.Keys.KEPT)
                : Candidate.onRight(
                        Pattern.ROUNDING,
                        change,
                        (left, right) -> Candidate.replacing(right, values),
                        Candidate.Keys.KEPT);
    }

    private static List<Candidate> bits(Bench bench, Column column) {
        var found = new ArrayList<Candidate>();
        var field = Sql.name(column.field());
        for (var word : List.of("LEFT", "RIGHT")) {
            found.add(onSide(
                    word,
                    "%s of %s is cut to a 32-bit float".formatted(column.name(), word),
                    Map.of(column, "CAST(TRY_CAST(%s AS FLOAT) AS DOUBLE)".formatted(field))));
            for (int digits : new int[] {6, 7, 15}) {
                found.add(onSide(
                        word,
                        "%s of %s is rounded to %d significant digits".formatted(column.name(), word, digits),
                        Map.of(column, "CAST(format('{:.%dg}', %s) AS DOUBLE)".formatted(digits, field))));
            }
        }
        found.add(near(
                bench,
                column,
                "differences in the last bits of %s (below 1e-9 of it) do not count, as sums of floating-point numbers in another order have"
                        .formatted(column.name()),
                "1e-9 * greatest(abs(%s), abs(%s))".formatted(column.in("l"), column.in("r"))));
        return found;
    }

    /** Both sides have as many digits, and where they differ it is by one unit of the last: what was rounded is not there any more. */
    private static Optional<Candidate> lastDigit(Bench bench, Column column) {
        var left = precision(bench, column, bench.left());
        var right = precision(bench, column, bench.right());
        if (column.type().kind() == Kind.WHOLE
                || left.isEmpty()
                || right.isEmpty()
                || left.getAsInt() < 1
                || left.getAsInt() != right.getAsInt()) {
            return Optional.empty();
        }
        double unit = Math.pow(10, -left.getAsInt());
        long apart = bench.duck()
                .number("SELECT count(*) FILTER (abs(%1$s - %2$s) > %3$s) FROM %4$s WHERE kind = 'changed'"
                        .formatted(leftOf(column), rightOf(column), unit * 1.01, bench.pairs()));
        return apart > 0
                ? Optional.empty()
                : Optional.of(near(
                        bench,
                        column,
                        "one unit in the last digit of %s does not count: it was rounded in another way"
                                .formatted(column.name()),
                        Double.toString(unit * 1.01)));
    }

    private static Candidate near(Bench bench, Column column, String change, String limit) {
        Map<Column, String> values = Map.of(
                column,
                "CASE WHEN abs(%1$s::DOUBLE - %2$s::DOUBLE) <= %3$s THEN %2$s ELSE %1$s END"
                        .formatted(column.in("r"), column.in("l"), limit));
        return Candidate.onRight(
                Pattern.ROUNDING,
                change,
                (left, right) -> Candidate.replacingBeside(bench, left, right, values),
                Candidate.Keys.KEPT);
    }
}
