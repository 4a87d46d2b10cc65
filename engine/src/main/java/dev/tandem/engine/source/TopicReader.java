package dev.tandem.engine.source;

import dev.tandem.fold.StreamLedger.Range;
import dev.tandem.model.FieldOrigin.Beside;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.record.Envelope;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic's partitions for one run. A process keeps a consumer for each partition from one micro-batch to the next, with
 * what the consumer has fetched ahead: a new position costs a round trip and the records that were fetched.
 *
 * @param envelope what is read of a message beside its value
 * @param run distinguishes the consumers of different runs in one process
 */
record TopicReader(KafkaAddress kafka, String topic, Envelope envelope, String run) implements Serializable {
    private record Key(String run, TopicPartition partition) {}

    /** Of all runs in this process, those that no task is using. */
    private static final Map<Key, PartitionConsumer> IDLE = new ConcurrentHashMap<>();

    /** In the place of an arrival time: each record has its own, from the broker. */
    static final long BROKER_KNOWS = Long.MIN_VALUE;

    /** The records of these positions by partition, in the topic that is {@code known}, and when they arrived. */
    RecordRange range(Map<Integer, Range> ranges, KnownTopic known, long arrivedMillis) {
        var pieces = new ArrayList<Piece>();
        ranges.forEach((partition, range) -> pieces.add(new Piece(
                partition,
                known.offset(partition, range.from()),
                known.offset(partition, range.until()),
                known.part(partition).shift())));
        return new OfTopic(this, pieces, arrivedMillis);
    }

    /** A consumer at {@code position}; it belongs to the caller until it is given back or closed. */
    PartitionConsumer consumer(int partition, long position) {
        var idle = IDLE.remove(key(partition));
        var consumer = idle != null ? idle : new PartitionConsumer(kafka, new TopicPartition(topic, partition));
        consumer.seek(position);
        return consumer;
    }

    /** Keeps a consumer for the next micro-batch. */
    void giveBack(int partition, PartitionConsumer consumer) {
        var other = IDLE.put(key(partition), consumer);
        if (other != null) {
            other.close();
        }
    }

    private Key key(int partition) {
        return new Key(run, new TopicPartition(topic, partition));
    }

    /** Closes the run's consumers in this process; those of an executor end with it. */
    void close() {
        for (var key : List.copyOf(IDLE.keySet())) {
            if (key.run().equals(run)) {
                var consumer = IDLE.remove(key);
                if (consumer != null) {
                    consumer.close();
                }
            }
        }
    }

    /** Offsets of a partition, and what is added to one to give the position. */
    private record Piece(int partition, long from, long until, long shift) implements Serializable {}

    private record OfTopic(TopicReader reader, List<Piece> pieces, long arrivedMillis) implements RecordRange {
        @Override
        public RecordCursor read() {
            return new Cursor(reader, pieces, arrivedMillis);
        }
    }

    private static final class Cursor implements RecordCursor {
        private final TopicReader reader;
        private final Iterator<Piece> pieces;
        private final long arrivedMillis;
        private Piece piece = new Piece(-1, 0, 0, 0);
        private @Nullable PartitionConsumer consumer;

        Cursor(TopicReader reader, List<Piece> pieces, long arrivedMillis) {
            this.reader = reader;
            this.arrivedMillis = arrivedMillis;
            this.pieces = pieces.iterator();
        }

        @Override
        public boolean next() {
            while (consumer == null || !consumer.next(piece.until())) {
                finish();
                if (!pieces.hasNext()) {
                    return false;
                }
                piece = pieces.next();
                consumer = reader.consumer(piece.partition(), piece.from());
            }
            return true;
        }

        private void finish() {
            if (consumer != null) {
                reader.giveBack(piece.partition(), consumer);
                consumer = null;
            }
        }

        private PartitionConsumer consumer() {
            if (consumer == null) {
                throw new IllegalStateException("There is no record here");
            }
            return consumer;
        }

        @Override
        public int partition() {
            return piece.partition();
        }

        @Override
        public long position() {
            return consumer().record().offset() + piece.shift();
        }

        @Override
        public long arrivedMillis() {
            return arrivedMillis == BROKER_KNOWS ? consumer().record().timestamp() : arrivedMillis;
        }

        @Override
        public byte[] value() {
            var message = consumer().record();
            byte[] value = message.value() == null ? new byte[0] : message.value();
            return reader.envelope().around(value, part -> beside(message, part));
        }

        private static Optional<byte[]> beside(ConsumerRecord<byte[], byte[]> message, Beside part) {
            return switch (part.part()) {
                case KEY -> Optional.ofNullable(message.key());
                case HEADER ->
                    Optional.ofNullable(message.headers().lastHeader(part.name()))
                            .map(Header::value);
                case TIMESTAMP ->
                    message.timestampType() == TimestampType.NO_TIMESTAMP_TYPE
                            ? Optional.empty()
                            : Optional.of(Long.toString(message.timestamp()).getBytes(StandardCharsets.US_ASCII));
                case FILE, RECORD ->
                    throw new IllegalArgumentException("a message is not in a file; the definition was read wrong");
            };
        }

        /** A consumer in the middle of a range is of no use to the next one. */
        @Override
        public void close() {
            if (consumer != null) {
                consumer.close();
                consumer = null;
            }
        }
    }
}
