package dev.tandem.engine.source;

import dev.tandem.engine.EngineException;
import dev.tandem.fold.StreamLedger.Range;
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
    private final String topic;
    private final int maxRecords;
    private final Optional<String> group;
    private final TopicOffsets offsets;
    private final TopicReader reader;

    /**
     * @param bootstrap Kafka's {@code host:port}
     * @param maxRecords the most records of a micro-batch
     */
    public TopicSource(String bootstrap, String topic, int maxRecords, Optional<String> group) {
        this.topic = topic;
        this.maxRecords = maxRecords;
        this.group = group;
        this.offsets = new TopicOffsets(bootstrap, topic);
        this.reader = new TopicReader(bootstrap, topic, UUID.randomUUID().toString());
    }

    @Override
    public String name() {
        return topic;
    }

    @Override
    public Map<Integer, Long> begin(Map<Integer, Long> committed) {
        var positions = new TreeMap<>(offsets.earliest());
        positions.putAll(committed);
        return positions;
    }

    /** As many records as a micro-batch takes, from each partition the same share of what it has. */
    @Override
    public Map<Integer, Long> end(Map<Integer, Long> from) {
        var latest = offsets.latest();
        var start = new TreeMap<>(from);
        if (!start.keySet().containsAll(latest.keySet())) {
            offsets.earliest().forEach(start::putIfAbsent);
        }
        long behind = 0;
        for (var partition : start.entrySet()) {
            long end = latest.getOrDefault(partition.getKey(), 0L);
            if (end < partition.getValue()) {
                throw new EngineException(
                        "Cannot go on with topic '%s': its partition %d ends at %d, but the stream has read up to %d; the topic was made anew or cut short, and nothing of it was read now. Read it under another home, or use another topic"
                                .formatted(topic, partition.getKey(), end, partition.getValue()));
            }
            behind += end - partition.getValue();
        }
        return behind <= maxRecords ? latest : shares(start, latest, (double) maxRecords / behind);
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
        for (var range : new TreeMap<>(ranges).entrySet()) {
            piece.put(range.getKey(), range.getValue());
            taken += range.getValue().until() - range.getValue().from();
            if (taken * tasks >= all * (pieces.size() + 1)) {
                pieces.add(reader.range(piece));
                piece = new TreeMap<>();
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(reader.range(piece));
        }
        return pieces;
    }

    /** The answer is not waited for: the ledger knows the positions, the group only shows them. */
    @Override
    public void committed(Map<Integer, Long> positions) {
        group.ifPresent(name -> {
            var committed = new HashMap<TopicPartition, OffsetAndMetadata>();
            positions.forEach((partition, offset) ->
                    committed.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
            offsets.show(name, committed);
        });
    }

    @Override
    public void close() {
        offsets.close();
        reader.close();
    }
}
