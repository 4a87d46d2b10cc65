package dev.tandem.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where records come from. */
public sealed interface Source {
    /**
     * A Kafka topic.
     *
     * @param group the consumer group whose offsets follow the stream's, so that ordinary Kafka tools show its lag
     * @param capture the public feed that fills the topic
     */
    record Kafka(String topic, Format format, Optional<String> group, Optional<Capture> capture, Landing landing)
            implements Source {
        public Kafka(String topic, Landing landing) {
            this(topic, Format.JSON, Optional.empty(), Optional.empty(), landing);
        }
    }

    /**
     * A folder into which files are moved when they are complete; each is read once, in the order of their names.
     *
     * @param maxFiles the most files of a micro-batch
     * @param archive the folder that a file moves to when its records are committed
     */
    record Files(String folder, Format format, int maxFiles, Optional<String> archive, Landing landing)
            implements Source {}

    /** The table that keeps each record as it arrived, with its coordinates; {@code key} names the fields stored beside the bytes. */
    record Landing(String table, String database, List<String> key) {
        public Landing {
            key = List.copyOf(key);
        }
    }

    Format format();

    Landing landing();

    /** One function for each kind: the exhaustive choice. */
    default <T> T fold(Function<Kafka, T> kafka, Function<Files, T> files) {
        return this instanceof Kafka it ? kafka.apply(it) : files.apply((Files) this);
    }
}
