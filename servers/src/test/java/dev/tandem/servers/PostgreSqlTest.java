package dev.tandem.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgreSqlTest extends DatabaseContract {
    /** A line of {@code postmaster.pid}, counted from 0. */
    private static final int SOCKET_DIRECTORY = 4;

    PostgreSqlTest() {
        super(Kind.POSTGRESQL);
    }

    @Override
    String superuser() {
        return "postgres";
    }

    @Override
    Database start(Login login) {
        return PostgreSql.start(room().places(), Lifetime.WITH_THIS_JVM, login);
    }

    @Test
    void countsInUtcAndCommitsToDisk() throws SQLException {
        try (var connection = connect(standing())) {
            assertThat(ask(connection, "select current_setting('fsync')")).isEqualTo("on");
            assertThat(ask(connection, "select current_setting('synchronous_commit')"))
                    .isEqualTo("on");
            assertThat(ask(connection, "select current_setting('listen_addresses')"))
                    .isEqualTo("127.0.0.1");
            assertThat(ask(
                            connection,
                            "select pg_encoding_to_char(encoding) from pg_database where datname = current_database()"))
                    .isEqualTo("UTF8");
        }
    }

    @Test
    void opensNoSocketBesideItsPort() throws IOException {
        var facts = Files.readAllLines(standing().directory().resolve("data/postmaster.pid"));
        assertThat(facts.get(SOCKET_DIRECTORY)).isEmpty();
    }

    @Test
    void startsBelowADirectoryThatOnlyItsOwnerEnters() throws Exception {
        ServiceDirectory.mode(room().places().home(), "rwx------");
        try (var service = start(Lifetime.WITH_THIS_JVM)) {
            put(service, "one");
        }
        ServiceDirectory.mode(room().places().home(), "rwxr-xr-x");
        try (var service = start(Lifetime.WITH_THIS_JVM)) {
            assertThat(values(service)).containsExactly("one");
            assertThat(Files.isDirectory(service.directory().resolve("data.unfinished")))
                    .isFalse();
        }
    }
}
