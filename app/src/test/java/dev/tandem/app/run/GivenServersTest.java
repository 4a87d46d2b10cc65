package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.doctor.Finding;
import dev.tandem.app.doctor.Readiness;
import dev.tandem.app.environment.Environment;
import dev.tandem.model.KafkaAddress;
import dev.tandem.servers.Lifetime;
import dev.tandem.store.DatabaseAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A broker and a database that somebody else runs: here the bench's, seen from another home. */
@ExtendWith(Bench.Giver.class)
class GivenServersTest {
    private static Bench bench;
    private static DatabaseAddress.Server database;
    private static String broker;

    private final List<String> told = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void take(Bench given) {
        bench = given;
        try (var services = Services.running(
                bench.workspace(), Stage.definition(bench.workspace(), "_given", UnaryOperator.identity()))) {
            database = ((DatabaseAddress.MySql) services.database("mysql")).server();
            broker = services.bootstrap();
        }
    }

    private Hosting elsewhere() {
        var process = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", broker,
                "MYSQL_HOST", database.host(),
                "MYSQL_PORT", String.valueOf(database.port()),
                "MYSQL_DATABASE", database.database(),
                "MYSQL_USER", database.login().user(),
                "MYSQL_PASSWORD", database.login().password());
        var workspace = Workspace.at(folder, bench.workspace().servers());
        return new Hosting(workspace, Environment.read(process, folder, Optional.empty()));
    }

    private Narrator narrator() {
        return new Narrator() {
            @Override
            public void tell(String text) {
                told.add(text);
            }

            @Override
            public void progress(String label, long done, OptionalLong total) {}
        };
    }

    @Test
    void S3_10_areWaitedForUsedAndLeftRunning() throws InterruptedException {
        var pipeline = Stage.definition(bench.workspace(), "_given", UnaryOperator.identity());
        try (var services = Services.start(elsewhere(), pipeline, Lifetime.WITH_THIS_JVM, narrator())) {
            assertThat(services.bootstrap()).isEqualTo(broker);
            assertThat(told).first().asString().startsWith("waiting for kafka at " + broker);
        }
        assertThat(Services.attached(elsewhere().workspace())).isEmpty();
        assertThat(Readiness.kafka(KafkaAddress.plain(broker), Duration.ZERO).level())
                .isEqualTo(Finding.Level.PASS);
        assertThat(String.join("\n", told)).doesNotContain(database.login().password());
    }

    @Test
    void thatRefuseTheLoginAreNotWaitedFor() throws InterruptedException {
        var login = new DatabaseAddress.Login(database.login().user(), "wrong");
        var wrong = new DatabaseAddress.Server(database.host(), database.port(), database.database(), login);
        assertThat(Readiness.database(new DatabaseAddress.MySql(wrong), Duration.ofMinutes(5))
                        .value())
                .endsWith("refuses the user or the password");
    }
}
