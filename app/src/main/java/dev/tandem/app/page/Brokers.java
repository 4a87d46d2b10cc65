package dev.tandem.app.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The brokers that pipelines use, each asked over one connection for as long as the page lives. */
final class Brokers implements AutoCloseable {
    private final Map<String, BrokerLook> looks = new ConcurrentHashMap<>();

    BrokerLook at(String bootstrap) {
        return looks.computeIfAbsent(bootstrap, BrokerLook::new);
    }

    /** Where the partitions of a topic end, as it was known a second ago; empty while it is not known. */
    Optional<Map<Integer, Long>> ends(String bootstrap, String topic) {
        return at(bootstrap).ends(topic);
    }

    @Override
    public void close() {
        List.copyOf(looks.values()).forEach(BrokerLook::close);
        looks.clear();
    }
}
