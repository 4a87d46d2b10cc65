package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.app.TandemCommand;
import dev.tandem.app.environment.Environment;
import dev.tandem.engine.EngineException;
import dev.tandem.engine.source.SchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaRegistryTest {
    private static final String USER = "{\"type\":\"record\",\"name\":\"User\",\"fields\":[]}";
    private static final String ORDER =
            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"user\",\"type\":\"User\"}]}";

    private static final String ORDERS = """
            {"type":"record","name":"Order","fields":[
              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},{"name":"amount","type":"long"}]}""";
    private static final String DEFINITION = """
            pipeline: orders
            time: { event: at }
            source: { kafka: orders, format: avro }
            schema: registry
            views: { total: { measures: { total: sum(amount) } } }
            outputs: [{ view: total, table: "${mode}_total", in: sqlite }]
            """;

    @TempDir
    private Path folder;

    private final LocalRegistry server = new LocalRegistry();

    @AfterEach
    void close() {
        server.close();
    }

    private SchemaRegistry registry(Map<String, String> variables) {
        var address = Environment.read(variables, folder, Optional.empty())
                .schemaRegistry()
                .orElseThrow()
                .address();
        return new SchemaRegistry(address, folder.resolve("schemas"));
    }

    private SchemaRegistry registry() {
        return registry(server.variables());
    }

    @Test
    void isAskedOnceForEachId() {
        server.register(1, "user", 1, USER);

        assertThat(registry().texts(1)).hasValue(List.of(USER));
        assertThat(registry().texts(1)).hasValue(List.of(USER));
        assertThat(server.questions()).isOne();
    }

    @Test
    void givesWhatASchemaRefersToBeforeIt() {
        server.register(1, "user", 3, USER);
        var order = new ObjectMapper().createObjectNode().put("schema", ORDER);
        order.putArray("references")
                .addObject()
                .put("name", "User")
                .put("subject", "user")
                .put("version", 3);
        server.register(2, "order", 1, order);

        assertThat(registry().texts(2)).hasValue(List.of(USER, ORDER));
    }

    /** Else a batch could read a record that the stream had to quarantine. */
    @Test
    void thatOnceDidNotKnowAnIdNeverWill() {
        assertThat(registry().texts(9)).isEmpty();
        server.register(9, "user", 1, USER);
        assertThat(registry().texts(9)).isEmpty();
    }

    @Test
    void hasNoAvroWhereASchemaIsOfAnotherKind() {
        server.register(
                4,
                "proto",
                1,
                new ObjectMapper().createObjectNode().put("schema", "syntax").put("schemaType", "PROTOBUF"));
        assertThat(registry().texts(4)).isEmpty();
    }

    @Test
    void thatIsAwayMayBeBackLater() {
        server.register(1, "user", 1, USER);
        server.away(true);
        assertThatThrownBy(() -> registry().texts(1))
                .isInstanceOfSatisfying(
                        EngineException.class, it -> assertThat(it.retryable()).isTrue())
                .hasMessageStartingWith("Cannot ask the schema registry at %s for /schemas/ids/1: it answers 503"
                        .formatted(server.url()));
        server.away(false);
        assertThat(registry().texts(1)).hasValue(List.of(USER));
    }

    @Test
    void whereNobodyListensMayBeBackLater() {
        server.close();
        assertThatThrownBy(() -> registry().texts(1))
                .isInstanceOfSatisfying(
                        EngineException.class, it -> assertThat(it.retryable()).isTrue());
    }

    @Test
    void refusesAWrongLoginWithoutShowingIt() {
        assertThatThrownBy(() -> registry(Map.of(
                                "SCHEMA_REGISTRY_URL", server.url(),
                                "SCHEMA_REGISTRY_USERNAME", "reader",
                                "SCHEMA_REGISTRY_PASSWORD", "guess"))
                        .texts(1))
                .isInstanceOfSatisfying(
                        EngineException.class, it -> assertThat(it.retryable()).isFalse())
                .hasMessageContaining("it refuses the login (401); check SCHEMA_REGISTRY_USERNAME")
                .hasMessageNotContaining("guess");
        assertThat(new SchemaRegistry.Address(URI.create("http://r:1"), "u:p")).hasToString("http://r:1");
    }

    @Test
    void givesACheckedDefinitionItsFields() throws IOException {
        server.register(5, "orders-value", 1, ORDERS);
        var variables = new StringBuilder();
        server.variables().forEach((name, value) -> variables.append("%s=%s\n".formatted(name, value)));
        Files.writeString(folder.resolve(".env"), variables);
        var definition =
                Files.writeString(folder.resolve("pipeline.yaml"), DEFINITION).toString();

        assertThat(TandemCommand.run(folder, "check", definition).out()).contains("✔");
        assertThat(TandemCommand.run(folder, "doctor", definition).out())
                .contains("schema registry", server.url() + " answers (SCHEMA_REGISTRY_URL in ");
        server.away(true);
        assertThat(TandemCommand.run(folder, "check", definition).out()).contains("✔");
        assertThat(TandemCommand.run(folder, "doctor", definition).out()).contains("it answers 503");
        server.away(false);
        server.register(6, "orders-value", 2, ORDERS.replace("amount", "price"));
        assertThat(TandemCommand.run(folder, "check", definition).err()).contains("amount");
    }

    @Test
    void isNotWhatIsNoAddress() {
        assertThatThrownBy(() -> registry(Map.of("SCHEMA_REGISTRY_URL", "registry:8081")))
                .hasMessage(
                        "Cannot use SCHEMA_REGISTRY_URL in the environment: it is not the address of a schema registry; write e.g. http://registry:8081");
    }
}
