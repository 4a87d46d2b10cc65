package dev.tandem.app.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSecurityTest {
    @TempDir
    private Path folder = Path.of("");

    private Environment read(String... pairs) {
        var process = new HashMap<>(Map.of("KAFKA_BOOTSTRAP_SERVERS", "broker:9093"));
        for (int at = 0; at < pairs.length; at += 2) {
            process.put(pairs[at], pairs[at + 1]);
        }
        return Environment.read(process, folder, Optional.empty());
    }

    private Map<String, String> settings(String... pairs) {
        return read(pairs).kafka().orElseThrow().address().security();
    }

    @Test
    void aLoginBecomesALineOfJaas() {
        assertThat(settings(
                        "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                        "KAFKA_SASL_MECHANISM", "SCRAM-SHA-512",
                        "KAFKA_SASL_USERNAME", "tandem",
                        "KAFKA_SASL_PASSWORD", "a\"b\\c"))
                .isEqualTo(
                        Map.of(
                                "security.protocol",
                                "SASL_SSL",
                                "sasl.mechanism",
                                "SCRAM-SHA-512",
                                "sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"tandem\" password=\"a\\\"b\\\\c\";"));
    }

    @Test
    void aTokenIsFetchedWithTheHandlerOfKafka() {
        assertThat(settings(
                        "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                        "KAFKA_SASL_MECHANISM", "OAUTHBEARER",
                        "KAFKA_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL", "https://login.example/token",
                        "KAFKA_OAUTH_CLIENT_ID", "tandem",
                        "KAFKA_OAUTH_CLIENT_SECRET", "hidden",
                        "KAFKA_OAUTH_SCOPE", "kafka"))
                .containsEntry("sasl.oauthbearer.token.endpoint.url", "https://login.example/token")
                .containsEntry(
                        "sasl.login.callback.handler.class",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler")
                .containsEntry(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"tandem\" clientSecret=\"hidden\" scope=\"kafka\";");
    }

    @Test
    void whatDoesNotFitTogetherIsToldWithoutTheSecret() {
        assertThatThrownBy(() -> settings("KAFKA_SECURITY_PROTOCOL", "SASL_SSL"))
                .hasMessageContaining("KAFKA_SASL_MECHANISM is not set; set it to PLAIN");
        assertThatThrownBy(() -> settings(
                        "KAFKA_SECURITY_PROTOCOL",
                        "SASL_SSL",
                        "KAFKA_SASL_MECHANISM",
                        "PLAIN",
                        "KAFKA_SASL_PASSWORD",
                        "p4ss"))
                .hasMessageContaining("KAFKA_SASL_USERNAME is not set")
                .hasMessageNotContaining("p4ss");
        assertThatThrownBy(() -> settings("KAFKA_SECURITY_PROTOCOL", "TLS")).hasMessageContaining("'TLS' is not known");
        assertThatThrownBy(() -> settings("KAFKA_SECURITY_PROTOCOL", "SSL", "KAFKA_SSL_TRUSTSTORE", "x"))
                .hasMessageContaining("no setting 'ssl.truststore'")
                .hasMessageContaining("KAFKA_SSL_TRUSTSTORE_LOCATION");
        assertThatThrownBy(() -> settings(
                        "KAFKA_SECURITY_PROTOCOL", "SSL", "KAFKA_SSL_TRUSTSTORE_LOCATION", "/nowhere/trust.p12"))
                .hasMessageContaining("there is no readable file /nowhere/trust.p12");
    }

    @Test
    void variablesWithoutAProtocolHaveNoEffectAndAreTold() throws Exception {
        var environment = read("KAFKA_SASL_PASSWORD", "p4ss");
        assertThat(environment.kafka().orElseThrow().address().security()).isEmpty();
        assertThat(environment.unused())
                .containsExactly("KAFKA_SASL_PASSWORD has no effect without KAFKA_SECURITY_PROTOCOL");
        Files.writeString(folder.resolve("trust.pem"), "");
        var secured = read(
                "KAFKA_SECURITY_PROTOCOL", "SSL",
                "KAFKA_SSL_TRUSTSTORE_LOCATION", folder.resolve("trust.pem").toString(),
                "KAFKA_SSL_KEY_PASSWORD", "p4ss");
        assertThat(secured.toString()).contains("broker:9093 (SSL)").doesNotContain("p4ss");
    }
}
