package dev.tandem.diff.why;

import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Column;
import dev.tandem.diff.table.Columns;
import dev.tandem.diff.table.Comparison;
import java.util.stream.Collectors;

/**
 * A part of two large tables that belongs together: rows whose key, but for times and spelling, has a certain hash; or, where the key says too
 * little, a stretch of time.
 */
final class Sample {
    private static final long ROWS = 60_000;

    private final Duck duck;
    private final Columns columns;
    private final long rows;

    Sample(Duck duck, Columns columns) {
        this.duck = duck;
        this.columns = columns;
        this.rows = Math.max(count(Comparison.LEFT), count(Comparison.RIGHT));
    }

    private long count(String table) {
        return duck.number("SELECT count(*) FROM " + table);
    }

    Bench bench() {
        if (rows <= 2 * ROWS) {
            return new Bench(duck, columns, Comparison.LEFT, Comparison.RIGHT, Comparison.PAIRS);
        }
        make(byHash());
        long sampled = Math.max(count("sample_left"), count("sample_right"));
        var time = columns.keys().stream()
                .filter(column -> column.type().temporal())
                .findFirst();
        if ((sampled < ROWS / 4 || sampled > ROWS * 8) && time.isPresent()) {
            make(byTime(time.get()));
        }
        columns.makePairs(duck, "sample_left", "sample_right", "sample_pairs");
        return new Bench(duck, columns, "sample_left", "sample_right", "sample_pairs");
    }

    private void make(String where) {
        duck.run("CREATE OR REPLACE TABLE sample_left AS SELECT * FROM %s WHERE %s".formatted(Comparison.LEFT, where));
        duck.run(
                "CREATE OR REPLACE TABLE sample_right AS SELECT * FROM %s WHERE %s".formatted(Comparison.RIGHT, where));
    }

    /** Case, blanks, signs and padding do not change the hash, so that both spellings of a name are in the sample or neither is. */
    private String byHash() {
        var parts = columns.keys().stream()
                .filter(column -> !column.type().temporal())
                .map(column -> column.type().kind() == Column.Kind.TEXT
                        ? "ltrim(regexp_replace(lower(strip_accents(%s)), '[^a-z0-9]', '', 'g'), '0')"
                                .formatted(Sql.name(column.field()))
                        : Sql.name(column.field()))
                .collect(Collectors.joining(", "));
        return parts.isEmpty() ? "false" : "hash(%s) %% %d = 0".formatted(parts, Math.max(1, rows / ROWS));
    }

    private String byTime(Column time) {
        var field = Sql.name(time.field());
        double half = 0.5 * ROWS / rows;
        var bounds = duck.list(
                        "SELECT CAST(quantile_disc(%1$s, %2$s) AS VARCHAR), CAST(quantile_disc(%1$s, %3$s) AS VARCHAR) FROM %4$s"
                                .formatted(
                                        field,
                                        Double.toString(0.5 - half),
                                        Double.toString(0.5 + half),
                                        Comparison.LEFT),
                        row -> new String[] {row.getString(1), row.getString(2)})
                .get(0);
        return "%1$s BETWEEN CAST(%2$s AS %4$s) AND CAST(%3$s AS %4$s)"
                .formatted(
                        field,
                        Sql.text(bounds[0]),
                        Sql.text(bounds[1]),
                        time.type().sql());
    }
}
