package dev.tandem.app.run;

import dev.tandem.testkit.oracle.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** A folder of Parquet files as a reader sees it that knows nothing of Tandem. */
record Lake(Path folder) {
    /** The rows of all files, as {@code select} picks them; a timestamp needs {@code at time zone 'UTC'}. */
    Rows rows(String select) {
        return ask("select %s from %s".formatted(select, files()));
    }

    /** How many rows there are of each value of {@code column}, as {@code value|rows}. */
    List<String> count(String column) {
        return ask("select %1$s, count(*) from %2$s group by 1 order by 1".formatted(column, files()))
                .told();
    }

    private String files() {
        return "read_parquet('%s/**/*.parquet', hive_partitioning = true)".formatted(folder);
    }

    private static Rows ask(String sql) {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            try (var results = statement.executeQuery(sql)) {
                return Rows.read(results);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The folders that the rows are sorted into, by name. */
    List<String> partitions() {
        try (var folders = Files.list(folder)) {
            return folders.map(it -> it.getFileName().toString())
                    .filter(name -> name.contains("="))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
