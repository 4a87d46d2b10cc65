package dev.tandem.app.page;

import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Reason;
import dev.tandem.page.data.Message;
import dev.tandem.page.data.Unavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The end of a topic, read by a consumer of no group, so that looking leaves no trace. */
record LastMessages(KafkaAddress kafka) {
    private static final int LONGEST = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The last {@code most} messages over all partitions, the latest first. */
    List<Message> read(String topic, int most) {
        try (var consumer = consumer()) {
            var partitions = consumer.partitionsFor(topic, PATIENCE).stream()
                    .map(it -> new TopicPartition(topic, it.partition()))
                    .toList();
            return read(consumer, partitions, most).stream()
                    .sorted(Comparator.comparing(ConsumerRecord<byte[], byte[]>::timestamp)
                            .thenComparing(ConsumerRecord::offset)
                            .reversed())
                    .limit(most)
                    .map(LastMessages::message)
                    .toList();
        } catch (KafkaException e) {
            throw new Unavailable(
                    "Cannot read topic '%s' at %s: %s; run ./tandem doctor".formatted(topic, kafka, Reason.of(e)), e);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        var settings = kafka.settings(Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "tandem-page-messages",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis()));
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, int most) {
        var first = consumer.beginningOffsets(partitions);
        var ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        partitions.forEach(it ->
                consumer.seek(it, Math.max(first.getOrDefault(it, 0L), ends.getOrDefault(it, 0L) - most)));
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline
                && partitions.stream().anyMatch(it -> consumer.position(it) < ends.getOrDefault(it, 0L))) {
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        }
        return records;
    }

    private static Message message(ConsumerRecord<byte[], byte[]> record) {
        var headers = new LinkedHashMap<String, String>();
        record.headers().forEach(it -> headers.put(it.key(), text(it.value()).orElse("")));
        return new Message(
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                text(record.key()),
                text(record.value()),
                headers,
                Math.max(0, record.serializedValueSize()));
    }

    private static Optional<String> text(byte @Nullable [] bytes) {
        return Optional.ofNullable(bytes)
                .map(it -> new String(it, StandardCharsets.UTF_8))
                .map(it -> it.length() <= LONGEST ? it : it.substring(0, LONGEST) + "…");
    }
}
