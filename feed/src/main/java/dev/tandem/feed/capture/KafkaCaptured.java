package dev.tandem.feed.capture;

import dev.tandem.feed.FeedException;
import dev.tandem.model.KafkaAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends captured messages to a topic, keyed by product, and fails as soon as one of them was not acknowledged. */
public final class KafkaCaptured implements Captured, AutoCloseable {

    private final KafkaAddress kafka;
    private final String topic;
    private final Producer<String, String> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public KafkaCaptured(KafkaAddress kafka, String topic) {
        this(kafka, topic, new KafkaProducer<>(settings(kafka)));
    }

    KafkaCaptured(KafkaAddress kafka, String topic, Producer<String, String> producer) {
        this.kafka = kafka;
        this.topic = topic;
        this.producer = producer;
    }

    private static Map<String, Object> settings(KafkaAddress kafka) {
        return kafka.settings(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "tandem-capture",
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                10));
    }

    @Override
    public void take(String product, long tradeId, String message) {
        try {
            var unused = producer.send(new ProducerRecord<>(topic, product, message), (position, e) -> {
                if (e != null) {
                    failure.compareAndSet(null, e);
                }
            });
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        }
        failIfRefused();
    }

    @Override
    public void flush() {
        producer.flush();
        failIfRefused();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void failIfRefused() {
        var cause = failure.get();
        if (cause != null) {
            throw new FeedException(
                    "Cannot send captured messages to topic '%s' at %s: %s; run ./tandem doctor"
                            .formatted(topic, kafka, cause.getMessage()),
                    cause);
        }
    }
}
