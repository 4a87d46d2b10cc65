package dev.tandem.model;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a Kafka cluster is and how its clients log in: everything that a client needs besides what it does there. Never shown with its
 * settings, which hold passwords.
 *
 * @param bootstrap Kafka's {@code bootstrap.servers}
 * @param security the settings of the connection beyond it, such as {@code security.protocol}; empty for plain text
 */
public record KafkaAddress(String bootstrap, Map<String, String> security) implements Serializable {
    public KafkaAddress {
        security = Map.copyOf(security);
    }

    /** Without TLS and without a login. */
    public static KafkaAddress plain(String bootstrap) {
        return new KafkaAddress(bootstrap, Map.of());
    }

    /** The settings of a client: those of the connection, and {@code own} for what it does there. */
    public Map<String, Object> settings(Map<String, Object> own) {
        var settings = new TreeMap<String, Object>(security);
        settings.putAll(own);
        settings.put("bootstrap.servers", bootstrap);
        return settings;
    }

    /** Without the settings, some of which are secrets. */
    @Override
    public String toString() {
        return security.isEmpty()
                ? bootstrap
                : "%s (%s)".formatted(bootstrap, security.getOrDefault("security.protocol", "PLAINTEXT"));
    }
}
