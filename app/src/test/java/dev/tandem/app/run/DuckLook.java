package dev.tandem.app.run;

import dev.tandem.testkit.oracle.LogRecord;
import dev.tandem.testkit.oracle.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Looks at files as DuckDB reads them, which shares no code with what wrote them. */
final class DuckLook {
    private DuckLook() {}

    static Rows rows(String sql) {
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

    /** Writes the messages of a log to a file, a line for each. */
    static Path lines(List<LogRecord> log, Path file) {
        try {
            return Files.write(
                    file,
                    log.stream()
                            .map(it -> new String(it.value(), StandardCharsets.UTF_8))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
