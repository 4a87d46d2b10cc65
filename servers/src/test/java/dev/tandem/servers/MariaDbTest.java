package dev.tandem.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class MariaDbTest extends DatabaseContract {
    MariaDbTest() {
        super(Kind.MARIADB);
    }

    @Override
    String superuser() {
        return "root";
    }

    @Override
    Database start(Login login) {
        return MariaDb.start(room().places(), Lifetime.WITH_THIS_JVM, login);
    }

    @Test
    void tellsCaseApartCountsInUtcAndCommitsToDisk() throws SQLException {
        put(standing(), "a");
        try (var connection = connect(standing())) {
            assertThat(ask(connection, "select count(*) from said where word = 'A'"))
                    .isEqualTo("0");
            assertThat(ask(connection, "select @@collation_database")).isEqualTo("utf8mb4_bin");
            assertThat(ask(connection, "select @@global.time_zone")).isEqualTo("+00:00");
            assertThat(ask(connection, "select @@innodb_flush_log_at_trx_commit"))
                    .isEqualTo("1");
            assertThat(ask(connection, "select @@bind_address")).isEqualTo("127.0.0.1");
        }
    }
}
