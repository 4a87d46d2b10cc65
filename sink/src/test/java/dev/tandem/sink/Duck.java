package dev.tandem.sink;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A reader that knows nothing of Tandem: DuckDB over the files as they lie there. */
final class Duck implements AutoCloseable {
    private final Connection connection;

    Duck() {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            query("set timezone = 'UTC'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each row as text, its values between bars. */
    List<String> query(String sql) {
        try (var statement = connection.createStatement()) {
            var rows = new ArrayList<String>();
            if (statement.execute(sql)) {
                try (var results = statement.getResultSet()) {
                    int columns = results.getMetaData().getColumnCount();
                    while (results.next()) {
                        var values = new ArrayList<String>();
                        for (int index = 1; index <= columns; index++) {
                            values.add(String.valueOf(results.getString(index)));
                        }
                        rows.add(String.join("|", values));
                    }
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static List<String> once(String sql) {
        try (var duck = new Duck()) {
            return duck.query(sql);
        }
    }

    /** What a {@code from} takes to read a whole lake. */
    static String lake(Path folder) {
        return "read_parquet('%s/**/*.parquet', hive_partitioning=true)".formatted(folder);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
