package dev.tandem.store;

import java.io.Serializable;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.regex.Pattern;

/**
 * The address of a database and its user. Given in parts, and no JDBC URL is ever accepted: driver properties have allowed
 * attackers to read files and run code (CVE-2022-21724, CVE-2023-32697), so only properties in this module's code are used.
 * Serializable, because tasks read the landed log.
 */
public sealed interface DatabaseAddress extends Serializable {
    /** How bytes travel. Plain is for this machine; over a network it must be asked for. */
    enum Transport {
        PLAIN,
        /** TLS with the server's certificate and name checked against the JVM's trusted authorities. */
        VERIFIED;

        private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

        static Transport fitting(String host) {
            boolean here = host.equals("localhost")
                    || host.equals("::1")
                    || LOOPBACK.matcher(host).matches();
            return here ? PLAIN : VERIFIED;
        }
    }

    /** Who enters. */
    record Login(String user, String password) implements Serializable {
        /** Without the password: addresses end up in logs. */
        @Override
        public String toString() {
            return "Login[user=%s]".formatted(user);
        }
    }

    /** A database on a server. */
    record Server(String host, int port, String database, Login login, Transport transport) implements Serializable {
        private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");
        private static final Pattern DATABASE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,62}");
        private static final int LAST_PORT = 65_535;

        public Server {
            if (!HOST.matcher(host).matches()) {
                throw new StoreException(
                        "Cannot use '%s' as a database's host: it is neither a name nor an address; give e.g. db.example.org"
                                .formatted(host));
            }
            if (port < 1 || port > LAST_PORT) {
                throw new StoreException("Cannot use port %d of %s: ports go from 1 to 65535; give the database's"
                        .formatted(port, host));
            }
            if (!DATABASE.matcher(database).matches()) {
                throw new StoreException(
                        "Cannot use '%s' as a database's name: only letters, digits, _ and - are taken, 63 at most; choose another"
                                .formatted(database));
            }
        }

        /** Plain on this machine, verified TLS elsewhere. */
        public Server(String host, int port, String database, Login login) {
            this(host, port, database, login, Transport.fitting(host));
        }

        String url(String scheme) {
            var bracketed = host.contains(":") ? "[" + host + "]" : host;
            return "jdbc:%s://%s:%d/%s".formatted(scheme, bracketed, port, database);
        }

        String told(DatabaseKind kind) {
            return "%s://%s@%s:%d/%s".formatted(kind.word(), login.user(), host, port, database);
        }
    }

    /** MySQL or MariaDB. */
    record MySql(Server server) implements DatabaseAddress {
        @Override
        public DatabaseKind kind() {
            return DatabaseKind.MYSQL;
        }

        @Override
        public String told() {
            return server.told(kind());
        }
    }

    record Postgres(Server server) implements DatabaseAddress {
        @Override
        public DatabaseKind kind() {
            return DatabaseKind.POSTGRES;
        }

        @Override
        public String told() {
            return server.told(kind());
        }
    }

    /** A file, made when missing; its directory must exist. */
    record Sqlite(String file) implements DatabaseAddress {
        public Sqlite {
            // In a path of the file system # is a letter like others.
            if (file.contains("?") || (file.startsWith("file:") && file.contains("#"))) {
                throw new StoreException(
                        "Cannot use %s as an SQLite file: ? and # begin driver settings; rename it".formatted(file));
            }
        }

        public Sqlite(Path file) {
            this(file.toAbsolutePath().normalize().toString());
        }

        @Override
        public DatabaseKind kind() {
            return DatabaseKind.SQLITE;
        }

        @Override
        public String told() {
            return "sqlite:" + file;
        }
    }

    /** A file of DuckDB's, made when missing; its directory must exist. One process at a time can open it. */
    record DuckDb(String file) implements DatabaseAddress {
        public DuckDb {
            if (file.contains(";") || file.contains("?")) {
                throw new StoreException(
                        "Cannot use %s as a DuckDB file: ; and ? begin driver settings; rename it".formatted(file));
            }
        }

        public DuckDb(Path file) {
            this(file.toAbsolutePath().normalize().toString());
        }

        @Override
        public DatabaseKind kind() {
            return DatabaseKind.DUCKDB;
        }

        @Override
        public String told() {
            return "duckdb:" + file;
        }
    }

    /** The database in a file, of the kind that the end of its name says. */
    static DatabaseAddress in(Path file) {
        return DatabaseKind.of(file.toString()) == DatabaseKind.DUCKDB ? new DuckDb(file) : new Sqlite(file);
    }

    DatabaseKind kind();

    /** For people: everything but the password. */
    String told();

    /**
     * A new connection in autocommit, its session in UTC. The caller closes it.
     *
     * @throws StoreException if the database cannot be reached or refuses the login
     */
    default Connection open() {
        return Drivers.open(this);
    }

    /** Throws if the database cannot be reached or refuses the login. */
    default void requireAnswer() {
        Session.with(this, "reach the database", Session::isAlive);
    }
}
