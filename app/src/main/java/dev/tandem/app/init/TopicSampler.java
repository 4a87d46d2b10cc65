package dev.tandem.app.init;

import dev.tandem.app.init.Sample.Sampled;
import dev.tandem.model.Format;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Samples the newest records of a topic, the same number from each partition, in the order of the broker's timestamps. */
final class TopicSampler {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final KafkaAddress kafka;
    private final String topic;
    private final int most;

    TopicSampler(KafkaAddress kafka, String topic, int most) {
        this.kafka = kafka;
        this.topic = topic;
        this.most = most;
    }

    Sample sample() {
        var settings = kafka.settings(Map.of(
                "enable.auto.commit", "false",
                "isolation.level", "read_committed",
                "allow.auto.create.topics", "false",
                "default.api.timeout.ms", "20000"));
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var records = new ArrayList<>(newest(consumer));
            records.sort(Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
                    .thenComparing(ConsumerRecord::partition)
                    .thenComparing(ConsumerRecord::offset));
            return sample(records);
        } catch (KafkaException e) {
            throw InitException.surroundings(
                    "Cannot read the topic '%s' at %s: %s; check the address, the topic's name and, with a secured broker, the variables KAFKA_SECURITY_PROTOCOL and KAFKA_SASL_…"
                            .formatted(topic, kafka.bootstrap(), Reason.of(e)));
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> newest(KafkaConsumer<byte[], byte[]> consumer) {
        var partitions = Optional.ofNullable(consumer.listTopics().get(topic)).orElse(List.of()).stream()
                .map(it -> new TopicPartition(it.topic(), it.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw InitException.surroundings(
                    "Cannot read the topic '%s' at %s: the broker has no such topic; check its name, or who may see it"
                            .formatted(topic, kafka.bootstrap()));
        }
        var begins = consumer.beginningOffsets(partitions);
        var ends = consumer.endOffsets(partitions);
        long each = (most + partitions.size() - 1L) / partitions.size();
        consumer.assign(partitions);
        for (var partition : partitions) {
            consumer.seek(partition, Math.max(offset(begins, partition), offset(ends, partition) - each));
        }
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        long heard = System.nanoTime();
        while (partitions.stream().anyMatch(it -> consumer.position(it) < offset(ends, it))
                && System.nanoTime() - heard < SILENCE.toNanos()) {
            for (var record : consumer.poll(POLL)) {
                heard = System.nanoTime();
                records.add(record);
            }
        }
        return records;
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }

    private Sample sample(List<ConsumerRecord<byte[], byte[]>> records) {
        var notes = new ArrayList<String>();
        var sampled = records.stream()
                .filter(it -> it.value() != null)
                .map(it -> new Sampled(it.value(), OptionalLong.of(it.timestamp())))
                .toList();
        if (sampled.size() < records.size()) {
            notes.add("%d messages have no value (tombstones); they would be quarantined"
                    .formatted(records.size() - sampled.size()));
        }
        if (sampled.isEmpty()) {
            throw InitException.question(
                    "Cannot propose anything from the topic '%s': it has no records; send some, and try again"
                            .formatted(topic));
        }
        var place = new Sample.Place.InTopic(kafka.bootstrap(), topic);
        long json = sampled.stream()
                .filter(it -> JsonColumns.object(it.bytes()).isPresent())
                .count();
        if (2 * json >= sampled.size()) {
            return new Sample(place, Format.JSON, List.of(), sampled, notes);
        }
        refuseBinary(sampled);
        var table = new CsvHead(
                        delimiter ->
                                sampled.stream().limit(200).map(Sampled::bytes).toList(),
                        "the topic " + topic)
                .cells();
        notes.addAll(table.notes());
        var format = new Format(Format.Kind.CSV, false, table.delimiter(), Optional.empty(), Optional.empty());
        return new Sample(place, format, table.names(), sampled, notes);
    }

    /** Avro, Protobuf and the like begin with bytes that are no text. */
    private void refuseBinary(List<Sampled> sampled) {
        long binary = sampled.stream()
                .filter(it -> it.bytes().length > 0 && it.bytes()[0] >= 0 && it.bytes()[0] < ' ')
                .count();
        if (2 * binary > sampled.size()) {
            throw InitException.question(
                    "Cannot read the topic '%s': its messages are neither JSON nor CSV (Avro or Protobuf?); Tandem reads JSON and CSV, so convert them, e.g. with a connector"
                            .formatted(topic));
        }
    }
}
