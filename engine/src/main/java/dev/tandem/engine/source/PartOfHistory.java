package dev.tandem.engine.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the database keeps of one topic of several, all of which have one history: the ids are in the order of the topics, with a
 * comma between them, and partitions have the numbers of {@link SeveralTopics}.
 *
 * @param index of the topic, from 0; topics are added in this order
 */
public record PartOfHistory(TopicHistory whole, int index) implements TopicHistory {
    /** Empty before the topic is added. */
    @Override
    public Optional<KnownTopic> latest() {
        return whole.latest()
                .filter(all -> ids(all).size() > index)
                .map(all -> new KnownTopic(
                        all.number(), ids(all).get(index), SeveralTopics.ofTopic(index, all.partitions())));
    }

    @Override
    public void add(KnownTopic topic) {
        var before = whole.latest();
        var ids = new ArrayList<>(before.map(PartOfHistory::ids).orElse(List.of()));
        var partitions = new TreeMap<>(before.map(KnownTopic::partitions).orElse(Map.of()));
        if (index < ids.size()) {
            ids.set(index, topic.id());
        } else {
            ids.add(topic.id());
        }
        partitions
                .keySet()
                .removeAll(SeveralTopics.ofLog(index, SeveralTopics.ofTopic(index, partitions))
                        .keySet());
        partitions.putAll(SeveralTopics.ofLog(index, topic.partitions()));
        whole.add(new KnownTopic(before.map(KnownTopic::number).orElse(0L) + 1, String.join(",", ids), partitions));
    }

    private static List<String> ids(KnownTopic all) {
        return Arrays.asList(all.id().split(",", -1));
    }
}
