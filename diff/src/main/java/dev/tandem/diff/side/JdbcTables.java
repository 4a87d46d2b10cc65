package dev.tandem.diff.side;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.side.DatabaseSide.Snapshot;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;

/**
 * Any other database, through a driver that a user has put into {@code lib/ext}. Drivers there have a class loader of their own, so they
 * cannot disturb those that ship.
 */
final class JdbcTables {
    private JdbcTables() {}

    static Optional<Side> recognise(TableReference given) {
        if (!given.address().startsWith("jdbc:")) {
            return Optional.empty();
        }
        var query = DatabaseSide.query(given, "", "\"");
        return Optional.of(
                new DatabaseSide(Sides.masked(given.address()), () -> open(given), query, Side.Typing.DECLARED));
    }

    /** The driver's classes are used until the process ends, so its class loader stays open. */
    private static Snapshot open(TableReference given) throws SQLException {
        var folder = given.surroundings().drivers();
        var loader =
                new URLClassLoader("drivers", jars(folder).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        for (var driver : ServiceLoader.load(Driver.class, loader)) {
            if (driver.getClass().getClassLoader() == loader && driver.acceptsURL(given.address())) {
                return begin(connection(driver, given));
            }
        }
        throw DiffException.surroundings(
                "Cannot read %s: no driver in %s takes this address; put its jar there (PostgreSQL, MySQL, MariaDB, SQLite and DuckDB need none: write postgres://…, mysql://…, sqlite:…, duckdb:…)"
                        .formatted(Sides.masked(given.address()), folder));
    }

    private static List<URL> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(JdbcTables::url)
                    .toList();
        } catch (IOException e) {
            throw DiffException.surroundings(
                    "Cannot look for drivers in %s: %s; check its permissions".formatted(folder, e.getMessage()), e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connection(Driver driver, TableReference given) throws SQLException {
        var settings = new Properties();
        if (!given.surroundings().password().isEmpty()) {
            settings.setProperty("password", given.surroundings().password());
        }
        var connection = driver.connect(given.address(), settings);
        if (connection == null) {
            throw new SQLException("the driver gave no connection");
        }
        return connection;
    }

    private static Snapshot begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            connection.setReadOnly(true);
        } catch (SQLException notSupported) {
            // Nothing is written anyway; some drivers take this hint only before they connect.
        }
        boolean repeatable =
                connection.getMetaData().supportsTransactionIsolationLevel(Connection.TRANSACTION_REPEATABLE_READ);
        if (repeatable) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        }
        return new Snapshot(connection, repeatable ? "one transaction (repeatable read)" : "one statement");
    }
}
