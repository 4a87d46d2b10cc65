package dev.tandem.bench;

import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.store.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * What a measured process is told: where the servers are, what to run, and where its files go. It travels as a file, because a
 * password on a command line can be read by everybody.
 */
record Setting(
        String bootstrap,
        DatabaseAddress.Server database,
        Path definition,
        Path folder,
        int maxRecords,
        Duration trigger,
        double perSecond,
        Duration warmUp,
        Duration length) {

    static Setting read(Path file) {
        var text = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            text.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var login = new DatabaseAddress.Login(text.getProperty("user"), text.getProperty("password"));
        return new Setting(
                text.getProperty("bootstrap"),
                new DatabaseAddress.Server(
                        text.getProperty("host"),
                        Integer.parseInt(text.getProperty("port")),
                        text.getProperty("database"),
                        login),
                Path.of(text.getProperty("definition")),
                Path.of(text.getProperty("folder")),
                Integer.parseInt(text.getProperty("max-records")),
                Duration.parse(text.getProperty("trigger")),
                Double.parseDouble(text.getProperty("per-second")),
                Duration.parse(text.getProperty("warm-up")),
                Duration.parse(text.getProperty("length")));
    }

    /** Writes it to a file of {@link #folder} and tells which. */
    Path write() {
        var text = new Properties();
        text.setProperty("bootstrap", bootstrap);
        text.setProperty("topic", topic());
        text.setProperty("host", database.host());
        text.setProperty("port", String.valueOf(database.port()));
        text.setProperty("database", database.database());
        text.setProperty("user", database.login().user());
        text.setProperty("password", database.login().password());
        text.setProperty("definition", definition.toString());
        text.setProperty("folder", folder.toString());
        text.setProperty("max-records", String.valueOf(maxRecords));
        text.setProperty("trigger", trigger.toString());
        text.setProperty("per-second", String.valueOf(perSecond));
        text.setProperty("warm-up", warmUp.toString());
        text.setProperty("length", length.toString());
        var file = folder.resolve("setting.properties");
        try {
            Files.createDirectories(folder);
            try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                text.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    Setting at(Path newFolder, int newMaxRecords) {
        return new Setting(
                bootstrap, database, definition, newFolder, newMaxRecords, trigger, perSecond, warmUp, length);
    }

    Setting with(Path other) {
        return new Setting(bootstrap, database, other, folder, maxRecords, trigger, perSecond, warmUp, length);
    }

    Pipeline pipeline() {
        return DefinitionReader.read(definition, definition.getFileName().toString());
    }

    String topic() {
        return ((Source.Kafka) pipeline().source()).fed();
    }

    String jdbcUrl() {
        return "jdbc:mariadb://%s:%d/%s".formatted(database.host(), database.port(), database.database());
    }

    Connection connection() throws SQLException {
        return DriverManager.getConnection(
                jdbcUrl(), database.login().user(), database.login().password());
    }

    /** Empties the database: no run may profit from another one's tables. */
    void forgetTables() throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute("drop database `%s`".formatted(database.database()));
            statement.execute("create database `%s`".formatted(database.database()));
        }
    }
}
