package dev.tandem.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a feed to a topic, every record once and in order within its partition, and waits until the log has acknowledged each one. The
 * event's id is the key, unless the record brings one: a copy goes to the partition of its original, and equal feeds fill equal partitions.
 *
 * <p>The calling thread reads the feed and sends. Interrupting it stops cleanly: what was sent is settled, the truth file is closed, the
 * summary says {@code stopped}, and the thread is left interrupted.
 */
public final class KafkaFeeder {

    private final FeedTarget target;
    private final Standing standing;

    public KafkaFeeder(FeedTarget target) {
        this(target, Standing.UNHEARD);
    }

    public KafkaFeeder(FeedTarget target, Standing standing) {
        this.target = target;
        this.standing = standing;
    }

    /** Sends all of a feed and tells of each batch as soon as its last record is settled; without {@link Pace.Batches} there are none. */
    public FeedSummary send(Feed feed, Consumer<FeedProgress> progress, Consumer<BatchProgress> batches) {
        try (var topics = new Topics(target.kafka())) {
            var unused = topics.partitions("send to", target.topic());
        }
        var sending = new Sending(
                target, new KafkaProducer<>(settings()), new Sending.Listeners(progress, batches, standing));
        return sending.send(feed);
    }

    /** Sends all of a feed. Fails where the broker or the topic is not there, or where an acknowledgement stays out. */
    public FeedSummary send(Feed feed, Consumer<FeedProgress> progress) {
        return send(feed, progress, batch -> {});
    }

    /** Large batches, as one thread must fill 150,000 records a second; a slow feed is held back by 10 ms at most. */
    private Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "tandem-feed");
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 10);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
        // A broker that restarts is waited for as long when the buffer is full as when it is not.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 120_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 120_000);
        return target.kafka().settings(settings);
    }
}
