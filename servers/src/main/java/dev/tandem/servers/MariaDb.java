package dev.tandem.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A MariaDB server from its bare binaries. The usual wrapper of them skips the grant tables and spends half a minute on
 * a key pair; this one asks for a password, listens on the loopback address only and makes each commit durable.
 */
public final class MariaDb extends Server implements Database {
    /** Not from {@code mariadb_test_db.sql}: that one lets everybody in. */
    private static final List<String> SYSTEM_TABLES = List.of(
            "mariadb_system_tables.sql",
            "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql",
            "mariadb_sys_schema.sql");

    private final Login login;

    MariaDb(ServerProcess process) {
        super(process);
        this.login = process.directory().loginFor(Optional.empty());
    }

    /** As {@link #start(Places, Lifetime, Login)}, with the login of the data that is there or a random one. */
    public static MariaDb start(Places places, Lifetime lifetime) {
        return new MariaDb(new Launch(new FromBinaries(places, Optional.empty()), places, lifetime).start());
    }

    /**
     * Returns when the server takes connections; its data is there again at every later start in the same home.
     *
     * @throws LocalServiceException if it cannot be started, with the end of its log, or if the data was made for another login
     */
    public static MariaDb start(Places places, Lifetime lifetime, Login login) {
        return new MariaDb(new Launch(new FromBinaries(places, Optional.of(login)), places, lifetime).start());
    }

    @Override
    public Login login() {
        return login;
    }

    @Override
    public String jdbcUrl() {
        return "jdbc:mariadb://%s/%s".formatted(address(), login.database());
    }

    private record FromBinaries(Places places, Optional<Login> wanted) implements Recipe {
        @Override
        public Kind kind() {
            return Kind.MARIADB;
        }

        @Override
        public Prepared prepare(ServiceDirectory directory) throws IOException {
            var login = directory.loginFor(wanted);
            var binaries = Binaries.mariaDb(places);
            var account = account(directory, binaries);
            account.own(Files.createDirectories(temporary(directory.data())));
            if (!directory.hasData()) {
                var data = directory.freshData();
                account.own(data);
                new Setup(directory, account).run(bootstrap(binaries, data), systemTables(binaries.resolve("share")));
                directory.write(login);
                directory.finishData();
            }
            account.own(directory.data());
            var accounts = directory.privateFile(directory.path().resolve("accounts.sql"), accounts(login));
            account.own(accounts);
            return new Prepared(account, port -> serve(binaries, directory.data(), accounts, port));
        }

        private static Account account(ServiceDirectory directory, Path binaries) throws IOException {
            var unprivileged = Account.unprivileged(directory, binaries.resolve("bin/mariadbd"));
            // MariaDB does run as root, if it is told that this is meant.
            return unprivileged.isPresent()
                    ? unprivileged.get()
                    : Account.ourselves().told("--user=root");
        }

        /** Its own: a server that starts deletes the temporary tables of every other one in the same folder. */
        private static Path temporary(Path data) {
            return data.resolveSibling("tmp");
        }

        private static List<String> program(Path binaries, Path data) {
            return List.of(
                    binaries.resolve("bin/mariadbd").toString(),
                    "--no-defaults",
                    "--basedir=" + binaries,
                    "--datadir=" + data,
                    "--tmpdir=" + temporary(data),
                    "--lc-messages-dir=" + binaries.resolve("share"),
                    "--character-set-server=utf8mb4",
                    "--collation-server=utf8mb4_bin",
                    "--default-time-zone=+00:00",
                    "--innodb-buffer-pool-size=128M",
                    "--innodb-log-file-size=32M",
                    "--innodb-flush-log-at-trx-commit=1",
                    "--max-allowed-packet=64M");
        }

        private static List<String> bootstrap(Path binaries, Path data) {
            var command = new ArrayList<>(program(binaries, data));
            command.addAll(List.of("--bootstrap", "--log-warnings=0", "--net-buffer-length=16K"));
            return command;
        }

        private static List<String> serve(Path binaries, Path data, Path accounts, int port) {
            var command = new ArrayList<>(program(binaries, data));
            command.addAll(List.of(
                    "--bind-address=" + LOOPBACK,
                    "--port=" + port,
                    // Below the data directory, by a short name: the system takes 107 characters at most.
                    "--socket=mariadb.sock",
                    "--skip-ssl",
                    "--skip-name-resolve",
                    "--local-infile=0",
                    "--init-file=" + accounts));
            return command;
        }

        /** The system tables, without the accounts that come with them: several roots that need no password. */
        private static String systemTables(Path share) throws IOException {
            var script = new StringBuilder("create database mysql;\nuse mysql;\nset @auth_root_socket=null;\n");
            for (var file : SYSTEM_TABLES) {
                script.append(Files.readString(share.resolve(file))).append('\n');
            }
            return script.append("delete from mysql.global_priv where user <> 'mariadb.sys';\n")
                    .append("delete from mysql.proxies_priv;\n")
                    .toString();
        }

        /**
         * Run at each start, before the first connection. The owner may make other users, so that grants can be tried here before
         * they are made in production.
         */
        private static String accounts(Login login) {
            return """
                    create database if not exists `%1$s`;
                    create user if not exists '%2$s'@'%3$s' identified by '%4$s';
                    grant all on `%1$s`.* to '%2$s'@'%3$s' with grant option;
                    grant create user on *.* to '%2$s'@'%3$s';
                    """.formatted(login.database(), login.user(), LOOPBACK, login.password());
        }
    }
}
