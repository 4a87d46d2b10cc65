package dev.tandem.app.page;

import dev.tandem.model.KafkaAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The brokers that pipelines use, each asked over one connection for as long as the page lives. */
final class Brokers implements AutoCloseable {
    private final Map<KafkaAddress, BrokerReader> looks = new ConcurrentHashMap<>();

    BrokerReader at(KafkaAddress kafka) {
        return looks.computeIfAbsent(kafka, BrokerReader::new);
    }

    /** Where the partitions of a topic end, as it was known a second ago; empty while it is not known. */
    Optional<Map<Integer, Long>> ends(KafkaAddress kafka, String topic) {
        return at(kafka).ends(topic);
    }

    @Override
    public void close() {
        List.copyOf(looks.values()).forEach(BrokerReader::close);
        looks.clear();
    }
}
