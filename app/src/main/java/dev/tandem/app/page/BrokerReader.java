package dev.tandem.app.page;

import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Reason;
import dev.tandem.page.data.Message;
import dev.tandem.page.data.TopicLine;
import dev.tandem.page.data.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Reads topics, groups, lag and the last messages of a broker for the web UI. What a pulse needs is fetched in advance and shown
 * as last known, because a broker that does not answer would block every page; everything else waits a few seconds at most.
 */
final class BrokerReader implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final List<String> SHOWN = List.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.RETENTION_MS_CONFIG,
            TopicConfig.RETENTION_BYTES_CONFIG,
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);

    private final KafkaAddress kafka;
    private final Admin admin;
    private final Map<String, Ends> ends = new ConcurrentHashMap<>();
    private final Map<String, Sample> seen = new ConcurrentHashMap<>();

    /** Where a topic's partitions ended; empty until a first answer, or after the last question failed. */
    private record Ends(Optional<Map<Integer, Long>> offsets, Instant asked) {}

    /** How much a topic held at the last look. */
    private record Sample(long records, Instant at) {}

    BrokerReader(KafkaAddress kafka) {
        this.kafka = kafka;
        this.admin = Admin.create(kafka.settings(Map.of(
                AdminClientConfig.CLIENT_ID_CONFIG,
                "tandem-page",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_SECONDS * 1_000 / 2,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_SECONDS * 1_000)));
    }

    /** As known at the last question, which is asked anew when it is a second old. Never waits. */
    Optional<Map<Integer, Long>> ends(String topic) {
        var now = Instant.now();
        var known = ends.get(topic);
        if (known == null || known.asked().plus(FRESH).isBefore(now)) {
            ends.put(topic, new Ends(known == null ? Optional.empty() : known.offsets(), now));
            var unused = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .whenComplete((topics, failure) -> askEnds(topic, Optional.ofNullable(topics)));
        }
        return known == null ? Optional.empty() : known.offsets();
    }

    private void askEnds(String topic, Optional<Map<String, TopicDescription>> topics) {
        if (topics.isEmpty()) {
            ends.put(topic, new Ends(Optional.empty(), Instant.now()));
            return;
        }
        var unused = admin.listOffsets(offsets(topics.get().values(), OffsetSpec.latest()))
                .all()
                .whenComplete((offsets, failure) -> ends.put(
                        topic, new Ends(Optional.ofNullable(offsets).map(BrokerReader::byNumber), Instant.now())));
    }

    private static Map<TopicPartition, OffsetSpec> offsets(Collection<TopicDescription> topics, OffsetSpec which) {
        return topics.stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(partition -> partition, partition -> which));
    }

    private static Map<Integer, Long> byNumber(Map<TopicPartition, ListOffsetsResultInfo> offsets) {
        return offsets.entrySet().stream()
                .collect(Collectors.toMap(
                        it -> it.getKey().partition(), it -> it.getValue().offset()));
    }

    /** Every topic that is not the broker's own, with the groups that have read it. */
    List<TopicLine> topics() {
        var names = answer(admin.listTopics().names());
        var described = answer(admin.describeTopics(names).allTopicNames()).values();
        var from = answer(
                admin.listOffsets(offsets(described, OffsetSpec.earliest())).all());
        var until = answer(
                admin.listOffsets(offsets(described, OffsetSpec.latest())).all());
        var groups = groups();
        return described.stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .map(topic -> line(topic, from, until, groups))
                .toList();
    }

    /** A consumer group, and where it has read to. */
    private record Reader(String name, String state, Map<TopicPartition, OffsetAndMetadata> read) {}

    private List<Reader> groups() {
        var groups = answer(admin.listConsumerGroups().all());
        return groups.stream().map(this::reader).toList();
    }

    private Reader reader(ConsumerGroupListing group) {
        var read = answer(admin.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata());
        var state = group.state()
                .map(it -> it.toString().toLowerCase(java.util.Locale.ROOT))
                .orElse("unknown");
        return new Reader(group.groupId(), state, read);
    }

    private TopicLine line(
            TopicDescription topic,
            Map<TopicPartition, ListOffsetsResultInfo> from,
            Map<TopicPartition, ListOffsetsResultInfo> until,
            List<Reader> readers) {
        var partitions = topic.partitions().stream()
                .map(it -> new TopicPartition(topic.name(), it.partition()))
                .map(it -> new TopicLine.Partition(it.partition(), offset(from, it), offset(until, it)))
                .toList();
        var groups = readers.stream()
                .map(it -> group(it, topic.name(), until))
                .filter(it -> !it.lag().isEmpty())
                .toList();
        long records = partitions.stream().mapToLong(TopicLine.Partition::until).sum();
        return new TopicLine(topic.name(), partitions, rate(topic.name(), records), groups, settings(topic.name()));
    }

    private static TopicLine.Group group(
            Reader reader, String topic, Map<TopicPartition, ListOffsetsResultInfo> until) {
        var lag = new TreeMap<Integer, Long>();
        reader.read().forEach((partition, read) -> {
            if (partition.topic().equals(topic) && until.containsKey(partition) && read != null) {
                lag.put(partition.partition(), Math.max(0, offset(until, partition) - read.offset()));
            }
        });
        return new TopicLine.Group(reader.name(), reader.state(), lag);
    }

    private static long offset(Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition partition) {
        var known = offsets.get(partition);
        return known == null ? 0 : known.offset();
    }

    private double rate(String topic, long records) {
        var now = Instant.now();
        var before = seen.put(topic, new Sample(records, now));
        double seconds = before == null ? 0 : Duration.between(before.at(), now).toMillis() / 1_000.0;
        return before == null || seconds <= 0 ? 0 : Math.max(0, records - before.records()) / seconds;
    }

    private Map<String, String> settings(String topic) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var shown = new TreeMap<String, String>();
        answer(admin.describeConfigs(List.of(resource)).all()).values().stream()
                .flatMap(config -> config.entries().stream())
                .filter(entry -> SHOWN.contains(entry.name()) && entry.value() != null)
                .forEach(entry -> shown.put(entry.name(), entry.value()));
        return shown;
    }

    /** Whether the broker has the topic. */
    boolean has(String topic) {
        return answer(admin.listTopics().names()).contains(topic);
    }

    /** The last {@code most} messages over all partitions, the latest first. */
    List<Message> messages(String topic, int most) {
        return new LastMessages(kafka).read(topic, most);
    }

    private <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("the question was interrupted", e);
        } catch (TimeoutException e) {
            throw unavailable("no broker answered within %d s".formatted(PATIENCE_SECONDS), e);
        } catch (ExecutionException e) {
            throw unavailable(String.valueOf(Reason.of(e.getCause() == null ? e : e.getCause())), e);
        } catch (KafkaException e) {
            throw unavailable(Reason.of(e), e);
        }
    }

    private Unavailable unavailable(String reason, Exception cause) {
        return new Unavailable("Cannot read the topics at %s: %s; run ./tandem doctor".formatted(kafka, reason), cause);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
