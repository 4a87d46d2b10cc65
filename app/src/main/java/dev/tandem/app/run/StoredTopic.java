package dev.tandem.app.run;

import dev.tandem.engine.source.KnownTopic;
import dev.tandem.engine.source.TopicHistory;
import dev.tandem.store.JdbcTopics;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** A pipeline's topic, remembered beside the ledger. */
record StoredTopic(JdbcTopics topics, Clock clock) implements TopicHistory {
    @Override
    public Optional<KnownTopic> latest() {
        var entries = topics.entries();
        return entries.isEmpty() ? Optional.empty() : Optional.of(known(entries.get(entries.size() - 1)));
    }

    private static KnownTopic known(JdbcTopics.Entry entry) {
        var parts = new HashMap<Integer, KnownTopic.Part>();
        entry.parts()
                .forEach(it ->
                        parts.put(it.partition(), new KnownTopic.Part(it.shift(), it.unreadFrom(), it.unreadUntil())));
        return new KnownTopic(entry.number(), entry.topicId(), parts);
    }

    @Override
    public void add(KnownTopic topic) {
        var parts = new ArrayList<JdbcTopics.Part>();
        topic.partitions()
                .forEach((partition, part) ->
                        parts.add(new JdbcTopics.Part(partition, part.shift(), part.unreadFrom(), part.unreadUntil())));
        topics.add(new JdbcTopics.Entry(
                topic.number(), topic.id(), clock.instant().truncatedTo(ChronoUnit.MICROS), parts));
    }

    /** What was never read and never will be, a sentence for each partition. */
    List<String> unread() {
        var unread = new ArrayList<String>();
        for (var entry : topics.entries()) {
            entry.parts().stream()
                    .filter(it -> it.unreadFrom().isPresent())
                    .forEach(it -> unread.add(unread(it, entry.noted())));
        }
        return unread;
    }

    private static String unread(JdbcTopics.Part part, Instant noted) {
        long from = part.unreadFrom().orElseThrow();
        var until = part.unreadUntil();
        var what = until.isPresent()
                ? "positions %d to %d of partition %d".formatted(from, until.getAsLong() - 1, part.partition())
                : "what the earlier topic had in partition %d from position %d on".formatted(part.partition(), from);
        return "%s (accepted at %s)".formatted(what, noted.truncatedTo(ChronoUnit.SECONDS));
    }
}
