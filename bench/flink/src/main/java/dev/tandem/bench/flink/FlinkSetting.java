package dev.tandem.bench.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** What {@code ./dev bench} tells the process: where the servers are and where files go. It is read from a file, because it has a password. */
record FlinkSetting(
        String bootstrap, String topic, String server, String database, String user, String password, Path folder) {

    static FlinkSetting read(Path file) {
        var text = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            text.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FlinkSetting(
                text.getProperty("bootstrap"),
                text.getProperty("topic"),
                text.getProperty("host") + ":" + text.getProperty("port"),
                text.getProperty("database"),
                text.getProperty("user"),
                text.getProperty("password"),
                Path.of(text.getProperty("folder")));
    }

    String jdbcUrl() {
        return "jdbc:mariadb://%s/%s".formatted(server, database);
    }

    /** Empties the database and makes the result tables: no run may profit from another one's. */
    void createTables() throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute("drop database `%s`".formatted(database));
            statement.execute("create database `%s`".formatted(database));
        }
        try (var connection = connection()) {
            FlinkTables.create(connection);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user, password);
    }
}
