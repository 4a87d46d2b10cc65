package dev.tandem.diff.attach;

import dev.tandem.diff.attach.ForeignColumns.Found;
import dev.tandem.diff.attach.ViewRows.SortKey;
import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Question.Source;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Instants;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Reads the table of another job into the working database, its rows named and typed as those of the view. */
final class ForeignTable {
    static final String STREAM = "stream_rows";
    static final String BATCH = "batch_rows";

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,38}(\\.[0-9]{1,38})?");

    private final Duck duck;
    private final ViewPlan plan;

    /** Which of the two tables of a view; its name in the working database. */
    record Wanted(String table, Source source, Map<String, String> columns) {}

    /**
     * What was read.
     *
     * @param compared the columns of the view that the table has, by their place among the view's measures
     * @param missing the measures that it does not have
     */
    record Facts(String shown, String consistency, long rows, List<Optional<Found>> compared, List<String> missing) {}

    /** A row of a table. */
    record Stored(SortKey row, List<@Nullable Object> values) {}

    ForeignTable(Duck duck, ViewPlan plan) {
        this.duck = duck;
        this.plan = plan;
    }

    /** The rows in the order of window and key. */
    static Cursor<Stored> cursor(Duck duck, String table) {
        return new Cursor<>(
                duck,
                "SELECT start, key, cells FROM " + table,
                "nr",
                duck.number("SELECT count(*) FROM " + table),
                row -> new Stored(new SortKey(row.getLong(1), row.getBytes(2)), ViewRows.all(row.getBytes(3))));
    }

    /** Makes an empty table, for a view of which no such table is known. */
    void none(String table) {
        duck.run("CREATE OR REPLACE TABLE %s (nr BIGINT, start BIGINT, key BLOB, cells BLOB, total BIGINT)"
                .formatted(table));
    }

    Facts read(Wanted wanted) {
        var raw = wanted.table() + "_raw";
        var source = wanted.source();
        var shown = source.side().shown();
        var reading = source.side().read(duck, raw);
        var columns = new ForeignColumns(duck, raw, shown, wanted.columns());
        var keys = new ArrayList<Reading>();
        if (plan.windowed()) {
            keys.add(time(columns.required("window_start"), source.zone()));
        }
        plan.shape().keys().forEach(key -> keys.add(reading(key.type(), columns.required(key.name()), source.zone())));
        var measures = plan.shape().measures().stream()
                .map(measure -> plan.attached().ignored().contains(measure.name())
                        ? Optional.<Found>empty()
                        : columns.find(measure.name()))
                .toList();
        requireOne(measures, shown);
        copy(wanted, shown, keys, cells(measures, source.zone()));
        drop(raw);
        var missing = new ArrayList<String>();
        for (int index = 0; index < measures.size(); index++) {
            var name = plan.shape().measures().get(index).name();
            if (measures.get(index).isEmpty() && !plan.attached().ignored().contains(name)) {
                missing.add(name);
            }
        }
        long rows = duck.number("SELECT count(*) FROM " + wanted.table());
        return new Facts(shown, reading.consistency(), rows, measures, missing);
    }

    private void requireOne(List<Optional<Found>> measures, String shown) {
        if (measures.stream().allMatch(Optional::isEmpty)) {
            throw DiffException.question(
                    "Cannot compare %s with '%s': it has none of %s; say which columns they are with 'columns: { %s: NAME }'"
                            .formatted(
                                    shown,
                                    plan.shape().name(),
                                    plan.shape().measures().stream()
                                            .map(Shape.Column::name)
                                            .collect(Collectors.joining(", ")),
                                    plan.shape().measures().get(0).name()));
        }
    }

    private List<Optional<Reading>> cells(List<Optional<Found>> measures, Optional<ZoneId> zone) {
        var cells = new ArrayList<Optional<Reading>>();
        for (int index = 0; index < measures.size(); index++) {
            var type = plan.shape().measures().get(index).type();
            cells.add(measures.get(index).map(found -> type.isNumber() ? number(found) : reading(type, found, zone)));
        }
        return cells;
    }

    private void drop(String raw) {
        boolean view = duck.number("SELECT count(*) FROM duckdb_views() WHERE view_name = " + Sql.text(raw)) > 0;
        duck.run("DROP %s %s".formatted(view ? "VIEW" : "TABLE", raw));
    }

    /** Reads one value of a row. */
    private interface Taking {
        @Nullable
        Object take(ResultSet row, int index) throws SQLException;
    }

    /** @param sql what is selected; null only where the table has null */
    private record Reading(Found found, String sql, Taking taking) {}

    private static Reading time(Found found, Optional<ZoneId> zone) {
        return new Reading(found, found.micros(zone), (row, index) -> {
            long micros = row.getLong(index);
            return row.wasNull() ? null : Instants.ofMicros(micros);
        });
    }

    private static Reading reading(FieldType type, Found found, Optional<ZoneId> zone) {
        return switch (type.kind()) {
            case TIMESTAMP -> time(found, zone);
            case DATE ->
                new Reading(found, "TRY_CAST(%s AS DATE)".formatted(found.sql()), (row, index) -> date(row, index));
            case WHOLE ->
                new Reading(found, "TRY_CAST(%s AS BIGINT)".formatted(found.sql()), (row, index) -> {
                    long value = row.getLong(index);
                    return row.wasNull() ? null : value;
                });
            case DECIMAL -> {
                int scale = type.asDecimal().orElseThrow().scale();
                yield new Reading(
                        found,
                        "TRY_CAST(%s AS DECIMAL(38, %d))".formatted(found.sql(), scale),
                        ResultSet::getBigDecimal);
            }
            case FLOATING ->
                new Reading(found, "TRY_CAST(%s AS DOUBLE)".formatted(found.sql()), (row, index) -> {
                    double value = row.getDouble(index);
                    return row.wasNull() ? null : value;
                });
            case TRUTH ->
                new Reading(found, "TRY_CAST(%s AS BOOLEAN)".formatted(found.sql()), (row, index) -> {
                    boolean value = row.getBoolean(index);
                    return row.wasNull() ? null : value;
                });
            case TEXT, LIST -> new Reading(found, "CAST(%s AS VARCHAR)".formatted(found.sql()), ResultSet::getString);
        };
    }

    private static @Nullable LocalDate date(ResultSet row, int index) throws SQLException {
        Date date = row.getDate(index);
        return date == null ? null : date.toLocalDate();
    }

    /** Numbers with every digit that the table has. */
    private static Reading number(Found found) {
        return new Reading(found, "CAST(%s AS VARCHAR)".formatted(found.sql()), (row, index) -> {
            var text = row.getString(index);
            return text == null ? null : number(text.strip(), found.floating());
        });
    }

    private static @Nullable Object number(String text, boolean floating) {
        if (!floating && NUMBER.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        try {
            return Double.valueOf(
                    switch (text) {
                        case "nan" -> "NaN";
                        case "inf" -> "Infinity";
                        case "-inf" -> "-Infinity";
                        default -> text;
                    });
        } catch (NumberFormatException e) {
            throw DiffException.question(
                    "Cannot read '%s' as a number: the view computes numbers in this column; leave such rows out with 'where', or the column with 'ignore'"
                            .formatted(text));
        }
    }

    private void copy(Wanted wanted, String shown, List<Reading> keys, List<Optional<Reading>> cells) {
        requireFit(wanted, shown, keys);
        var selected = new ArrayList<String>();
        keys.forEach(key -> selected.add(key.sql()));
        cells.forEach(cell -> selected.add(cell.map(Reading::sql).orElse("NULL")));
        var table = wanted.table();
        duck.run("CREATE OR REPLACE TABLE %s_read (start BIGINT, key BLOB, cells BLOB, total BIGINT)".formatted(table));
        var rows = "SELECT %s FROM %s_raw%s".formatted(String.join(", ", selected), table, where(wanted));
        try {
            duck.fill(table + "_read", appender -> duck.each(rows, row -> append(row, keys, cells, appender)));
        } catch (SQLException e) {
            throw DiffException.surroundings("Cannot read %s: %s".formatted(shown, e.getMessage()), e);
        }
        requireUnique(table, shown);
        duck.run(
                "CREATE OR REPLACE TABLE %1$s AS SELECT row_number() OVER (ORDER BY start, key) AS nr, * FROM %1$s_read"
                        .formatted(table));
        duck.run("DROP TABLE %s_read".formatted(table));
    }

    /** The columns of a row are those of the keys, then one of each cell. */
    private void append(ResultSet row, List<Reading> keys, List<Optional<Reading>> cells, DuckDBAppender appender)
            throws SQLException {
        int next = 1;
        var key = new ArrayList<@Nullable Object>();
        for (var reading : keys) {
            key.add(reading.taking().take(row, next++));
        }
        long start = Long.MIN_VALUE;
        if (plan.windowed() && key.remove(0) instanceof Instant instant) {
            start = Instants.micros(instant);
        }
        var values = new ArrayList<@Nullable Object>();
        for (var cell : cells) {
            values.add(cell.isPresent() ? cell.get().taking().take(row, next) : null);
            next++;
        }
        appender.beginRow();
        appender.append(start);
        appender.append(ViewRows.packed(key)).append(ViewRows.packed(values));
        appender.append(total(values));
        appender.endRow();
    }

    /** The row's {@code count(*)}, by which {@link Shifts} finds its partner; -1 where the view has none. */
    private long total(List<? extends @Nullable Object> values) {
        var place = Shifts.plainCount(plan);
        return place.isPresent() && values.get(place.get()) instanceof Number count ? count.longValue() : -1;
    }

    private static String where(Wanted wanted) {
        return wanted.source().where().map(it -> " WHERE (" + it + ")").orElse("");
    }

    /** A value of the key that is something else than the view's would silently be a row of its own. */
    private void requireFit(Wanted wanted, String shown, List<Reading> keys) {
        for (var key : keys) {
            var unfit = duck.list(
                    "SELECT CAST(%1$s AS VARCHAR) FROM (SELECT * FROM %2$s_raw%3$s) WHERE %1$s IS NOT NULL AND (%4$s) IS NULL LIMIT 1"
                            .formatted(key.found().sql(), wanted.table(), where(wanted), key.sql()),
                    row -> row.getString(1));
            if (!unfit.isEmpty()) {
                throw DiffException.question(
                        "Cannot use %s of %s as a key of '%s': '%s' does not fit its type; leave such rows out with 'where'"
                                .formatted(
                                        key.found().sql(), shown, plan.shape().name(), unfit.get(0)));
            }
        }
    }

    private void requireUnique(String table, String shown) {
        long copies = duck.number(
                "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM %s_read GROUP BY start, key HAVING count(*) > 1)"
                        .formatted(table));
        if (copies > 0) {
            throw DiffException.question(
                    "Cannot tell the rows of %s apart: %,d of them have the window and key of another one; choose one of each with 'query' or 'where'"
                            .formatted(shown, copies));
        }
    }
}
