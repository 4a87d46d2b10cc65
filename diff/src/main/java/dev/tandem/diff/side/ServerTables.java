package dev.tandem.diff.side;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.side.DatabaseSide.Snapshot;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.DatabaseAddress.Login;
import dev.tandem.store.DatabaseAddress.Server;
import dev.tandem.store.DatabaseAddress.Transport;
import dev.tandem.store.StoreException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tables of PostgreSQL, MySQL and MariaDB: {@code postgres://user@host:5432/db?table=schema.name}. */
final class ServerTables {
    private static final Set<String> POSTGRES = Set.of("postgres", "postgresql");
    private static final Set<String> MYSQL = Set.of("mysql", "mariadb");
    private static final int POSTGRES_PORT = 5432;
    private static final int MYSQL_PORT = 3306;

    private ServerTables() {}

    static Optional<Side> recognise(TableReference given) {
        int colon = given.address().indexOf("://");
        var scheme = colon < 0 ? "" : given.address().substring(0, colon);
        if (!POSTGRES.contains(scheme) && !MYSQL.contains(scheme)) {
            return Optional.empty();
        }
        var uri = uri(given);
        var parameters = parameters(uri, given);
        boolean postgres = POSTGRES.contains(scheme);
        var server = server(uri, parameters, given);
        var query = DatabaseSide.query(given, parameters.getOrDefault("table", ""), postgres ? "\"" : "`");
        return Optional.of(DatabaseSide.of(
                postgres ? new DatabaseAddress.Postgres(server) : new DatabaseAddress.MySql(server),
                query,
                Sides.masked(given.address())));
    }

    private static URI uri(TableReference given) {
        try {
            var uri = URI.create(given.address());
            if (uri.getHost() != null && uri.getPath() != null && uri.getPath().length() > 1) {
                return uri;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Reported below, without its cause, which would show the password.
        }
        throw DiffException.question(
                "Cannot use '%s' as an address: host or database is missing; write e.g. postgres://user@host:5432/db?table=NAME"
                        .formatted(Sides.masked(given.address())));
    }

    private static Map<String, String> parameters(URI uri, TableReference given) {
        var parameters = new HashMap<String, String>();
        if (uri.getRawQuery() != null) {
            for (var part : uri.getRawQuery().split("&")) {
                var pair = part.split("=", 2);
                parameters.put(pair[0], pair.length == 2 ? decoded(pair[1]) : "");
            }
        }
        var unknown = parameters.keySet().stream()
                .filter(key -> !key.equals("table") && !key.equals("tls"))
                .findFirst();
        if (unknown.isPresent()) {
            throw DiffException.question("Cannot use '%s' as an address: '%s' is not known; use table=NAME and tls=off"
                    .formatted(Sides.masked(given.address()), unknown.get()));
        }
        return parameters;
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Server server(URI uri, Map<String, String> parameters, TableReference given) {
        boolean postgres = POSTGRES.contains(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : postgres ? POSTGRES_PORT : MYSQL_PORT;
        var login =
                login(uri, postgres ? "postgres" : "root", given.surroundings().password());
        var database = uri.getPath().substring(1);
        try {
            return "off".equals(parameters.get("tls"))
                    ? new Server(uri.getHost(), port, database, login, Transport.PLAIN)
                    : new Server(uri.getHost(), port, database, login);
        } catch (StoreException e) {
            throw DiffException.question(String.valueOf(e.getMessage()));
        }
    }

    private static Login login(URI uri, String usualUser, String password) {
        if (uri.getRawUserInfo() == null) {
            return new Login(usualUser, password);
        }
        var parts = uri.getRawUserInfo().split(":", 2);
        return new Login(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : password);
    }

    /** Rows come in portions only inside a transaction. */
    static Snapshot postgres(DatabaseAddress address) throws SQLException {
        var connection = opened(address);
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return new Snapshot(connection, "one snapshot (repeatable read)");
    }

    static Snapshot mySql(DatabaseAddress address) throws SQLException {
        var connection = opened(address);
        try (var statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            connection.setAutoCommit(false);
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new Snapshot(connection, "one snapshot (repeatable read)");
    }

    private static Connection opened(DatabaseAddress address) throws SQLException {
        try {
            return address.open();
        } catch (StoreException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }
}
