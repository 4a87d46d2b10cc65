package dev.tandem.app.environment;

import dev.tandem.store.DatabaseKind;
import java.util.List;
import java.util.stream.Stream;

/** The variables that say where a database is: those of the databases' own container images, and one of ours for the whole address. */
record ServerNames(
        DatabaseKind kind,
        String prefix,
        List<String> database,
        List<String> user,
        String standardUser,
        int standardPort) {
    static final List<ServerNames> ALL = List.of(
            new ServerNames(
                    DatabaseKind.POSTGRES,
                    "POSTGRES",
                    List.of("POSTGRES_DB"),
                    List.of("POSTGRES_USER"),
                    "postgres",
                    GivenDatabase.POSTGRES_PORT),
            new ServerNames(
                    DatabaseKind.MYSQL,
                    "MYSQL",
                    List.of("MYSQL_DATABASE", "MYSQL_DB"),
                    List.of("MYSQL_USER"),
                    "root",
                    GivenDatabase.MYSQL_PORT));

    String url() {
        return "TANDEM_%s_URL".formatted(prefix);
    }

    String host() {
        return prefix + "_HOST";
    }

    String port() {
        return prefix + "_PORT";
    }

    String password() {
        return prefix + "_PASSWORD";
    }

    String tls() {
        return prefix + "_TLS";
    }

    /** All that means nothing without a host. */
    List<String> details() {
        return Stream.of(database, user, List.of(password(), port(), tls()))
                .flatMap(List::stream)
                .toList();
    }
}
