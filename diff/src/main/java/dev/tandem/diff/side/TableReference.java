package dev.tandem.diff.side;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A table as a person asks for it.
 *
 * @param address a path, or an address that begins with the kind
 * @param query SQL that is sent to the database in the place of a table's name
 * @param surroundings what is needed to find it
 */
public record TableReference(String address, Optional<String> query, Surroundings surroundings) {
    /**
     * @param directory where relative paths begin
     * @param drivers the folder of JDBC drivers that a user has added
     * @param password for a database whose address has none
     * @param kafka the client settings with which a topic's cluster is logged in to
     */
    public record Surroundings(Path directory, Path drivers, String password, Map<String, String> kafka) {
        public Surroundings {
            kafka = Map.copyOf(kafka);
        }

        /** With topics of clusters without TLS and login. */
        public Surroundings(Path directory, Path drivers, String password) {
            this(directory, drivers, password, Map.of());
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Surroundings[directory=%s, drivers=%s]".formatted(directory, drivers);
        }
    }

    Path path(String text) {
        return surroundings.directory().resolve(text).normalize();
    }
}
