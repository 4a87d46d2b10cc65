package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.app.environment.Environment;
import dev.tandem.model.Pipeline;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server plays which part, without starting any. */
class ServicesTest {
    private static final Pipeline SHOP = DefinitionReader.parse("""
            pipeline: shop
            about: Orders per hour
            time: { event: at }
            source: { kafka: orders, format: json, land: { table: order_raw, in: postgres } }
            schema: id STRING, at TIMESTAMP
            steps:
              - watermark: { delay: 1 minute }
            views:
              totals: { window: { tumbling: 1 hour }, measures: { n: count(*) } }
            outputs:
              - { view: totals, table: "${mode}_totals", in: postgres }
            """, "shop");

    @TempDir
    private Path folder = Path.of("");

    private Hosting hosting(Map<String, String> process) {
        return new Hosting(
                Workspace.at(folder.resolve("home"), folder.resolve("servers")),
                Environment.read(process, folder, Optional.empty()));
    }

    private Hosting given() {
        return hosting(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "broker:9092",
                "POSTGRES_HOST", "127.0.0.1",
                "POSTGRES_PASSWORD", "s3cret"));
    }

    @Test
    void S4_10_thatAreGivenAreUsed() {
        try (var services = Services.running(given(), SHOP)) {
            assertThat(services.bootstrap()).isEqualTo("broker:9092");
            assertThat(services.database("postgres").told()).isEqualTo("postgres://postgres@127.0.0.1:5432/postgres");
        }
    }

    @Test
    void areToldWithWhoRunsThemAndWithoutPasswords() {
        assertThat(Services.described(given(), SHOP))
                .containsExactly(
                        new Services.Described("kafka", "broker:9092", "KAFKA_BOOTSTRAP_SERVERS in the environment"),
                        new Services.Described(
                                "postgresql",
                                "postgres://postgres@127.0.0.1:5432/postgres",
                                "POSTGRES_HOST in the environment"));
    }

    @Test
    void thatAreNeitherGivenNorRunningAreMissed() {
        assertThat(Services.missing(hosting(Map.of("KAFKA_BOOTSTRAP_SERVERS", "broker:9092")), SHOP))
                .containsExactly("postgresql");
        assertThatThrownBy(() -> Services.running(hosting(Map.of()), SHOP))
                .hasMessage("Cannot run 'shop': its kafka is not running; start it with ./tandem up shop");
    }
}
