package dev.tandem.feed;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Kafka's own producer in memory, with partitions, two unless told otherwise; it acknowledges at once, or answers the sixth record with a failure, or answers when it is told to. */
final class KeptLog extends MockProducer<byte[], byte[]> {

    private enum Answers {
        AT_ONCE,
        WHEN_TOLD
    }

    private static final int FAILING = 6;

    private final @Nullable Exception failure;
    private int asked;

    KeptLog() {
        this(null);
    }

    KeptLog(@Nullable Exception failure) {
        this(2, Answers.AT_ONCE, failure);
    }

    KeptLog(int partitions) {
        this(partitions, Answers.AT_ONCE, null);
    }

    /** One that answers nothing until {@link #answerAll}. */
    static KeptLog silent() {
        return new KeptLog(2, Answers.WHEN_TOLD, null);
    }

    private KeptLog(int partitions, Answers answers, @Nullable Exception failure) {
        super(
                cluster(partitions),
                answers == Answers.AT_ONCE,
                new ByKey(),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.failure = failure;
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> sent, Callback callback) {
        if (++asked != FAILING || failure == null) {
            return super.send(sent, callback);
        }
        callback.onCompletion(null, failure);
        return CompletableFuture.failedFuture(failure);
    }

    /** Answers all that is on its way; tells how much that was. */
    int answerAll() {
        int answered = 0;
        while (completeNext()) {
            answered++;
        }
        return answered;
    }

    private static Cluster cluster(int partitions) {
        var node = new Node(0, "nowhere", 9092);
        var all = IntStream.range(0, partitions)
                .mapToObj(number -> partition(number, node))
                .toList();
        return new Cluster("kept", List.of(node), all, Set.of(), Set.of());
    }

    private static PartitionInfo partition(int number, Node node) {
        return new PartitionInfo("raw_feed", number, node, new Node[] {node}, new Node[] {node});
    }

    private static final class ByKey implements Partitioner {
        @Override
        public int partition(
                String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
            return Math.floorMod(Arrays.hashCode(keyBytes), cluster.partitionCountForTopic(topic));
        }

        @Override
        public void configure(Map<String, ?> settings) {}

        @Override
        public void close() {}
    }
}
