package dev.tandem.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.model.Window.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends each revision of a view's rows to a Kafka topic as a JSON object, keyed by the row. The header {@code tandem-id} (row and
 * micro-batch) is the same when a micro-batch is replayed, so a consumer can leave out what it has seen.
 */
public final class TopicOutput implements RowOutput {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaProducer<String, byte[]> producer;
    private final Shape shape;
    private final String topic;

    /** {@code bootstrap} is {@code host:port}. */
    public TopicOutput(String bootstrap, String topic, Shape shape) {
        this.shape = shape;
        this.topic = topic;
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                1 << 18,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4");
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void write(List<ResultRow> rows, long microBatch) {
        var sent = rows.stream()
                .filter(row -> row.view().equals(shape.name()))
                .map(row -> producer.send(message(row, microBatch)))
                .toList();
        producer.flush();
        sent.forEach(this::requireSent);
    }

    private void requireSent(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new EngineException(
                    "Cannot write results to topic '%s': %s; see ./tandem doctor".formatted(topic, e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Stopped while writing results to topic '%s'".formatted(topic), e);
        }
    }

    private ProducerRecord<String, byte[]> message(ResultRow row, long microBatch) {
        var key = HexFormat.of().formatHex(row.rowKey().bytes());
        var message = new ProducerRecord<>(topic, key, json(row));
        message.headers().add("tandem-id", (key + "-" + microBatch).getBytes(StandardCharsets.US_ASCII));
        return message;
    }

    private byte[] json(ResultRow row) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        if (!row.window().equals(Span.ALL)) {
            fields.put("window_start", row.window().start().toString());
            fields.put("window_end", row.window().end().toString());
        }
        put(fields, shape.keys(), row.key());
        put(fields, shape.measures(), row.measures());
        fields.put("status", row.status().name().toLowerCase(java.util.Locale.ROOT));
        fields.put("revision", row.revision());
        fields.put("events", row.events());
        try {
            return JSON.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new EngineException(
                    "Cannot write a row of '%s' as JSON: %s".formatted(shape.name(), e.getMessage()), e);
        }
    }

    private static void put(
            Map<String, @Nullable Object> fields, List<Shape.Column> columns, List<@Nullable Object> values) {
        for (int index = 0; index < columns.size(); index++) {
            var value = values.get(index);
            boolean asIs = value == null || value instanceof Number || value instanceof Boolean;
            fields.put(columns.get(index).name(), asIs ? value : value.toString());
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
