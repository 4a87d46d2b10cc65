package dev.tandem.app.run;

import dev.tandem.engine.source.PartOfHistory;
import dev.tandem.engine.source.SeveralTopics;
import dev.tandem.engine.source.StreamSource;
import dev.tandem.engine.source.TopicHistory;
import dev.tandem.engine.source.TopicSource;
import dev.tandem.engine.source.TopicStart;
import dev.tandem.files.FolderContents.LeftOut;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Source;
import dev.tandem.model.record.Envelope;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One or more Kafka topics as a pipeline's log. */
record TopicInput(Source.Kafka source, Envelope envelope, KafkaAddress kafka, TopicHistory history, Clock clock)
        implements Input {
    @Override
    public StreamSource source(int maxRecords, TopicStart start) {
        return source.topics().size() == 1
                ? topic(source.fed(), history, maxRecords, start)
                : several(maxRecords, start);
    }

    private SeveralTopics several(int maxRecords, TopicStart start) {
        var topics = new ArrayList<TopicSource>();
        for (var name : source.topics()) {
            topics.add(topic(name, new PartOfHistory(history, topics.size()), maxRecords, start));
        }
        return new SeveralTopics(topics, maxRecords);
    }

    private TopicSource topic(String name, TopicHistory known, int maxRecords, TopicStart start) {
        var arrival = source.arrival() == Source.Arrival.READ ? Optional.of(clock) : Optional.<Clock>empty();
        return new TopicSource(
                new TopicSource.Topic(kafka, name, source.group(), arrival, envelope), maxRecords, known, start);
    }

    /** Of a topic every record is read. */
    @Override
    public List<LeftOut> leftOut() {
        return List.of();
    }

    @Override
    public String place() {
        return source.names();
    }

    @Override
    public List<String> heldBack() {
        var held = new ArrayList<String>();
        for (var name : source.topics()) {
            try (var topic = topic(name, TopicHistory.none(), 1, TopicStart.REFUSED)) {
                topic.behindTransactions()
                        .forEach((partition, count) -> held.add(
                                "%,d positions of partition %d of topic '%s' are behind an open transaction and were not read; run it again when the transaction has ended"
                                        .formatted(count, partition, name)));
            }
        }
        return held;
    }

    /** Behind a transaction that is open nothing can be read: waiting for it could take for ever. */
    @Override
    public Map<Integer, Long> end() {
        if (source.topics().size() > 1) {
            try (var topics = several(1, TopicStart.REFUSED)) {
                return topics.readable();
            }
        }
        try (var topic = topic(source.fed(), history, 1, TopicStart.REFUSED)) {
            return topic.readable();
        }
    }
}
