package dev.tandem.app.run;

import dev.tandem.drop.Look.LeftOut;
import dev.tandem.engine.source.StreamSource;
import dev.tandem.engine.source.TopicSource;
import dev.tandem.feed.Topics;
import dev.tandem.model.Source;
import java.util.List;
import java.util.Map;

/** A Kafka topic as a pipeline's log. */
record TopicInput(Source.Kafka source, String bootstrap) implements Input {
    @Override
    public StreamSource source(int maxRecords) {
        return new TopicSource(bootstrap, source.topic(), maxRecords, source.group());
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
    public Map<Integer, Long> end() {
        try (var topics = new Topics(bootstrap)) {
            return topics.endOffsets(source.topic());
        }
    }
}
