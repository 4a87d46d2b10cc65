package dev.tandem.servers;

import java.util.Optional;
import java.util.Properties;

/** What a later JVM must know of a server that an earlier one started. */
record ProcessRecord(long pid, int port, Lifetime lifetime) {
    Properties toProperties() {
        var properties = new Properties();
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("port", Integer.toString(port));
        properties.setProperty("lifetime", lifetime.name());
        return properties;
    }

    /** Empty if a line is missing or is not what we write: then it was not we who wrote it. */
    static Optional<ProcessRecord> from(Properties properties) {
        try {
            return Optional.of(new ProcessRecord(
                    Long.parseLong(properties.getProperty("pid", "")),
                    Integer.parseInt(properties.getProperty("port", "")),
                    Lifetime.valueOf(properties.getProperty("lifetime", ""))));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
