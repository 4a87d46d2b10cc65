package dev.tandem.engine.source;

import dev.tandem.fold.StreamLedger.Range;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.record.Envelope;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A Kafka topic, read up to the last stable offset: records of an open or aborted transaction are not read. Where the definition
 * names a consumer group, that group's offsets are moved after each commit, so that any Kafka tool shows how far behind the stream
 * is.
 */
public final class TopicSource implements StreamSource {
    private final Topic topic;
    private final int maxRecords;
    private final TopicHistory history;
    private final TopicStart start;
    private final TopicOffsets offsets;
    private final TopicReader reader;
    private KnownTopic known = new KnownTopic(0, "", Map.of());

    /**
     * Which topic.
     *
     * @param kafka the cluster that has it
     * @param arrival the clock by which a record arrives when it is read; empty where the broker's timestamp counts
     * @param envelope what is read of a message beside its value
     */
    public record Topic(
            KafkaAddress kafka, String name, Optional<String> group, Optional<Clock> arrival, Envelope envelope) {
        /** Of a cluster without TLS and login, by its {@code host:port}, of whose messages only the values are read. */
        public Topic(String bootstrap, String name, Optional<String> group, Optional<Clock> arrival) {
            this(KafkaAddress.plain(bootstrap), name, group, arrival, Envelope.NONE);
        }
    }

    /**
     * @param maxRecords the most records of a micro-batch
     * @param start what to do where the topic does not fit {@code history} and the ledger
     */
    public TopicSource(Topic topic, int maxRecords, TopicHistory history, TopicStart start) {
        this.topic = topic;
        this.maxRecords = maxRecords;
        this.history = history;
        this.start = start;
        this.offsets = new TopicOffsets(topic.kafka(), topic.name());
        this.reader = new TopicReader(
                topic.kafka(), topic.name(), topic.envelope(), UUID.randomUUID().toString());
    }

    @Override
    public String name() {
        return topic.name();
    }

    @Override
    public Map<Integer, Long> resume(Map<Integer, Long> committed) {
        known = history.latest().orElse(known);
        var from = known.after(committed);
        var check = new TopicCheck(name(), known, offsets.id(), offsets.earliest(), offsets.latest());
        var fault = check.fault(from);
        if (known.number() == 0 || (fault.isPresent() && committed.isEmpty())) {
            known = new KnownTopic(known.number() + 1, check.id(), Map.of());
            history.add(known);
            return resume(committed);
        }
        if (fault.isEmpty()) {
            return from;
        }
        known = switch (start) {
            case REFUSED -> throw TopicCheck.refused(name(), fault.get());
            case EARLIEST -> check.fromEarliest(from);
            case SAME_POSITION -> check.fromSamePosition(from);
        };
        history.add(known);
        return known.after(from);
    }

    @Override
    public Map<Integer, Long> begin(Map<Integer, Long> committed) {
        var positions = new TreeMap<>(known.positions(offsets.earliest()));
        positions.putAll(committed);
        return positions;
    }

    @Override
    public Map<Integer, Long> end(Map<Integer, Long> from) {
        return unread(from).end(maxRecords);
    }

    /** What can be read from {@code from} on. */
    Unread unread(Map<Integer, Long> from) {
        var latest = known.positions(offsets.latest());
        var begin = new TreeMap<>(from);
        if (!begin.keySet().containsAll(latest.keySet())) {
            known.positions(offsets.earliest()).forEach(begin::putIfAbsent);
        }
        if (!latest.equals(begin)) {
            requireSame(begin, latest);
        }
        return new Unread(begin, latest);
    }

    /** Positions by partition between which records wait to be read. */
    record Unread(Map<Integer, Long> begin, Map<Integer, Long> latest) {
        /** As many records as a micro-batch takes, from each partition the same share of what it has. */
        Map<Integer, Long> end(int maxRecords) {
            long behind = 0;
            for (var partition : begin.entrySet()) {
                behind += latest.getOrDefault(partition.getKey(), partition.getValue()) - partition.getValue();
            }
            return behind <= maxRecords ? latest : shares(begin, latest, (double) maxRecords / behind);
        }
    }

    /** Asked before records are read: a topic that was created again may have more of them than the earlier one. */
    private void requireSame(Map<Integer, Long> from, Map<Integer, Long> latest) {
        var check = new TopicCheck(name(), known, offsets.id(), known.offsets(from), known.offsets(latest));
        check.fault(from).ifPresent(fault -> {
            throw TopicCheck.refused(name(), fault);
        });
    }

    private static Map<Integer, Long> shares(Map<Integer, Long> from, Map<Integer, Long> latest, double share) {
        var end = new TreeMap<Integer, Long>();
        from.forEach((partition, start) -> {
            long there = latest.getOrDefault(partition, start) - start;
            long taken = there == 0 ? 0 : Math.max(1, (long) (there * share));
            end.put(partition, start + taken);
        });
        return end;
    }

    @Override
    public List<RecordRange> divide(Map<Integer, Range> ranges, int tasks) {
        long all =
                ranges.values().stream().mapToLong(it -> it.until() - it.from()).sum();
        var pieces = new ArrayList<RecordRange>();
        var piece = new TreeMap<Integer, Range>();
        long taken = 0;
        long arrived = topic.arrival().map(Clock::millis).orElse(TopicReader.BROKER_KNOWS);
        for (var range : new TreeMap<>(ranges).entrySet()) {
            piece.put(range.getKey(), range.getValue());
            taken += range.getValue().until() - range.getValue().from();
            if (taken * tasks >= all * (pieces.size() + 1)) {
                pieces.add(reader.range(piece, known, arrived));
                piece = new TreeMap<>();
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(reader.range(piece, known, arrived));
        }
        return pieces;
    }

    /** The answer is not waited for: the ledger knows the positions, the group only shows them. */
    @Override
    public void committed(Map<Integer, Long> positions) {
        topic.group().ifPresent(group -> {
            var committed = new HashMap<TopicPartition, OffsetAndMetadata>();
            known.offsets(positions)
                    .forEach((partition, offset) ->
                            committed.put(new TopicPartition(name(), partition), new OffsetAndMetadata(offset)));
            offsets.show(group, committed);
        });
    }

    /** The position after the last record that can be read now, by partition. */
    public Map<Integer, Long> readable() {
        return history.latest().orElse(known).positions(offsets.latest());
    }

    /** How many positions of each partition are behind an open transaction, and cannot be read before it ends. */
    public Map<Integer, Long> behindTransactions() {
        var readable = offsets.latest();
        var behind = new TreeMap<Integer, Long>();
        offsets.highest().forEach((partition, end) -> {
            long count = end - readable.getOrDefault(partition, end);
            if (count > 0) {
                behind.put(partition, count);
            }
        });
        return behind;
    }

    @Override
    public void close() {
        offsets.close();
        reader.close();
    }
}
