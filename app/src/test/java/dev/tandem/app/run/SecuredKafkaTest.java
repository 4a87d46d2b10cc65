package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.TandemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verbs against a broker that wants a login: the whole way of records by passwords over TLS, and what the doctor says of refusals. */
class SecuredKafkaTest {
    private static final String DEFINITION = """
            pipeline: clicks
            time: { event: at }
            source: { kafka: clicks }
            schema: id STRING, at TIMESTAMP, n INT
            steps:
              - watermark: { delay: 1 minute }
              - dedup: { by: [id], within: 1 hour }
            views:
              per_minute: { window: { tumbling: 1 minute }, measures: { clicks: count(*), total: sum(n) } }
            outputs:
              - { view: per_minute, table: "${mode}_per_minute", in: sqlite }
              - { view: per_minute, kafka: clicks_out, mode: stream }
            """;

    private static final String RECORDS = """
            {"id":"a","at":"2026-01-01T00:00:00Z","n":1}
            {"id":"b","at":"2026-01-01T00:00:10Z","n":2}
            {"id":"a","at":"2026-01-01T00:00:00Z","n":1}
            {"id":"c","at":"2026-01-01T00:01:00Z","n":4}
            """;

    @TempDir
    private static Path folder = Path.of("");

    private static SecuredBroker broker;

    @BeforeAll
    static void startTheBroker() throws IOException, InterruptedException {
        broker = SecuredBroker.start(Files.createDirectory(folder.resolve("broker")));
        Files.createDirectories(folder.resolve("pipelines/clicks"));
        Files.writeString(folder.resolve("pipelines/clicks/pipeline.yaml"), DEFINITION);
        Files.writeString(folder.resolve("clicks.jsonl"), RECORDS);
    }

    @AfterAll
    static void stopTheBroker() {
        broker.close();
    }

    private static TandemCommand run(Map<String, String> environment, String... words) {
        return TandemCommand.run(folder, environment, words);
    }

    @Test
    void recordsGoAllTheWayByPasswordOverTls() {
        var login = broker.login("SCRAM-SHA-512", "tandem", "scram-secret");
        for (var words : new String[][] {
            {"up", "clicks"}, {"generate", "clicks", "--input", "clicks.jsonl", "--fast"},
            {"stream", "clicks", "--drain", "--close"}, {"doctor", "clicks"}
        }) {
            var done = run(login, words);
            assertThat(done.code())
                    .as("%s: %s%s", String.join(" ", words), done.out(), done.err())
                    .isZero();
            assertThat(done.out() + done.err()).doesNotContain("scram-secret");
        }
        // a and b: 1 + 2, and c: 4; the second a is a duplicate.
        assertThat(run(login, "export", "clicks", "per_minute").out())
                .contains(
                        "2026-01-01T00:00:00Z,2026-01-01T00:01:00Z,2,3",
                        "2026-01-01T00:01:00Z,2026-01-01T00:02:00Z,1,4");
        var init = run(login, "init", "kafka:clicks", "--name", "found", "--print");
        assertThat(init.out())
                .contains("from 4 records of the topic clicks", "id: 1 duplicates, of which 0 differ", "n BIGINT");
        assertThat(run(login, "init", "kafka:clicks_out", "--name", "out", "--print")
                        .code())
                .isZero();
    }

    @Test
    void theDoctorLetsInWhomTheBrokerLetsIn() {
        assertThat(run(broker.login("PLAIN", "tandem", SecuredBroker.PASSWORD), "doctor", "clicks")
                        .out())
                .contains("✔ kafka                  " + broker.withPasswords() + " (SASL_SSL) answers");
        assertThat(run(broker.certificate("tandem.p12"), "doctor", "clicks").out())
                .contains("(SSL) answers");
    }

    @Test
    void theDoctorTellsWhyTheBrokerRefuses() {
        assertThat(run(broker.login("PLAIN", "tandem", "wrong"), "doctor", "clicks")
                        .out())
                .contains("(SASL_SSL) refuses the login: ", "→ check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME");
        assertThat(run(broker.login("SCRAM-SHA-256", "tandem", "scram-secret"), "doctor", "clicks")
                        .out())
                .contains("(SASL_SSL) does not offer this mechanism: ");
        assertThat(run(broker.certificate("stranger.p12"), "doctor", "clicks").out())
                .contains("(SSL) and this client do not trust each other: ");
        var untrusting = new HashMap<>(broker.login("PLAIN", "tandem", SecuredBroker.PASSWORD));
        untrusting.remove("KAFKA_SSL_TRUSTSTORE_LOCATION");
        untrusting.remove("KAFKA_SSL_TRUSTSTORE_PASSWORD");
        assertThat(run(untrusting, "doctor", "clicks").out())
                .contains("do not trust each other: ", "→ check KAFKA_SSL_TRUSTSTORE_LOCATION");
        assertThat(run(broker.login("PLAIN", "guest", "guest"), "doctor", "clicks")
                        .out())
                .contains("topic clicks", "is missing or forbidden, 'clicks' reads it");
        assertThat(run(Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.withPasswords()), "doctor", "clicks")
                        .out())
                .contains("does not answer", "set KAFKA_SECURITY_PROTOCOL if it wants TLS or a login");
    }
}
