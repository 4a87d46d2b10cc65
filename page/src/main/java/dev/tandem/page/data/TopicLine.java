package dev.tandem.page.data;

import java.util.List;
import java.util.Map;

/** A topic; {@code recordsPerSecond} since the last poll. */
public record TopicLine(
        String name,
        List<Partition> partitions,
        double recordsPerSecond,
        List<Group> groups,
        Map<String, String> settings) {

    public record Partition(int number, long from, long until) {}

    /** A consumer group and how far it is behind, in records by partition. */
    public record Group(String name, String state, Map<Integer, Long> lag) {}
}
