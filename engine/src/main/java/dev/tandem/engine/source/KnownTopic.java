package dev.tandem.engine.source;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A topic as its stream knows it. Positions in the ledger only grow, whatever becomes of the topic: where a new topic has taken the
 * place of the earlier one, the position of a record is its offset plus the partition's shift.
 *
 * @param number counts from 1; one more for each topic, or for each loss of records, that an operator has accepted
 * @param id Kafka's id of the topic, empty for a broker that has none (before 2.8)
 * @param partitions by number; one that is not here has no shift and nothing unread
 */
public record KnownTopic(long number, String id, Map<Integer, Part> partitions) {
    private static final Part UNCHANGED = new Part(0, OptionalLong.empty(), OptionalLong.empty());

    /**
     * A partition.
     *
     * @param shift what is added to an offset to give the position
     * @param unreadFrom the position from which on records were never read; empty if none are missing
     * @param unreadUntil the position after them; empty if it is unknown because the earlier topic was deleted
     */
    public record Part(long shift, OptionalLong unreadFrom, OptionalLong unreadUntil) {}

    public KnownTopic {
        partitions = Map.copyOf(partitions);
    }

    /** For a broker without topic ids nothing is known. */
    boolean isSameAs(String otherId) {
        return id.isEmpty() || otherId.isEmpty() || id.equals(otherId);
    }

    Part part(int partition) {
        return partitions.getOrDefault(partition, UNCHANGED);
    }

    long position(int partition, long offset) {
        return offset + part(partition).shift();
    }

    long offset(int partition, long position) {
        return position - part(partition).shift();
    }

    Map<Integer, Long> positions(Map<Integer, Long> offsets) {
        var positions = new TreeMap<Integer, Long>();
        offsets.forEach((partition, offset) -> positions.put(partition, position(partition, offset)));
        return positions;
    }

    Map<Integer, Long> offsets(Map<Integer, Long> positions) {
        var offsets = new TreeMap<Integer, Long>();
        positions.forEach((partition, position) -> offsets.put(partition, offset(partition, position)));
        return offsets;
    }

    /** Where to read on after {@code committed}: behind what will never be read. */
    Map<Integer, Long> after(Map<Integer, Long> committed) {
        var start = new TreeMap<Integer, Long>();
        committed.forEach((partition, position) -> {
            var part = part(partition);
            boolean missing = part.unreadFrom().equals(OptionalLong.of(position));
            start.put(partition, missing ? part.unreadUntil().orElse(position) : position);
        });
        return start;
    }
}
