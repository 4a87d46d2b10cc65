package dev.tandem.engine.source;

import static dev.tandem.model.Source.Kafka.NUMBERS_PER_TOPIC;
import static dev.tandem.model.Source.Kafka.firstNumber;

import dev.tandem.fold.Prepared.Rejection;
import dev.tandem.fold.StreamLedger.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Several topics as one log. Their partitions have numbers that stay when a topic gets more partitions or a further topic is added
 * at the end: partition 3 of the second topic is partition 1003 of the log.
 */
public final class SeveralTopics implements StreamSource {
    /** A question to one topic; its positions and its answer are by the topic's own partitions. */
    private interface Asking {
        Map<Integer, Long> of(TopicSource topic, Map<Integer, Long> positions);
    }

    private final List<TopicSource> topics;
    private final int maxRecords;

    /**
     * @param topics each with its {@link PartOfHistory}
     * @param maxRecords the most records of a micro-batch, of all topics together
     */
    public SeveralTopics(List<TopicSource> topics, int maxRecords) {
        this.topics = List.copyOf(topics);
        this.maxRecords = maxRecords;
    }

    @Override
    public String name() {
        return topics.stream().map(TopicSource::name).collect(Collectors.joining(","));
    }

    @Override
    public Map<Integer, Long> resume(Map<Integer, Long> committed) {
        return ask(committed, TopicSource::resume);
    }

    @Override
    public Map<Integer, Long> begin(Map<Integer, Long> committed) {
        return ask(committed, TopicSource::begin);
    }

    private Map<Integer, Long> ask(Map<Integer, Long> positions, Asking asking) {
        var answers = new TreeMap<Integer, Long>();
        for (int index = 0; index < topics.size(); index++) {
            answers.putAll(ofLog(index, asking.of(topics.get(index), ofTopic(index, positions))));
        }
        return answers;
    }

    /** As many records as a micro-batch takes, from each partition of each topic the same share of what it has. */
    @Override
    public Map<Integer, Long> end(Map<Integer, Long> from) {
        var begin = new TreeMap<Integer, Long>();
        var latest = new TreeMap<Integer, Long>();
        for (int index = 0; index < topics.size(); index++) {
            var unread = topics.get(index).unread(ofTopic(index, from));
            begin.putAll(ofLog(index, unread.begin()));
            latest.putAll(ofLog(index, unread.latest()));
        }
        return new TopicSource.Unread(begin, latest).end(maxRecords);
    }

    @Override
    public List<RecordRange> divide(Map<Integer, Range> ranges, int tasks) {
        long all = records(ranges);
        var pieces = new ArrayList<RecordRange>();
        for (int index = 0; index < topics.size(); index++) {
            int first = firstNumber(index);
            var part = ofTopic(index, ranges);
            int share = (int) Math.max(1, Math.round((double) tasks * records(part) / Math.max(1, all)));
            topics.get(index).divide(part, share).forEach(it -> pieces.add(new Renumbered(it, first)));
        }
        return pieces;
    }

    private static long records(Map<Integer, Range> ranges) {
        return ranges.values().stream().mapToLong(it -> it.until() - it.from()).sum();
    }

    @Override
    public void committed(Map<Integer, Long> positions) {
        for (int index = 0; index < topics.size(); index++) {
            topics.get(index).committed(ofTopic(index, positions));
        }
    }

    /** The position after the last record that can be read now, by partition. */
    public Map<Integer, Long> readable() {
        return ask(Map.of(), (topic, none) -> topic.readable());
    }

    @Override
    public void close() {
        topics.forEach(TopicSource::close);
    }

    /** {@code byPartition} of the topic of that index, as the log numbers partitions. */
    static <T> Map<Integer, T> ofLog(int index, Map<Integer, T> byPartition) {
        var numbered = new TreeMap<Integer, T>();
        byPartition.forEach((partition, value) -> {
            if (partition >= NUMBERS_PER_TOPIC) {
                throw new IllegalArgumentException("partition %d of a topic of several has no number; %d is the most"
                        .formatted(partition, NUMBERS_PER_TOPIC - 1));
            }
            numbered.put(firstNumber(index) + partition, value);
        });
        return numbered;
    }

    /** What {@code byPartition} has of the topic of that index, as the topic numbers partitions. */
    static <T> Map<Integer, T> ofTopic(int index, Map<Integer, T> byPartition) {
        var own = new TreeMap<Integer, T>();
        byPartition.forEach((partition, value) -> {
            if (partition / NUMBERS_PER_TOPIC == index) {
                own.put(partition % NUMBERS_PER_TOPIC, value);
            }
        });
        return own;
    }

    /** Records of one topic, with partitions as the log numbers them. */
    private record Renumbered(RecordRange range, int first) implements RecordRange {
        @Override
        public RecordCursor read() {
            return new Cursor(range.read(), first);
        }
    }

    private record Cursor(RecordCursor cursor, int first) implements RecordCursor {
        @Override
        public boolean next() {
            return cursor.next();
        }

        @Override
        public int partition() {
            return first + cursor.partition();
        }

        @Override
        public long position() {
            return cursor.position();
        }

        @Override
        public long arrivedMillis() {
            return cursor.arrivedMillis();
        }

        @Override
        public byte[] value() {
            return cursor.value();
        }

        @Override
        public Optional<Rejection> held() {
            return cursor.held();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
