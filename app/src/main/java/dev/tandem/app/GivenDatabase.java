package dev.tandem.app;

import dev.tandem.local.Database;
import dev.tandem.local.MariaDb;
import dev.tandem.store.DatabaseAddress;
import java.net.URI;
import java.nio.file.Path;

/** Where a database is, as a person or a local server tells it. A URI of our own kind, never one that a driver reads. */
final class GivenDatabase {
    private static final int MYSQL_PORT = 3306;
    private static final int POSTGRES_PORT = 5432;

    private GivenDatabase() {}

    static DatabaseAddress of(Database service) {
        var at = URI.create("tcp://" + service.address());
        var login = new DatabaseAddress.Login(
                service.login().user(), service.login().password());
        var server = new DatabaseAddress.Server(
                at.getHost(), at.getPort(), service.login().database(), login);
        return service instanceof MariaDb ? new DatabaseAddress.MySql(server) : new DatabaseAddress.Postgres(server);
    }

    /** Reads {@code mysql://user@host:port/name}, {@code postgres://…} or {@code sqlite:file}. */
    static DatabaseAddress read(String text, String password) {
        if (text.startsWith("sqlite:")) {
            return new DatabaseAddress.Sqlite(Path.of(text.substring("sqlite:".length())));
        }
        try {
            var uri = URI.create(text);
            if (uri.getHost() != null
                    && uri.getUserInfo() != null
                    && uri.getPath().length() > 1) {
                var login = new DatabaseAddress.Login(uri.getUserInfo(), password);
                return server(uri, login);
            }
        } catch (IllegalArgumentException noUri) {
            // told below
        }
        throw refused(text);
    }

    private static DatabaseAddress server(URI uri, DatabaseAddress.Login login) {
        var name = uri.getPath().substring(1);
        return switch (uri.getScheme()) {
            case "mysql", "mariadb" ->
                new DatabaseAddress.MySql(
                        new DatabaseAddress.Server(uri.getHost(), port(uri, MYSQL_PORT), name, login));
            case "postgres", "postgresql" ->
                new DatabaseAddress.Postgres(
                        new DatabaseAddress.Server(uri.getHost(), port(uri, POSTGRES_PORT), name, login));
            default -> throw refused(uri.toString());
        };
    }

    private static int port(URI uri, int standard) {
        return uri.getPort() < 0 ? standard : uri.getPort();
    }

    private static CommandException refused(String text) {
        return new CommandException(
                Exit.USAGE,
                "Cannot use the database '%s': it is not an address; write mysql://user@host:3306/name, postgres://user@host:5432/name or sqlite:file"
                        .formatted(text));
    }
}
