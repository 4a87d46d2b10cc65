package dev.tandem.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka topic. Spark keeps its positions to itself; where the definition names a consumer group, that group's offsets are moved
 * after each commit, so that any Kafka tool shows how far behind the stream is.
 */
public final class TopicSource implements StreamSource {
    private final String bootstrap;
    private final String topic;
    private final int maxRecords;
    private final Optional<String> group;
    private @Nullable Admin admin;

    /**
     * @param bootstrap Kafka's {@code host:port}
     * @param maxRecords the most records of a micro-batch
     */
    public TopicSource(String bootstrap, String topic, int maxRecords, Optional<String> group) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.maxRecords = maxRecords;
        this.group = group;
    }

    @Override
    public String name() {
        return topic;
    }

    @Override
    public Dataset<Row> open(SparkSession session, Map<Integer, Long> positions) {
        return session.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", bootstrap)
                .option("kafka.isolation.level", "read_committed")
                // Spark's reader forgets what it fetched ahead at every poll, and asks twice for the ends of the log:
                // few large polls.
                .option("kafka.max.poll.records", maxRecords)
                .option("kafka.max.partition.fetch.bytes", 16 << 20)
                .option("kafka.receive.buffer.bytes", 1 << 20)
                .option("subscribe", topic)
                .option("startingOffsets", new StartingOffsets(bootstrap, topic).after(positions))
                .option("failOnDataLoss", "true")
                .option("maxOffsetsPerTrigger", maxRecords)
                .option("fetchOffset.retryIntervalMs", "100")
                .load()
                .select("partition", "offset", "timestamp", "value");
    }

    /** The answer is not waited for: the ledger knows the positions, the group only shows them. */
    @Override
    public void committed(Map<Integer, Long> positions) {
        group.ifPresent(name -> {
            var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
            positions.forEach((partition, offset) ->
                    offsets.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
            admin().alterConsumerGroupOffsets(name, offsets);
        });
    }

    private Admin admin() {
        var open = admin;
        if (open == null) {
            open = Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
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
