package dev.tandem.testkit.oracle;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The DuckDB in memory that an oracle reckons in. It has one thread of its own, so that rows keep the order of their file; it is used
 * by one thread.
 */
final class Database implements AutoCloseable {
    /** Every number is compared with 18 places, or a cast to the expected type would round a small mistake away. */
    private static final String NUMBER = "decimal(38, 18)";

    private final DuckDBConnection connection;

    private Database(DuckDBConnection connection) {
        this.connection = connection;
    }

    static Database open() {
        try {
            var database =
                    new Database(DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class));
            database.run("set threads = 1");
            return database;
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot open a DuckDB in memory", e);
        }
    }

    /** Carries the statements out in order. */
    void run(String... statements) {
        for (var sql : statements) {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException("Cannot carry out " + sql, e);
            }
        }
    }

    Rows query(String sql) {
        try (var statement = connection.createStatement();
                var results = statement.executeQuery(sql)) {
            return Rows.read(results);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot ask " + sql, e);
        }
    }

    /** Appends rows of whole numbers, texts, bytes and nulls to a table. */
    void fill(String table, Stream<? extends List<? extends @Nullable Object>> rows) {
        try (var appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table)) {
            for (var each = rows.iterator(); each.hasNext(); ) {
                var row = each.next();
                appender.beginRow();
                for (var cell : row) {
                    append(cell, appender);
                }
                appender.endRow();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot fill " + table, e);
        }
    }

    /**
     * Each row that stands too often or not often enough in {@code stored}, with the side that has it; empty if both are the same
     * rows as often. Never by distinct rows: a row written twice is a defect too. Further columns of {@code stored} are not looked at.
     */
    List<String> differences(String expected, Rows stored) {
        run("create or replace table expected as " + expected);
        var numbers = query("select column_name from (describe expected)"
                        + " where column_type in ('INTEGER', 'BIGINT', 'HUGEINT') or column_type like 'DECIMAL%'")
                .told();
        run(
                "create or replace table expected as select " + each(numbers, "%1$s::" + NUMBER) + " from expected",
                "create or replace table told as select columns(*)::varchar from expected limit 0",
                "create or replace table stored as select * from expected limit 0");
        fill("told", inOrder(stored, query("select * from told").columns()));
        run("insert into stored select * from told");
        return query("select 'expected', " + each(numbers, "rtrim(rtrim(%1$s::varchar, '0'), '.')")
                        + " from (from expected except all from stored) union all select 'stored', "
                        + each(numbers, "rtrim(rtrim(%1$s::varchar, '0'), '.')")
                        + " from (from stored except all from expected) order by all")
                .told();
    }

    /** All columns, the named ones through an expression. */
    private static String each(List<String> columns, String expression) {
        return columns.isEmpty()
                ? "*"
                : columns.stream()
                        .map(column -> expression.formatted("\"" + column + "\"") + " as \"" + column + "\"")
                        .collect(Collectors.joining(", ", "* replace (", ")"));
    }

    private static Stream<List<@Nullable String>> inOrder(Rows stored, List<String> columns) {
        if (!stored.columns().containsAll(columns)) {
            throw new IllegalArgumentException("Cannot compare rows of %s: the oracle has the columns %s; select these"
                    .formatted(stored.columns(), columns));
        }
        int[] places = columns.stream().mapToInt(stored.columns()::indexOf).toArray();
        return stored.cells().stream().map(row -> picked(row, places));
    }

    private static List<@Nullable String> picked(List<@Nullable String> row, int[] places) {
        var picked = new ArrayList<@Nullable String>();
        for (int place : places) {
            picked.add(row.get(place));
        }
        return picked;
    }

    private static void append(@Nullable Object cell, DuckDBAppender appender) throws SQLException {
        if (cell == null) {
            appender.appendNull();
        } else if (cell instanceof Integer number) {
            appender.append(number.intValue());
        } else if (cell instanceof Long number) {
            appender.append(number.longValue());
        } else if (cell instanceof byte[] bytes) {
            appender.append(bytes);
        } else {
            appender.append(cell.toString());
        }
    }

    /** A path as an SQL text. */
    static String text(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot close the oracle", e);
        }
    }
}
