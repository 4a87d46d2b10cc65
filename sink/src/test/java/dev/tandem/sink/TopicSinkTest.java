package dev.tandem.sink;

import static dev.tandem.sink.Given.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.servers.KafkaBroker;
import dev.tandem.servers.Lifetime;
import dev.tandem.servers.Places;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopicSinkTest {
    private static final Output.Topic OUTPUT = new Output.Topic(
            new Output.What.OfView("orders"), "enriched_activity_${mode}", Optional.of("order_id"), Optional.empty());

    private KafkaBroker broker;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        var places =
                new Places(Path.of("..", "servers", "target", "servers"), home, Path.of("..", "target", "test-cache"));
        broker = KafkaBroker.start(places, Lifetime.WITH_THIS_JVM);
        try (var admin = Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("enriched_activity_stream", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    private static Sink open(String bootstrap) {
        var console = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return Sinks.open(
                OUTPUT,
                ORDERS,
                new Sinks.Setting("shop", Mode.STREAM, Path.of("."), "run", bootstrap, Clock.systemUTC(), console));
    }

    private List<ConsumerRecord<String, byte[]>> messages() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "key.deserializer", StringDeserializer.class,
                "value.deserializer", ByteArrayDeserializer.class);
        try (var consumer = new KafkaConsumer<String, byte[]>(settings)) {
            var partition = new TopicPartition("enriched_activity_stream", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            var found = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(found::add);
            }
            return found;
        }
    }

    @Test
    void S3_08_aReaderCanLeaveOutWhatWasWrittenAgain() {
        for (int attempt = 1; attempt <= 2; attempt++) {
            try (var sink = open(broker.bootstrapServers())) {
                sink.write(3, Given.orders(12_000, 1));
            }
        }
        var messages = messages();
        assertThat(messages).hasSize(24_000);
        assertThat(messages.stream().map(ConsumerRecord::key).distinct()).hasSize(12_000);
        assertThat(messages.stream()
                        .map(it ->
                                new String(it.headers().lastHeader("tandem-id").value(), StandardCharsets.US_ASCII))
                        .distinct())
                .hasSize(12_000)
                .allMatch(it -> it.endsWith("-3"));
    }

    @Test
    void withoutAServerIsRefused() {
        assertThatThrownBy(() -> open(""))
                .isInstanceOf(SinkException.class)
                .hasMessage(
                        "Cannot write 'orders' to topic 'enriched_activity_${mode}': no Kafka server is known; name one in the profile");
    }
}
