package dev.tandem.engine.source;

import dev.tandem.engine.EngineException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Compares a topic with what its stream has read of it. A topic that was deleted and created again has the same name and the same
 * offsets, so a stream that compares offsets only would silently skip the first records of the new topic.
 *
 * @param id of the topic as it is now
 * @param earliest offset of each partition
 * @param latest offset of each partition
 */
record TopicCheck(String topic, KnownTopic known, String id, Map<Integer, Long> earliest, Map<Integer, Long> latest) {
    /** What keeps the stream from reading on at {@code start}; empty if nothing does. */
    Optional<String> fault(Map<Integer, Long> start) {
        if (!known.isSameAs(id)) {
            return Optional.of("it was deleted and created again since the stream read it (its id was %s and is %s)"
                    .formatted(known.id(), id));
        }
        return start.keySet().stream()
                .sorted()
                .flatMap(partition -> fault(partition, start.getOrDefault(partition, 0L)).stream())
                .findFirst();
    }

    private Optional<String> fault(int partition, long position) {
        long end = known.position(partition, end(partition));
        if (end < position) {
            return Optional.of(
                    "its partition %d ends at position %d, but the stream has read up to %d: the broker has lost records"
                            .formatted(partition, end, position));
        }
        long begin = known.position(partition, begin(partition));
        return begin <= position
                ? Optional.empty()
                : Optional.of(
                        "its partition %d begins at position %d: the broker deleted the records from %d on, by retention or by hand, before they were read"
                                .formatted(partition, begin, position));
    }

    private long begin(int partition) {
        return earliest.getOrDefault(partition, 0L);
    }

    private long end(int partition) {
        return latest.getOrDefault(partition, 0L);
    }

    static EngineException refused(String topic, String fault) {
        return new EngineException(
                "Cannot go on with topic '%s': %s. Nothing was written. Start the stream with --from earliest to go on at the earliest record that is there; what was never read is then noted in the ledger and in each report. If the topic is a copy with the same records at the same positions, use --from position"
                        .formatted(topic, fault));
    }

    /** The topic as it is now, read on from the earliest record of each partition that does not fit. */
    KnownTopic fromEarliest(Map<Integer, Long> start) {
        var parts = new HashMap<>(known.partitions());
        start.forEach((partition, position) -> parts.put(partition, fromEarliest(partition, position)));
        return new KnownTopic(known.number() + 1, id, parts);
    }

    private KnownTopic.Part fromEarliest(int partition, long position) {
        long shift = known.part(partition).shift();
        if (!known.isSameAs(id) || end(partition) + shift < position) {
            return new KnownTopic.Part(position - begin(partition), OptionalLong.of(position), OptionalLong.empty());
        }
        return begin(partition) + shift <= position
                ? new KnownTopic.Part(shift, OptionalLong.empty(), OptionalLong.empty())
                : new KnownTopic.Part(shift, OptionalLong.of(position), OptionalLong.of(begin(partition) + shift));
    }

    /** The topic as it is now, with the records of the earlier one at the same positions. */
    KnownTopic fromSamePosition(Map<Integer, Long> start) {
        var same = new KnownTopic(known.number() + 1, id, withoutUnread());
        new TopicCheck(topic, same, id, earliest, latest).fault(start).ifPresent(fault -> {
            throw new EngineException(
                    "Cannot go on with topic '%s' from the same position: %s, so it is no copy; use --from earliest"
                            .formatted(topic, fault));
        });
        return same;
    }

    private Map<Integer, KnownTopic.Part> withoutUnread() {
        var parts = new TreeMap<Integer, KnownTopic.Part>();
        known.partitions()
                .forEach((partition, part) -> parts.put(
                        partition, new KnownTopic.Part(part.shift(), OptionalLong.empty(), OptionalLong.empty())));
        return parts;
    }
}
