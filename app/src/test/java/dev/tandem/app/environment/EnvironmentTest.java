package dev.tandem.app.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.KafkaAddress;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.DatabaseAddress.Transport;
import dev.tandem.store.DatabaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
    @TempDir
    private Path folder = Path.of("");

    private Environment read(Map<String, String> process) {
        return Environment.read(process, folder, Optional.of(folder.resolve("pipelines/shop")));
    }

    private static DatabaseAddress.Server postgres(Environment environment) {
        var given = environment.database(DatabaseKind.POSTGRES).orElseThrow().address();
        return ((DatabaseAddress.Postgres) given).server();
    }

    private void file(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Nested
    class Postgres {
        @Test
        void S4_10_isGivenByTheVariablesOfTheReferenceSystem() throws IOException {
            file(".env", """
                    POSTGRES_DB=ecommerce
                    POSTGRES_USER=admin
                    POSTGRES_PASSWORD=s3cret
                    POSTGRES_HOST=postgres
                    POSTGRES_PORT=5432
                    """);
            var given = read(Map.of()).database(DatabaseKind.POSTGRES).orElseThrow();
            assertThat(given.address().told()).isEqualTo("postgres://admin@postgres:5432/ecommerce");
            assertThat(given.from()).isEqualTo("POSTGRES_HOST in .env");
            assertThat(postgres(read(Map.of())).login().password()).isEqualTo("s3cret");
        }

        @Test
        void needsNoMoreThanItsHost() {
            assertThat(read(Map.of("POSTGRES_HOST", "127.0.0.1"))
                            .database(DatabaseKind.POSTGRES)
                            .orElseThrow()
                            .address()
                            .told())
                    .isEqualTo("postgres://postgres@127.0.0.1:5432/postgres");
        }

        @Test
        void isNotGivenWithoutAHostAndThatIsTold() {
            var environment = read(Map.of("POSTGRES_PASSWORD", "s3cret", "POSTGRES_HOST", " "));
            assertThat(environment.databases()).isEmpty();
            assertThat(environment.unused())
                    .containsExactly("POSTGRES_PASSWORD in the environment has no effect without POSTGRES_HOST");
        }

        @Test
        void isReachedByVerifiedTlsUnlessThatIsOff() {
            assertThat(postgres(read(Map.of("POSTGRES_HOST", "db"))).transport())
                    .isEqualTo(Transport.VERIFIED);
            assertThat(postgres(read(Map.of("POSTGRES_HOST", "db", "POSTGRES_TLS", "off")))
                            .transport())
                    .isEqualTo(Transport.PLAIN);
        }

        @Test
        void isGivenWholeByOneVariable() {
            var environment =
                    read(Map.of("TANDEM_POSTGRES_URL", "postgres://me:s3cret@db/shop", "POSTGRES_HOST", "other"));
            assertThat(environment.toString()).isEqualTo("Environment[postgres://me@db:5432/shop]");
        }
    }

    @Nested
    class MySql {
        @Test
        void isGivenByTheVariablesOfItsImage() {
            var environment = read(Map.of("MYSQL_HOST", "db", "MYSQL_DATABASE", "tweets", "MYSQL_USER", "me"));
            assertThat(environment.toString()).isEqualTo("Environment[mysql://me@db:3306/tweets]");
        }

        @Test
        void takesTheShorterNameOfItsDatabaseToo() {
            assertThat(read(Map.of("MYSQL_HOST", "db", "MYSQL_DB", "tweets")).toString())
                    .isEqualTo("Environment[mysql://root@db:3306/tweets]");
        }
    }

    @Test
    void kafkaIsGivenByItsBootstrapServers() {
        assertThat(read(Map.of("KAFKA_BOOTSTRAP_SERVERS", "a:9092,b:9092")).kafka())
                .contains(new GivenAddress<>(
                        KafkaAddress.plain("a:9092,b:9092"), "KAFKA_BOOTSTRAP_SERVERS in the environment"));
    }

    @Test
    void theProcessWinsThenTheCurrentFolderThenTheDefinitions() throws IOException {
        file("pipelines/shop/.env", "POSTGRES_HOST=c\nPOSTGRES_USER=c\nPOSTGRES_DB=c\n");
        file(".env", "POSTGRES_HOST=b\nPOSTGRES_USER=b\n");
        var given = read(Map.of("POSTGRES_HOST", "a"))
                .database(DatabaseKind.POSTGRES)
                .orElseThrow();
        assertThat(given.address().told()).isEqualTo("postgres://b@a:5432/c");
        assertThat(given.from()).isEqualTo("POSTGRES_HOST in the environment");
    }

    @Test
    void aProfileIsTakenFromItToo() throws IOException {
        file(".env", "TANDEM_PROFILE=staging\n");
        assertThat(read(Map.of()).profile()).contains("staging");
        assertThat(read(Map.of("TANDEM_PROFILE", "live")).profile()).contains("live");
    }

    @Nested
    class AMistake {
        @Test
        void inAPortIsToldWithItsPlace() {
            assertThatThrownBy(() -> read(Map.of("POSTGRES_HOST", "db", "POSTGRES_PORT", "five")))
                    .hasMessage(
                            "Cannot use POSTGRES_PORT in the environment: it is not a number; give the server's port, as in 5432");
        }

        @Test
        void inAHostIsToldWithItsPlace() {
            assertThatThrownBy(() -> read(Map.of("POSTGRES_HOST", "db/shop")))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageStartingWith("Cannot use 'db/shop' as a database's host")
                    .hasMessageEndingWith("(from POSTGRES_HOST in the environment)");
        }

        @Test
        void inTheKindOfAnAddressIsTold() {
            assertThatThrownBy(() -> read(Map.of("TANDEM_POSTGRES_URL", "mysql://me@db/shop")))
                    .hasMessage(
                            "Cannot use TANDEM_POSTGRES_URL in the environment: it is an address of mysql; give one of postgres");
        }

        @Test
        void neverShowsAPassword() {
            assertThatThrownBy(() -> read(Map.of("TANDEM_MYSQL_URL", "mysql://me:s3cret@db")))
                    .hasMessageContaining("mysql://me:***@db")
                    .hasMessageNotContaining("s3cret");
        }
    }
}
