package dev.tandem.feed;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Kafka's own producer in memory, with two partitions; it acknowledges at once, or answers the sixth record with a failure. */
final class KeptLog extends MockProducer<String, byte[]> {

    private static final int FAILING = 6;

    private final @Nullable Exception failure;
    private int asked;

    KeptLog() {
        this(null);
    }

    KeptLog(@Nullable Exception failure) {
        super(twoPartitions(), true, new ByKey(), new StringSerializer(), new ByteArraySerializer());
        this.failure = failure;
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> sent, Callback callback) {
        if (++asked != FAILING || failure == null) {
            return super.send(sent, callback);
        }
        callback.onCompletion(null, failure);
        return CompletableFuture.failedFuture(failure);
    }

    private static Cluster twoPartitions() {
        var node = new Node(0, "nowhere", 9092);
        return new Cluster("kept", List.of(node), List.of(partition(0, node), partition(1, node)), Set.of(), Set.of());
    }

    private static PartitionInfo partition(int number, Node node) {
        return new PartitionInfo("raw_feed", number, node, new Node[] {node}, new Node[] {node});
    }

    private static final class ByKey implements Partitioner {
        @Override
        public int partition(
                String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
            return Math.floorMod(Arrays.hashCode(keyBytes), 2);
        }

        @Override
        public void configure(Map<String, ?> settings) {}

        @Override
        public void close() {}
    }
}
