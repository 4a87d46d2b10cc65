package dev.tandem.diff.side;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import dev.tandem.model.KafkaAddress;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.duckdb.DuckDBAppender;

/**
 * A topic as a table: the last message of each key up to the end offsets at the start, its JSON value as columns, and the key itself as
 * {@code message_key}. A message without a value deletes its key.
 */
record TopicSide(String shown, KafkaAddress kafka, String topic) implements Side {
    private static final Duration SILENCE = Duration.ofSeconds(30);

    static Optional<Side> recognise(TableReference given) {
        if (!given.address().startsWith("kafka://")) {
            return Optional.empty();
        }
        Sides.refuseQuery(given, "a topic");
        try {
            var uri = URI.create(given.address());
            if (uri.getAuthority() != null
                    && uri.getPath() != null
                    && uri.getPath().length() > 1) {
                var kafka = new KafkaAddress(
                        uri.getAuthority(), given.surroundings().kafka());
                return Optional.of(
                        new TopicSide(given.address(), kafka, uri.getPath().substring(1)));
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Reported below.
        }
        throw DiffException.question(
                "Cannot use '%s' as a topic: host or topic is missing; write kafka://host:9092/TOPIC"
                        .formatted(given.address()));
    }

    @Override
    public Reading read(Duck duck, String table) {
        var messages = Sql.name(table + "_messages");
        duck.run("CREATE TABLE %s (part INTEGER, pos BIGINT, key VARCHAR, value VARCHAR)".formatted(messages));
        try (var consumer = new KafkaConsumer<>(settings(), new StringDeserializer(), new StringDeserializer())) {
            duck.fill(table + "_messages", appender -> consume(consumer, appender));
        } catch (KafkaException | SQLException e) {
            throw DiffException.surroundings(
                    "Cannot read %s: %s; check the broker's address and the topic's name"
                            .formatted(shown, e.getMessage()),
                    e);
        }
        lastOfEachKey(duck, table, messages);
        return new Reading("last message of each key up to the end offsets at the start", Typing.BY_VALUE);
    }

    private Map<String, Object> settings() {
        return kafka.settings(Map.of(
                "group.id", "tandem-diff-" + UUID.randomUUID(),
                "enable.auto.commit", "false",
                "isolation.level", "read_committed",
                "allow.auto.create.topics", "false",
                "default.api.timeout.ms", "20000"));
    }

    private void consume(KafkaConsumer<String, String> consumer, DuckDBAppender appender) throws SQLException {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw DiffException.surroundings(
                    "Cannot read %s: the broker has no such topic; check its name".formatted(shown));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        var quiet = System.nanoTime();
        while (!reached(consumer, partitions, ends)) {
            var records = consumer.poll(Duration.ofMillis(200));
            if (!records.isEmpty()) {
                quiet = System.nanoTime();
            } else if (System.nanoTime() - quiet > SILENCE.toNanos()) {
                throw DiffException.surroundings(
                        "Cannot read %s to its end: nothing came for 30 s; check for open transactions"
                                .formatted(shown));
            }
            for (var record : records) {
                if (record.offset() < end(ends, new TopicPartition(record.topic(), record.partition()))) {
                    appender.beginRow();
                    appender.append(record.partition()).append(record.offset());
                    appender.append(record.key()).append(record.value());
                    appender.endRow();
                }
            }
        }
    }

    private static boolean reached(
            KafkaConsumer<String, String> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        return partitions.stream().allMatch(partition -> consumer.position(partition) >= end(ends, partition));
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private void lastOfEachKey(Duck duck, String table, String messages) {
        var last = Sql.name(table + "_last");
        duck.run(
                "CREATE TABLE %s AS SELECT key, value FROM (SELECT key, arg_max(value, pos) FILTER (value IS NOT NULL) AS value, arg_max(value IS NULL, pos) AS gone FROM %s GROUP BY part, key) WHERE NOT gone"
                        .formatted(last, messages));
        long broken = duck.number("SELECT count(*) FROM %s WHERE NOT json_valid(value)".formatted(last));
        if (broken > 0) {
            throw DiffException.surroundings(
                    "Cannot read %s: the values of %d key(s) are not JSON; only topics with JSON objects can be compared"
                            .formatted(shown, broken));
        }
        var structure = duck.list(
                        "SELECT json_group_structure(value::JSON)::VARCHAR FROM " + last, row -> row.getString(1))
                .get(0);
        if (structure == null || !structure.startsWith("{")) {
            throw DiffException.surroundings(
                    "Cannot read %s: its values are no JSON objects; only such topics can be compared"
                            .formatted(shown));
        }
        duck.run("CREATE TABLE %s AS SELECT key AS message_key, unnest(json_transform(value::JSON, %s)) FROM %s"
                .formatted(table, Sql.text(structure), last));
        duck.run("DROP TABLE " + messages);
        duck.run("DROP TABLE " + last);
    }
}
