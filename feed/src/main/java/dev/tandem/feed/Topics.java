package dev.tandem.feed;

import dev.tandem.model.KafkaAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.record.TimestampType;

/**
 * The topics of a broker, as a log needs them: stamped by the broker on arrival, so that arrival time cannot be claimed by a sender,
 * and kept for good, so that a batch reads what the stream read. Answers within ten seconds or says that no broker is there.
 */
public final class Topics implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Map<String, String> LOG = Map.of(
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            TimestampType.LOG_APPEND_TIME.name,
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            "-1",
            TopicConfig.RETENTION_BYTES_CONFIG,
            "-1");

    private final KafkaAddress kafka;
    private final Admin admin;

    /** Of a cluster without TLS and login, by its {@code host:port}. */
    public Topics(String bootstrap) {
        this(KafkaAddress.plain(bootstrap));
    }

    public Topics(KafkaAddress kafka) {
        this.kafka = kafka;
        try {
            admin = Admin.create(kafka.settings(Map.of(
                    AdminClientConfig.CLIENT_ID_CONFIG,
                    "tandem-topics",
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    (int) PATIENCE.toMillis() / 2,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    (int) PATIENCE.toMillis())));
        } catch (KafkaException e) {
            var reason = Optional.ofNullable(e.getCause()).orElse(e).getMessage();
            throw new FeedException(
                    "Cannot reach a broker at '%s': %s; give host:port and run ./tandem doctor"
                            .formatted(kafka, reason),
                    e);
        }
    }

    /** Creates a topic as a log where it is absent; tells how many partitions it has now, which for an old one may be others. */
    public int ensure(String topic, int partitions) {
        var wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(LOG);
        askUnless(
                TopicExistsException.class,
                "create",
                topic,
                admin.createTopics(List.of(wanted)).all());
        awaitUntil("create", topic, () -> partitionsOf("create", topic).isPresent());
        return partitions(topic);
    }

    /** How many partitions a topic has. */
    public int partitions(String topic) {
        return partitions("read", topic);
    }

    int partitions(String task, String topic) {
        return partitionsOf(task, topic).orElseThrow(() -> failure(task, topic, "there is no such topic"));
    }

    /** Per partition the offset that the next record will get. */
    public SortedMap<Integer, Long> endOffsets(String topic) {
        var latest = IntStream.range(0, partitions(topic))
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic, partition), partition -> OffsetSpec.latest()));
        var offsets = new TreeMap<Integer, Long>();
        ask("read", topic, admin.listOffsets(latest).all())
                .forEach((partition, end) -> offsets.put(partition.partition(), end.offset()));
        return Collections.unmodifiableSortedMap(offsets);
    }

    /** Deletes a topic with all it holds and waits until it is gone; an absent one is fine. */
    public void delete(String topic) {
        askUnless(
                UnknownTopicOrPartitionException.class,
                "delete",
                topic,
                admin.deleteTopics(List.of(topic)).all());
        awaitUntil("delete", topic, () -> partitionsOf("delete", topic).isEmpty());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    private Optional<Integer> partitionsOf(String task, String topic) {
        var described = admin.describeTopics(List.of(topic)).allTopicNames();
        return askUnless(UnknownTopicOrPartitionException.class, task, topic, described)
                .map(topics -> topics.values().iterator().next().partitions().size());
    }

    private void awaitUntil(String task, String topic, BooleanSupplier done) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw failure(task, topic, "the broker has not done it within %d s".formatted(PATIENCE.toSeconds()));
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private <T> T ask(String task, String topic, KafkaFuture<T> answer) {
        return askUnless(KafkaException.class, task, topic, answer).orElseThrow();
    }

    /** The broker's answer; empty for the one refusal that the caller expects, and for an answer without content. */
    private <T> Optional<T> askUnless(
            Class<? extends KafkaException> expected, String task, String topic, KafkaFuture<T> answer) {
        try {
            return Optional.ofNullable(answer.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(task, topic, "it was interrupted");
        } catch (ExecutionException e) {
            var cause = Optional.ofNullable(e.getCause()).orElse(e);
            if (cause.getClass() == expected) {
                return Optional.empty();
            }
            throw failure(task, topic, reason(cause));
        }
    }

    private static String reason(Throwable cause) {
        return cause instanceof TimeoutException
                ? "no broker answered within %d s".formatted(PATIENCE.toSeconds())
                : String.valueOf(cause.getMessage());
    }

    private FeedException failure(String task, String topic, String reason) {
        return new FeedException(
                "Cannot %s topic '%s' at %s: %s; run ./tandem doctor".formatted(task, topic, kafka, reason));
    }
}
