package dev.tandem.diff.why;

import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows that one side lacks are all there is of a day, a value, a prefix or a partition. */
final class MissingSlice implements Hypothesis {
    private static final int MOST_SLICES = 24;
    private static final int LEAST_ROWS = 3;
    /** Slices that are a matter of course, as each single number, prove less. */
    private static final double FINE = 0.98;

    /** A way to cut a table; {@code sql} gives a row's slice, a null for none. */
    private record Cut(String word, String sql, Column column) {}

    private record Slice(String label, long rows) {}

    @Override
    public List<Candidate> candidates(Bench bench) {
        var found = new ArrayList<Candidate>();
        for (var cut : cuts(bench)) {
            candidate(bench, cut, true, found);
            candidate(bench, cut, false, found);
        }
        return found;
    }

    private static List<Cut> cuts(Bench bench) {
        var cuts = new ArrayList<Cut>();
        for (var column : bench.columns().all()) {
            var field = Sql.name(column.field());
            switch (column.type().kind()) {
                case TIME, DATE -> {
                    cuts.add(new Cut("day", "left(CAST(%s AS VARCHAR), 10)".formatted(field), column));
                    cuts.add(new Cut("month", "left(CAST(%s AS VARCHAR), 7)".formatted(field), column));
                    cuts.add(new Cut("hour", "left(CAST(%s::TIMESTAMP AS VARCHAR), 13)".formatted(field), column));
                }
                case TEXT -> {
                    cuts.add(new Cut("value", field, column));
                    cuts.add(new Cut(
                            "prefix",
                            "nullif(regexp_extract(%s, '^[^-_:/.]{1,24}[-_:/.]'), '')".formatted(field),
                            column));
                    cuts.add(new Cut("prefix", "left(%s, 1)".formatted(field), column));
                    cuts.add(new Cut("prefix", "left(%s, 2)".formatted(field), column));
                }
                case WHOLE -> {
                    if (bench.isKey(column)) {
                        cuts.add(new Cut("value", "CAST(%s AS VARCHAR)".formatted(field), column));
                        for (int parts : new int[] {2, 3, 4, 5, 6, 8, 10, 12, 16}) {
                            cuts.add(new Cut(
                                    "remainder by " + parts,
                                    "CAST(%s %% %d AS VARCHAR)".formatted(field, parts),
                                    column));
                        }
                    }
                }
                default -> {}
            }
        }
        return cuts;
    }

    /** Adds a candidate if one side has slices of which the other has nothing. */
    private static void candidate(Bench bench, Cut cut, boolean rightLacks, List<Candidate> found) {
        var has = rightLacks ? bench.left() : bench.right();
        var lacks = rightLacks ? bench.right() : bench.left();
        long all = bench.duck().number("SELECT count(DISTINCT %s) FROM %s".formatted(cut.sql(), has));
        if (all < 2) {
            return;
        }
        var missing = bench.duck()
                .list(
                        "SELECT s, count(*) FROM (SELECT %1$s AS s FROM %2$s) WHERE s IS NOT NULL AND s NOT IN (SELECT DISTINCT %1$s FROM %3$s WHERE %1$s IS NOT NULL) GROUP BY s ORDER BY s LIMIT %4$d"
                                .formatted(cut.sql(), has, lacks, MOST_SLICES + 1),
                        row -> new Slice(row.getString(1), row.getLong(2)));
        long rows = missing.stream().mapToLong(Slice::rows).sum();
        boolean plain = !missing.isEmpty()
                && missing.size() <= MOST_SLICES
                && missing.size() * 2L <= all
                && rows >= missing.size() * (long) LEAST_ROWS;
        if (!plain) {
            return;
        }
        var labels = missing.stream().map(Slice::label).toList();
        var without = "SELECT * FROM %s WHERE coalesce(" + cut.sql().replace("%", "%%") + " NOT IN ("
                + labels.stream()
                        .map(Sql::text)
                        .collect(Collectors.joining(", "))
                        .replace("%", "%%") + "), true)";
        var change = "the rows with %s%s %s, which %s lacks, are left out"
                .formatted(cut.column().name(), described(cut), shown(labels), rightLacks ? "RIGHT" : "LEFT");
        var candidate = rightLacks
                ? Candidate.onLeft(
                        Pattern.MISSING_SLICE, change, (left, right) -> without.formatted(left), Candidate.Keys.KEPT)
                : Candidate.onRight(
                        Pattern.MISSING_SLICE, change, (left, right) -> without.formatted(right), Candidate.Keys.KEPT);
        found.add(candidate.weighing(Math.pow(FINE, missing.size() - 1)));
    }

    private static String described(Cut cut) {
        return switch (cut.word()) {
            case "value" -> "";
            case "prefix" -> " beginning with";
            case "day" -> " on";
            case "month", "hour" -> " in";
            default -> " of " + cut.word();
        };
    }

    private static String shown(List<String> labels) {
        return labels.size() <= 3
                ? String.join(", ", labels)
                : "%s, … %s (%d in all)".formatted(labels.get(0), labels.get(labels.size() - 1), labels.size());
    }
}
