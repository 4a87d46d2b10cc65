package dev.tandem.store;

import dev.tandem.store.DatabaseAddress.Server;
import dev.tandem.store.DatabaseAddress.Transport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * The one place that gives settings to drivers. They are called by name and not found by {@code DriverManager}, which sees only
 * what the system class loader sees: not enough inside a Spark executor.
 */
final class Drivers {
    private static final int CONNECT_SECONDS = 10;
    /** Longer than any statement of ours takes; without it a connection whose other end fell silent would wait for ever. */
    private static final int ANSWER_SECONDS = 600;
    /** As long as a SQLite connection waits for another writer. */
    private static final Duration LONGEST_CLOSING = Duration.ofSeconds(30);

    private static final Duration CLOSING_PAUSE = Duration.ofMillis(5);

    private Drivers() {}

    static Connection open(DatabaseAddress address) {
        try {
            if (address instanceof DatabaseAddress.MySql mySql) {
                return mySql(mySql.server());
            }
            if (address instanceof DatabaseAddress.Postgres postgres) {
                return postgres(postgres.server());
            }
            return address instanceof DatabaseAddress.DuckDb duck
                    ? duckDb(duck.file())
                    : sqlite(((DatabaseAddress.Sqlite) address).file());
        } catch (SQLException e) {
            throw StoreException.of("open a connection", address, e);
        }
    }

    private static Connection mySql(Server server) throws SQLException {
        var settings = login(server);
        settings.setProperty("useServerPrepStmts", "true");
        // The default, on which MySqlDialect's bulk loading rests.
        settings.setProperty("useBulkStmtsForInserts", "true");
        settings.setProperty("allowLocalInfile", "false");
        settings.setProperty("allowMultiQueries", "false");
        settings.setProperty("connectionTimeZone", "UTC");
        settings.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS * 1_000));
        settings.setProperty("socketTimeout", String.valueOf(ANSWER_SECONDS * 1_000));
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("transactionIsolation", "READ_COMMITTED");
        settings.setProperty(
                "sessionVariables",
                "time_zone='+00:00',sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION',character_set_results=utf8mb4");
        boolean plain = server.transport() == Transport.PLAIN;
        settings.setProperty("sslMode", plain ? "disable" : "verify-full");
        // MySQL 8 sends the key that hides the password: safe where nobody stands between.
        settings.setProperty("allowPublicKeyRetrieval", String.valueOf(plain));
        return opened(new org.mariadb.jdbc.Driver().connect(server.url("mariadb"), settings), server);
    }

    private static Connection postgres(Server server) throws SQLException {
        var settings = login(server);
        settings.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("socketTimeout", String.valueOf(ANSWER_SECONDS));
        settings.setProperty("ApplicationName", "tandem");
        if (server.transport() == Transport.PLAIN) {
            settings.setProperty("sslmode", "disable");
        } else {
            settings.setProperty("sslmode", "verify-full");
            settings.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        var connection = opened(new org.postgresql.Driver().connect(server.url("postgresql"), settings), server);
        // The driver has told the server the JVM's zone.
        execute(connection, "set time zone 'UTC'");
        return connection;
    }

    /** Pragmas come before any transaction. FULL makes a commit survive a power cut, as the other databases' do. */
    private static Connection sqlite(String file) throws SQLException {
        var settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
        settings.setProperty("busy_timeout", "30000");
        // A transaction that reads first and then writes would fail, not wait, when another one wrote between.
        settings.setProperty("transaction_mode", "IMMEDIATE");
        settings.setProperty("cache_size", "-32000");
        return org.sqlite.JDBC.createConnection(
                "jdbc:sqlite:" + Path.of(file).toAbsolutePath().normalize(), settings);
    }

    /** Rows come as they are asked for. Connections of one process share the file, which no other process can open meanwhile. */
    private static Connection duckDb(String file) throws SQLException {
        var settings = new Properties();
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        var giveUp = Instant.now().plus(LONGEST_CLOSING);
        while (true) {
            try {
                return connectedDuckDb(file, settings);
            } catch (SQLException e) {
                if (!isBeingClosed(e) || Instant.now().isAfter(giveUp)) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    /** Another thread of this process closes the last connection to the file: DuckDB lets nobody in until its checkpoint is written. */
    private static boolean isBeingClosed(SQLException e) {
        return String.valueOf(e.getMessage()).contains("Unique file handle conflict");
    }

    private static void pause(SQLException cause) throws SQLException {
        try {
            Thread.sleep(CLOSING_PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }

    private static Connection connectedDuckDb(String file, Properties settings) throws SQLException {
        var connection = new DuckDBDriver().connect("jdbc:duckdb:" + file, settings);
        if (connection == null) {
            throw new SQLException("the driver does not take the file " + file, "08001");
        }
        return connection;
    }

    private static Properties login(Server server) {
        var settings = new Properties();
        settings.setProperty("user", server.login().user());
        settings.setProperty("password", server.login().password());
        return settings;
    }

    private static Connection opened(@Nullable Connection connection, Server server) throws SQLException {
        if (connection == null) {
            throw new SQLException("the driver does not take the address of " + server.host(), "08001");
        }
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
