package dev.tandem.app.run;

import dev.tandem.engine.source.StreamSource;
import dev.tandem.engine.source.TopicHistory;
import dev.tandem.engine.source.TopicSource;
import dev.tandem.engine.source.TopicStart;
import dev.tandem.files.FolderContents.LeftOut;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Source;
import dev.tandem.model.record.Envelope;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Kafka topic as a pipeline's log. */
record TopicInput(Source.Kafka source, Envelope envelope, KafkaAddress kafka, TopicHistory history, Clock clock)
        implements Input {
    @Override
    public StreamSource source(int maxRecords, TopicStart start) {
        return topic(maxRecords, start);
    }

    private TopicSource topic(int maxRecords, TopicStart start) {
        var arrival = source.arrival() == Source.Arrival.READ ? Optional.of(clock) : Optional.<Clock>empty();
        var topic = new TopicSource.Topic(kafka, source.topic(), source.group(), arrival, envelope);
        return new TopicSource(topic, maxRecords, history, start);
    }

    /** Of a topic every record is read. */
    @Override
    public List<LeftOut> leftOut() {
        return List.of();
    }

    @Override
    public String place() {
        return source.topic();
    }

    @Override
    public List<String> heldBack() {
        try (var topic = topic(1, TopicStart.REFUSED)) {
            return topic.behindTransactions().entrySet().stream()
                    .map(it ->
                            "%,d positions of partition %d of topic '%s' are behind an open transaction and were not read; run it again when the transaction has ended"
                                    .formatted(it.getValue(), it.getKey(), source.topic()))
                    .toList();
        }
    }

    /** Behind a transaction that is open nothing can be read: waiting for it could take for ever. */
    @Override
    public Map<Integer, Long> end() {
        try (var topic = topic(1, TopicStart.REFUSED)) {
            return topic.readable();
        }
    }
}
