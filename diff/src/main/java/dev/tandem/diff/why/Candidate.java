package dev.tandem.diff.why;

import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Column;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A change of one or both tables that may make rows equal.
 *
 * @param change completes the sentence "they become equal if …"
 * @param left makes the left side's rows
 * @param weight what an equal row counts: below 1 for a change that proves less
 */
public record Candidate(Pattern pattern, String change, Rewriting left, Rewriting right, Keys keys, double weight) {
    /** Makes a query that selects a side's changed rows from the two tables. */
    @FunctionalInterface
    interface Rewriting {
        String of(String left, String right);
    }

    /** Whether rows may have another key after the change. */
    enum Keys {
        KEPT,
        CHANGED
    }

    private static final Rewriting LEFT_AS_IT_IS = (left, right) -> "SELECT * FROM " + left;
    private static final Rewriting RIGHT_AS_IT_IS = (left, right) -> "SELECT * FROM " + right;

    static Candidate onLeft(Pattern pattern, String change, Rewriting left, Keys keys) {
        return new Candidate(pattern, change, left, RIGHT_AS_IT_IS, keys, 1);
    }

    static Candidate onRight(Pattern pattern, String change, Rewriting right, Keys keys) {
        return new Candidate(pattern, change, LEFT_AS_IT_IS, right, keys, 1);
    }

    static Candidate onBoth(Pattern pattern, String change, Rewriting left, Rewriting right, Keys keys) {
        return new Candidate(pattern, change, left, right, keys, 1);
    }

    Candidate weighing(double share) {
        return new Candidate(pattern, change, left, right, keys, share);
    }

    /** Selects {@code table} with other values in some columns. */
    static String replacing(String table, Map<Column, String> values) {
        return "SELECT * REPLACE (%s) FROM %s".formatted(assignments(values), table);
    }

    /** Selects the right side, as {@code r}, beside the left side's row of the same key, as {@code l}. */
    static String replacingBeside(Bench bench, String left, String right, Map<Column, String> values) {
        return "SELECT r.* REPLACE (%s) FROM %s r LEFT JOIN %s l ON %s"
                .formatted(assignments(values), right, left, bench.columns().sameKey());
    }

    private static String assignments(Map<Column, String> values) {
        return values.entrySet().stream()
                .map(entry -> "TRY_CAST(%s AS %s) AS %s"
                        .formatted(
                                entry.getValue(),
                                entry.getKey().type().sql(),
                                Sql.name(entry.getKey().field())))
                .collect(Collectors.joining(", "));
    }

    /** As in "a, b and c". */
    static String names(List<Column> columns) {
        var names = columns.stream().map(Column::name).toList();
        return names.size() == 1
                ? names.get(0)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
    }
}
