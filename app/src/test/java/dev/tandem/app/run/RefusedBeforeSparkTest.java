package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.Exit;
import dev.tandem.app.TandemCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work is told before Spark starts, which takes seconds. */
class RefusedBeforeSparkTest {
    private static final String DEFINITION = """
            pipeline: early
            time: { event: at }
            source: { SOURCE, format: csv, ledger: DATABASE }
            schema: at TIMESTAMP, item STRING
            views:
              total: { measures: { n: count(*) } }
            outputs:
              - { view: total, table: "${mode}_total", in: DATABASE }
            """;

    @TempDir
    private Path home;

    private Path definition = Path.of("");
    private int closed;

    @BeforeEach
    void findAClosedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
    }

    private void define(String source, String database) throws IOException {
        definition = Files.writeString(
                home.resolve("early.yaml"), DEFINITION.replace("SOURCE", source).replace("DATABASE", database));
    }

    private TandemCommand stream(Map<String, String> environment) {
        return TandemCommand.run(home, environment, "stream", definition.toString(), "--drain");
    }

    private static void assertRefused(TandemCommand command, String... words) {
        assertThat(command.code()).isEqualTo(Exit.NOT_READY.code());
        assertThat(command.err()).contains(words).doesNotContain("Spark");
    }

    @Test
    void aDatabaseThatIsNotThere() throws IOException {
        define("files: data/in", "postgres");
        var environment = Map.of("POSTGRES_HOST", "127.0.0.1", "POSTGRES_PORT", String.valueOf(closed));
        assertRefused(stream(environment), "127.0.0.1:" + closed, "check that the database runs");
    }

    @Test
    void aBrokerThatIsNotThere() throws IOException {
        define("kafka: early", "sqlite");
        var bootstrap = "127.0.0.1:" + closed;
        assertRefused(
                stream(Map.of("KAFKA_BOOTSTRAP_SERVERS", bootstrap)),
                "Cannot reach Kafka: " + bootstrap,
                "./tandem doctor");
    }

    @Test
    void aSecondStream() throws IOException {
        define("files: data/in", "sqlite");
        var lock = Files.createDirectories(home.resolve("checkpoints/early")).resolve("tandem.lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            assertRefused(stream(Map.of()), "another process is running it on");
        }
        assertThat(stream(Map.of()).err()).contains("Spark");
    }
}
