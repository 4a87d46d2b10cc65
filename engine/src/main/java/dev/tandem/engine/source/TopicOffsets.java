package dev.tandem.engine.source;

import dev.tandem.engine.EngineException;
import dev.tandem.model.KafkaAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Asks a broker where a topic's partitions begin and end. One thread. */
final class TopicOffsets implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 15;
    private static final long PARTITIONS_KNOWN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final KafkaAddress kafka;
    private final String topic;
    private @Nullable Admin admin;
    private List<TopicPartition> partitions = List.of();
    private String id = "";
    private long asked;

    TopicOffsets(KafkaAddress kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    /** The position of each partition's first record. */
    Map<Integer, Long> earliest() {
        return offsets(OffsetSpec.earliest());
    }

    /** The last stable offset of each partition: the position after the last record that can be read. */
    Map<Integer, Long> latest() {
        return offsets(OffsetSpec.latest());
    }

    /** The position after the last record of each partition, also where a transaction is open before it. */
    Map<Integer, Long> highest() {
        return offsets(OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** Kafka's id of the topic as it is now; empty for a broker that has none. */
    String id() {
        describe();
        return id;
    }

    private Map<Integer, Long> offsets(OffsetSpec spec) {
        return offsets(spec, IsolationLevel.READ_COMMITTED);
    }

    private Map<Integer, Long> offsets(OffsetSpec spec, IsolationLevel isolation) {
        var wanted = new TreeMap<TopicPartition, OffsetSpec>(
                (one, other) -> Integer.compare(one.partition(), other.partition()));
        partitions().forEach(it -> wanted.put(it, spec));
        var found = new TreeMap<Integer, Long>();
        answer(admin().listOffsets(wanted, new ListOffsetsOptions(isolation)).all())
                .forEach((partition, offset) -> found.put(partition.partition(), offset.offset()));
        return found;
    }

    /** Partitions can be added to a topic while it is read. */
    private List<TopicPartition> partitions() {
        if (partitions.isEmpty() || System.nanoTime() - asked > PARTITIONS_KNOWN_NANOS) {
            describe();
        }
        return partitions;
    }

    private void describe() {
        var found = new ArrayList<TopicPartition>();
        for (var description :
                answer(admin().describeTopics(List.of(topic)).allTopicNames()).values()) {
            description.partitions().forEach(it -> found.add(new TopicPartition(topic, it.partition())));
            id = description.topicId().equals(Uuid.ZERO_UUID)
                    ? ""
                    : description.topicId().toString();
        }
        partitions = found;
        asked = System.nanoTime();
    }

    private <T> T answer(KafkaFuture<T> asked) {
        try {
            return asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            var reason = e.getCause() == null ? e : e.getCause();
            var told = unanswered(String.valueOf(reason.getMessage()));
            throw reason instanceof RetriableException
                    ? EngineException.passing(told, e)
                    : new EngineException(told, e);
        } catch (TimeoutException e) {
            throw EngineException.passing(unanswered("no answer within %d s".formatted(PATIENCE_SECONDS)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Stopped while asking for the offsets of '%s'".formatted(topic), e);
        }
    }

    private String unanswered(String reason) {
        return "Cannot read topic '%s' at %s: %s; see ./tandem doctor".formatted(topic, kafka, reason);
    }

    /** Moves the offsets of a consumer group. */
    void show(String group, Map<TopicPartition, OffsetAndMetadata> committed) {
        var unused = admin().alterConsumerGroupOffsets(group, committed);
    }

    private Admin admin() {
        var open = admin;
        if (open == null) {
            open = Admin.create(kafka.settings(Map.of(
                    // A client whose requests may take longer than it has patience refuses to be made; 30 s is the
                    // default.
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    PATIENCE_SECONDS * 1_000,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    PATIENCE_SECONDS * 1_000)));
            admin = open;
        }
        return open;
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close();
        }
    }
}
