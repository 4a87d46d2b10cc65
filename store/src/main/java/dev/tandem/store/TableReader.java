package dev.tandem.store;

import dev.tandem.store.Session.Cells;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The current rows of a view's table, every cell as text, for display. Its columns come from the database and not from a shape,
 * which only the engine knows: reading a table must not wait for Spark to start.
 */
public final class TableReader {
    /** Tandem's own columns; the others are a view's, in its order. */
    private static final Set<String> OWN =
            Set.of("row_key", "window_start", "window_end", "status", "revision", "events", "as_of", "run_id");

    private static final Set<Integer> NUMBERS = Set.of(
            Types.TINYINT,
            Types.SMALLINT,
            Types.INTEGER,
            Types.BIGINT,
            Types.REAL,
            Types.FLOAT,
            Types.DOUBLE,
            Types.NUMERIC,
            Types.DECIMAL);
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final int SAMPLE = 50;

    /** A column of the view. */
    public record Column(String name, String type, boolean numeric) {}

    /**
     * A row.
     *
     * @param start of its window; empty for a view that is never cut
     * @param cells in the order of {@link #columns}, exact, empty for null
     */
    public record Row(
            Optional<Instant> start,
            Optional<Instant> end,
            List<Optional<String>> cells,
            String status,
            long revision) {}

    /** The rows that may still change, and the windows they are in. */
    public record Open(long rows, long windows) {}

    private final DatabaseAddress address;
    private final StoredTableName table;

    private record StoredTableName(String name, boolean windowed) {}

    /** {@code windowed} says whether the rows have windows. */
    public TableReader(DatabaseAddress address, String table, boolean windowed) {
        StoredColumn.checkName("table", table);
        this.address = address;
        this.table = new StoredTableName(table, windowed);
    }

    /** The view's columns. */
    public List<Column> columns() {
        var sql = "select * from %s limit %d".formatted(quoted(), SAMPLE);
        return Session.with(address, task(), session -> {
            try (var statement = session.connection().prepareStatement(sql);
                    var results = statement.executeQuery()) {
                return columns(results);
            }
        });
    }

    private List<Column> columns(ResultSet results) throws SQLException {
        var indexes = viewColumns(results);
        var samples = new ArrayList<List<String>>();
        indexes.forEach(index -> samples.add(new ArrayList<>()));
        while (results.next()) {
            for (int at = 0; at < indexes.size(); at++) {
                text(results, indexes.get(at)).ifPresent(samples.get(at)::add);
            }
        }
        var columns = new ArrayList<Column>();
        for (int at = 0; at < indexes.size(); at++) {
            columns.add(column(results, indexes.get(at), samples.get(at)));
        }
        return columns;
    }

    private Column column(ResultSet results, int index, List<String> sample) throws SQLException {
        var metadata = results.getMetaData();
        var name = metadata.getColumnName(index);
        if (NUMBERS.contains(metadata.getColumnType(index))) {
            return new Column(name, typeName(results, index), true);
        }
        if (address.kind() == DatabaseKind.SQLITE) {
            return ofText(name, sample);
        }
        return new Column(name, typeName(results, index), false);
    }

    private static String typeName(ResultSet results, int index) throws SQLException {
        return results.getMetaData().getColumnTypeName(index).toUpperCase(Locale.ROOT);
    }

    /** SQLite keeps decimals and times as text, so that no digit is lost; what they are is seen by their form. */
    private static Column ofText(String name, List<String> sample) {
        if (all(sample, NUMBER)) {
            return new Column(name, "DECIMAL", true);
        }
        var type = all(sample, TIME) ? "TIMESTAMP" : all(sample, DATE) ? "DATE" : "TEXT";
        return new Column(name, type, false);
    }

    private static boolean all(List<String> sample, Pattern form) {
        return !sample.isEmpty()
                && sample.stream().allMatch(it -> form.matcher(it).matches());
    }

    private static List<Integer> viewColumns(ResultSet results) throws SQLException {
        var metadata = results.getMetaData();
        var indexes = new ArrayList<Integer>();
        for (int index = 1; index <= metadata.getColumnCount(); index++) {
            if (!OWN.contains(metadata.getColumnName(index).toLowerCase(Locale.ROOT))) {
                indexes.add(index);
            }
        }
        return indexes;
    }

    /** When the {@code most} last windows begin; empty where there is none. */
    public Optional<Instant> startOfLast(int most) {
        var sql =
                "select min(window_start) as first_start from (select distinct window_start from %s order by window_start desc limit %d) as recent"
                        .formatted(quoted(), most);
        return Session.with(
                address,
                task(),
                session -> session.first(sql, cells -> cells.optionalTime("first_start"))
                        .flatMap(it -> it));
    }

    /** The rows of windows that begin at {@code from} or later, in the order of time; the last {@code most} if there are more. */
    public List<Row> since(Instant from, int most) {
        var sql = "select * from %s where window_start >= ? order by window_start desc limit %d"
                .formatted(quoted(), most);
        var rows = new ArrayList<>(
                Session.<List<Row>>with(address, task(), session -> session.list(sql, this::row, from)));
        Collections.reverse(rows);
        return rows;
    }

    /** The rows of a view that is never cut, {@code most} at most. */
    public List<Row> all(int most) {
        var sql = "select * from %s limit %d".formatted(quoted(), most);
        return Session.with(address, task(), session -> session.list(sql, this::row));
    }

    /** What may still change among the windows that begin at {@code from} or later; in all of them where that is empty. */
    public Open open(Optional<Instant> from) {
        var windows = table.windowed() ? "count(distinct window_start)" : "0";
        var sql = "select count(*) as open_rows, %s as open_windows from %s where status = 'open'%s"
                .formatted(windows, quoted(), from.isPresent() ? " and window_start >= ?" : "");
        return Session.with(
                address,
                task(),
                session -> session.list(
                                sql,
                                cells -> new Open(cells.whole("open_rows"), cells.whole("open_windows")),
                                from.stream().toArray())
                        .get(0));
    }

    private Row row(Cells cells) throws SQLException {
        var results = cells.results();
        var values = new ArrayList<Optional<String>>();
        for (int index : viewColumns(results)) {
            values.add(text(results, index));
        }
        return new Row(
                table.windowed() ? cells.optionalTime("window_start") : Optional.empty(),
                table.windowed() ? cells.optionalTime("window_end") : Optional.empty(),
                values,
                cells.text("status"),
                cells.whole("revision"));
    }

    private static Optional<String> text(ResultSet results, int index) throws SQLException {
        var value = ForeignTable.value(results, index);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString());
    }

    private String quoted() {
        return address.kind().dialect().quoted(table.name());
    }

    private String task() {
        return "read the rows of '%s'".formatted(table.name());
    }
}
