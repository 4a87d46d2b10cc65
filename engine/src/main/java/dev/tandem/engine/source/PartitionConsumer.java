package dev.tandem.engine.source;

import dev.tandem.engine.EngineException;
import dev.tandem.model.KafkaAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A Kafka consumer of one partition, which keeps what it fetched behind the end of a range for the next range. One thread. */
final class PartitionConsumer implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private List<ConsumerRecord<byte[], byte[]>> fetched = List.of();
    private int taken;
    private @Nullable ConsumerRecord<byte[], byte[]> ahead;
    private @Nullable ConsumerRecord<byte[], byte[]> current;
    private long position = -1;

    PartitionConsumer(KafkaAddress kafka, TopicPartition partition) {
        this.partition = partition;
        this.consumer = new KafkaConsumer<>(settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
    }

    private static Map<String, Object> settings(KafkaAddress kafka) {
        return kafka.settings(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                2_000,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                4 << 20,
                ConsumerConfig.RECEIVE_BUFFER_CONFIG,
                1 << 20));
    }

    /** Makes {@code next} the position that is read next; free where the range before ended there. */
    void seek(long next) {
        if (position != next) {
            position = next;
            ahead = null;
            fetched = List.of();
            taken = 0;
            consumer.seek(partition, next);
        }
    }

    /** Goes to the next record before {@code until}; false if there is none, and then the position is {@code until}. */
    boolean next(long until) {
        if (position >= until) {
            return false;
        }
        var record = ahead != null ? ahead : fetch(until);
        ahead = null;
        if (record == null || record.offset() >= until) {
            ahead = record;
            position = until;
            return false;
        }
        current = record;
        position = record.offset() + 1;
        return true;
    }

    /** The next record; null if there is none before {@code until}: transactions leave positions without records. */
    private @Nullable ConsumerRecord<byte[], byte[]> fetch(long until) {
        long waited = System.nanoTime();
        while (taken == fetched.size()) {
            try {
                fetched = consumer.poll(POLL).records(partition);
                taken = 0;
            } catch (OffsetOutOfRangeException e) {
                throw new EngineException(
                        "Cannot read partition %d of topic '%s' from offset %d: the topic does not have it any more; retention has passed it, or the topic was deleted and created again. Start the stream with --from earliest to go on at the earliest record that is there"
                                .formatted(partition.partition(), partition.topic(), position),
                        e);
            }
            if (fetched.isEmpty() && consumer.position(partition) >= until) {
                return null;
            }
            if (fetched.isEmpty() && System.nanoTime() - waited > PATIENCE.toNanos()) {
                throw EngineException.passing(
                        "Cannot read positions %d to %d of partition %d of topic '%s': the broker gave nothing for %d minutes; see ./tandem doctor"
                                .formatted(
                                        position,
                                        until,
                                        partition.partition(),
                                        partition.topic(),
                                        PATIENCE.toMinutes()),
                        new TimeoutException("The broker gave no records"));
            }
        }
        return fetched.get(taken++);
    }

    /** The record that {@link #next} has reached. */
    ConsumerRecord<byte[], byte[]> record() {
        if (current == null) {
            throw new IllegalStateException("There is no record here");
        }
        return current;
    }

    /** Closes without a goodbye to the broker, which would wait for the fetch that is under way; the broker forgets it by itself. */
    @Override
    public void close() {
        consumer.close(Duration.ZERO);
    }
}
