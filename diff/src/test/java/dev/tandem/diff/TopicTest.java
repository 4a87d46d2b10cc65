package dev.tandem.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.diff.table.Result.Counts;
import dev.tandem.servers.KafkaBroker;
import dev.tandem.servers.Lifetime;
import dev.tandem.servers.Places;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic of a real broker as a table. */
class TopicTest {
    @Test
    void theLastMessageOfEachKeyCounts(@TempDir Path home) throws Exception {
        var places =
                new Places(Path.of("..", "servers", "target", "servers"), home, Path.of("..", "target", "test-cache"));
        try (var broker = KafkaBroker.start(places, Lifetime.WITH_THIS_JVM);
                var tables = new TwoTables(home)) {
            fill(broker.bootstrapServers());
            tables.write(
                    "stock.parquet",
                    "SELECT 'pens' AS item, 7 AS pieces UNION ALL SELECT 'inks', 3 UNION ALL SELECT 'cups', 1");

            var address = "kafka://%s/stock".formatted(broker.bootstrapServers());
            var result = tables.ask(tables.question(address, "stock.parquet", "item"))
                    .result();

            // Pens are 7 in the end, inks were deleted, cups are 2.
            assertThat(result.counts()).isEqualTo(new Counts(1, 0, 1, 0, 1));
            assertThat(result.columns().onlyLeft()).containsExactly("message_key");
        }
    }

    private static void fill(String bootstrap) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", (Object) bootstrap))) {
            admin.createTopics(List.of(new NewTopic("stock", 2, (short) 1)))
                    .all()
                    .get();
        }
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            send(producer, "pens", "{\"item\":\"pens\",\"pieces\":9}");
            send(producer, "inks", "{\"item\":\"inks\",\"pieces\":3}");
            send(producer, "cups", "{\"item\":\"cups\",\"pieces\":2}");
            send(producer, "pens", "{\"item\":\"pens\",\"pieces\":7}");
            send(producer, "inks", null);
        }
    }

    private static void send(KafkaProducer<String, String> producer, String key, @Nullable String value)
            throws Exception {
        producer.send(new ProducerRecord<>("stock", key, value)).get();
    }
}
