package dev.tandem.sink;

import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends each revision of a view's rows, or each record, to a Kafka topic ({@link TopicMessages}) and waits until all replicas have
 * it. A topic cannot replace: a micro-batch that is written again is there twice, under the same {@code tandem-id}s.
 */
final class TopicSink implements Sink {
    private static final int AWAITED_AT_ONCE = 10_000;

    private final KafkaProducer<String, byte[]> producer;
    private final TopicMessages messages;
    private final String topic;

    private TopicSink(KafkaProducer<String, byte[]> producer, TopicMessages messages, String topic) {
        this.producer = producer;
        this.messages = messages;
        this.topic = topic;
    }

    static TopicSink open(Output.Topic output, Content content, Sinks.Setting setting) {
        var kafka = setting.kafka()
                .orElseThrow(() -> new SinkException(
                        "Cannot write '%s' to topic '%s': no Kafka server is known; name one in the profile"
                                .formatted(content.name(), output.topic())));
        var topic = Output.inMode(output.topic(), setting.mode());
        var messages = new TopicMessages(topic, content, output.key());
        return new TopicSink(producer(kafka), messages, topic);
    }

    private static KafkaProducer<String, byte[]> producer(KafkaAddress kafka) {
        var settings = kafka.settings(Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                // A stream whose broker is away tells so and tries again; it need not stand still for Kafka's two
                // minutes first.
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                25_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000,
                ProducerConfig.BATCH_SIZE_CONFIG,
                1 << 18,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4"));
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void write(long number, Iterator<Tuple> tuples) {
        try {
            var sent = new ArrayList<Future<RecordMetadata>>();
            while (tuples.hasNext()) {
                sent.add(producer.send(messages.message(number, tuples.next())));
                if (sent.size() == AWAITED_AT_ONCE) {
                    await(sent);
                }
            }
            await(sent);
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SinkException("Stopped while writing to topic '%s'".formatted(topic), e);
        }
    }

    private SinkException failed(Throwable cause) {
        var told = "Cannot write to topic '%s': %s; see ./tandem doctor".formatted(topic, cause);
        return cause instanceof RetriableException
                ? SinkException.passing(told, cause)
                : new SinkException(told, cause);
    }

    private void await(List<Future<RecordMetadata>> sent) throws ExecutionException, InterruptedException {
        producer.flush();
        for (var each : sent) {
            each.get();
        }
        sent.clear();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
