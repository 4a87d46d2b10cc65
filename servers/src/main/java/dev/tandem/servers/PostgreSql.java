package dev.tandem.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL server from its bare binaries. The usual wrapper of them trusts every connection and answers commits
 * before they are on disk, which would make a ledger written in the same transaction worthless; this one does neither.
 */
public final class PostgreSql extends Server implements Database {
    private final Login login;

    PostgreSql(ServerProcess process) {
        super(process);
        this.login = process.directory().loginFor(Optional.empty());
    }

    /** As {@link #start(Places, Lifetime, Login)}, with the login of the data that is there or a random one. */
    public static PostgreSql start(Places places, Lifetime lifetime) {
        return new PostgreSql(new Launch(new FromBinaries(places, Optional.empty()), places, lifetime).start());
    }

    /**
     * Returns when the server takes connections; its data is there again at every later start in the same home.
     *
     * @throws LocalServiceException if it cannot be started, with the end of its log, or if the data was made for another login
     */
    public static PostgreSql start(Places places, Lifetime lifetime, Login login) {
        return new PostgreSql(new Launch(new FromBinaries(places, Optional.of(login)), places, lifetime).start());
    }

    @Override
    public Login login() {
        return login;
    }

    @Override
    public String jdbcUrl() {
        return "jdbc:postgresql://%s/%s".formatted(address(), login.database());
    }

    private record FromBinaries(Places places, Optional<Login> wanted) implements Recipe {
        @Override
        public Kind kind() {
            return Kind.POSTGRESQL;
        }

        @Override
        public Prepared prepare(ServiceDirectory directory) throws IOException {
            var login = directory.loginFor(wanted);
            var bin = Binaries.postgreSql(places).resolve("bin");
            var account = Account.unprivileged(directory, bin.resolve("postgres"))
                    .orElseThrow(() -> new LocalServiceException(
                            "Cannot start postgresql: it refuses to run as root, and neither setpriv nor unshare can hand it to another user who may enter %s and %s; choose a home and a cache that others may enter, or run as another user"
                                    .formatted(directory.path(), bin)));
            if (!directory.hasData()) {
                make(directory, bin, account, login);
            }
            account.own(directory.data());
            return new Prepared(account, port -> serve(bin, directory.data(), port));
        }

        private static void make(ServiceDirectory directory, Path bin, Account account, Login login)
                throws IOException {
            var data = directory.freshData();
            account.own(data);
            var setup = new Setup(directory, account);
            var password = directory.privateFile(directory.path().resolve("superuser"), Login.randomPassword());
            account.own(password);
            setup.run(initdb(bin, data, password), "");
            Files.delete(password);
            setup.run(single(bin, data), accounts(login));
            directory.write(login);
            directory.finishData();
        }

        /** The superuser's password is not kept: nobody needs to come in as that one. */
        private static List<String> initdb(Path bin, Path data, Path password) {
            return List.of(
                    bin.resolve("initdb").toString(),
                    "--pgdata=" + data,
                    "--username=postgres",
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-instructions");
        }

        private static List<String> single(Path bin, Path data) {
            return List.of(
                    bin.resolve("postgres").toString(),
                    "--single",
                    "-D",
                    data.toString(),
                    "-c",
                    "exit_on_error=true",
                    "postgres");
        }

        /**
         * One statement a line, which is all that single-user mode understands. The owner may make other users, so that grants can be
         * tried here before they are made in production.
         */
        private static String accounts(Login login) {
            return """
                    create role "%s" login createrole password '%s'
                    create database "%s" owner "%1$s"
                    """.formatted(login.user(), login.password(), login.database());
        }

        private static List<String> serve(Path bin, Path data, int port) {
            var command = new ArrayList<>(List.of(bin.resolve("postgres").toString(), "-D", data.toString()));
            var settings = List.of(
                    "listen_addresses=" + LOOPBACK,
                    "port=" + port,
                    "unix_socket_directories=",
                    "fsync=on",
                    "synchronous_commit=on",
                    "full_page_writes=on",
                    "timezone=UTC",
                    "log_timezone=UTC");
            settings.forEach(setting -> command.addAll(List.of("-c", setting)));
            return command;
        }
    }
}
