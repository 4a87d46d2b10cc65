package dev.tandem.app.environment;

import dev.tandem.servers.Database;
import dev.tandem.servers.MariaDb;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.DatabaseAddress.Transport;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The address of a database, as given by a user or a local server. A URI of our own kind, never one that a driver reads. */
public final class GivenDatabase {
    static final int MYSQL_PORT = 3306;
    static final int POSTGRES_PORT = 5432;

    private static final String PLAIN = "tls=off";
    private static final Pattern PASSWORD = Pattern.compile("(//[^/@:]*):.*@");

    private GivenDatabase() {}

    /** A server of this machine. */
    public static DatabaseAddress of(Database service) {
        var at = URI.create("tcp://" + service.address());
        var login = new DatabaseAddress.Login(
                service.login().user(), service.login().password());
        var server = new DatabaseAddress.Server(
                at.getHost(), at.getPort(), service.login().database(), login);
        return service instanceof MariaDb ? new DatabaseAddress.MySql(server) : new DatabaseAddress.Postgres(server);
    }

    /**
     * Reads {@code mysql://user@host:port/name}, {@code postgres://…} {@code sqlite:file} or {@code duckdb:file}. A password behind the user wins over
     * {@code password}; {@code ?tls=off} lets bytes travel plain to another machine.
     */
    public static DatabaseAddress read(String text, String password) {
        if (text.startsWith("sqlite:")) {
            return new DatabaseAddress.Sqlite(Path.of(text.substring("sqlite:".length())));
        }
        if (text.startsWith("duckdb:")) {
            return new DatabaseAddress.DuckDb(Path.of(text.substring("duckdb:".length())));
        }
        try {
            var uri = URI.create(text);
            if (uri.getScheme() != null
                    && uri.getHost() != null
                    && uri.getRawUserInfo() != null
                    && uri.getPath().length() > 1
                    && (uri.getQuery() == null || uri.getQuery().equals(PLAIN))) {
                return server(uri, login(uri.getRawUserInfo(), password), text);
            }
        } catch (IllegalArgumentException noUri) {
            // Told below, without its cause, which would show the password.
        }
        throw refused(text);
    }

    private static DatabaseAddress.Login login(String userInfo, String password) {
        var parts = userInfo.split(":", 2);
        return new DatabaseAddress.Login(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : password);
    }

    /** A plus sign is one, unlike in a form. */
    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static DatabaseAddress server(URI uri, DatabaseAddress.Login login, String text) {
        var name = uri.getPath().substring(1);
        return switch (uri.getScheme()) {
            case "mysql", "mariadb" -> new DatabaseAddress.MySql(server(uri, MYSQL_PORT, name, login));
            case "postgres", "postgresql" -> new DatabaseAddress.Postgres(server(uri, POSTGRES_PORT, name, login));
            default -> throw refused(text);
        };
    }

    private static DatabaseAddress.Server server(URI uri, int standard, String name, DatabaseAddress.Login login) {
        int port = uri.getPort() < 0 ? standard : uri.getPort();
        return PLAIN.equals(uri.getQuery())
                ? new DatabaseAddress.Server(uri.getHost(), port, name, login, Transport.PLAIN)
                : new DatabaseAddress.Server(uri.getHost(), port, name, login);
    }

    private static EnvironmentException refused(String text) {
        return new EnvironmentException(
                "Cannot use the database '%s': it is not an address; write mysql://user@host:3306/name, postgres://user@host:5432/name sqlite:file or duckdb:file"
                        .formatted(masked(text)));
    }

    private static String masked(String text) {
        return PASSWORD.matcher(text).replaceFirst("$1:***@");
    }
}
