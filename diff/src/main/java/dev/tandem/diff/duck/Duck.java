package dev.tandem.diff.duck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The embedded DuckDB in which two tables are compared. Its database and what it spills are in a folder of their own, which is removed when
 * it is closed. It never touches the network: extensions are neither installed nor loaded.
 */
public final class Duck implements AutoCloseable {
    private final Path folder;
    private final DuckDBConnection connection;

    /** Reads one row of a result. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes one row of a result. */
    @FunctionalInterface
    public interface RowConsumer {
        void accept(ResultSet row) throws SQLException, IOException;
    }

    /** Fills a table row by row. */
    @FunctionalInterface
    public interface Filling {
        void into(DuckDBAppender appender) throws SQLException;
    }

    private Duck(Path folder, DuckDBConnection connection) {
        this.folder = folder;
        this.connection = connection;
    }

    /** Opens an empty database in a new folder under {@code parent} that holds at most {@code megabytes} in memory. */
    public static Duck open(Path parent, int megabytes) {
        try {
            Files.createDirectories(parent);
            var folder = Files.createTempDirectory(parent, "diff-");
            var connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("diff.db"));
            var duck = new Duck(folder, connection);
            duck.run("SET temp_directory = " + Sql.text(folder.resolve("spill").toString()));
            duck.run("SET memory_limit = '%dMiB'".formatted(megabytes));
            duck.run("SET preserve_insertion_order = false");
            duck.run("SET autoinstall_known_extensions = false");
            duck.run("SET autoload_known_extensions = false");
            duck.run("SET TimeZone = 'UTC'");
            return duck;
        } catch (IOException | SQLException e) {
            throw DiffException.surroundings(
                    "Cannot open a working database in %s: %s; give a --home that can be written to"
                            .formatted(parent, e.getMessage()),
                    e);
        }
    }

    public void run(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The single whole number that {@code sql} selects; 0 for null. */
    public long number(String sql) {
        return list(sql, row -> row.getLong(1)).get(0);
    }

    public <T> List<T> list(String sql, RowReader<T> reader) {
        var all = new ArrayList<T>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                all.add(reader.read(rows));
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        return all;
    }

    /** Hands over the rows one after the other: there may be more than fit into memory. */
    public void each(String sql, RowConsumer consumer) {
        try (var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                consumer.accept(rows);
            }
        } catch (SQLException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends rows to {@code table}, which is there. */
    public void fill(String table, Filling filling) throws SQLException {
        try (var appender = connection.createAppender(table)) {
            filling.into(appender);
        }
    }

    /** The columns of a table or query, in their order. */
    public List<Column> columns(String relation) {
        return list("DESCRIBE SELECT * FROM " + relation, row -> new Column(row.getString(1), row.getString(2)));
    }

    /** A column and its DuckDB type. */
    public record Column(String name, String type) {}

    private static DiffException failed(SQLException e) {
        var message = String.valueOf(e.getMessage());
        if (message.contains("Out of Memory")) {
            return DiffException.surroundings(
                    "Cannot compare with so little memory: %s; give more with --memory 2000".formatted(brief(message)),
                    e);
        }
        return DiffException.surroundings(brief(message), e);
    }

    /** Without the excerpt of the statement, which only its author would understand. */
    private static String brief(String message) {
        return message.lines()
                .filter(line -> !line.isBlank())
                .limit(2)
                .reduce((one, two) -> one + " " + two)
                .orElse(message)
                .replaceFirst("\\s+LINE \\d+:.*", "");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            remove();
        }
    }

    private void remove() {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove %s: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
