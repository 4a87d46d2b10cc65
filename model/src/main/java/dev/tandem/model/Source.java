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

    /** The home of the landed log, which keeps each record as it arrived, with its coordinates. */
    sealed interface Landing {
        /** A table beside the ledger; {@code key} names the fields stored beside the bytes. */
        record Table(String table, String database, List<String> key) implements Landing {
            public Table {
                key = List.copyOf(key);
            }
        }

        /**
         * Parquet files that the ledger names.
         *
         * @param folder a folder, which begins in the state folder, or the address of one on another file system
         * @param database where the ledger is
         */
        record Segments(String folder, String database) implements Landing {
            /** The folder if a definition names none. */
            public static final String FOLDER = "segments";

            @Override
            public List<String> key() {
                return List.of();
            }
        }

        /** The database of the ledger. */
        String database();

        /** The fields stored beside the bytes. */
        List<String> key();

        /** One function for each home: the exhaustive choice. */
        default <T> T fold(Function<Table, T> table, Function<Segments, T> segments) {
            return this instanceof Table it ? table.apply(it) : segments.apply((Segments) this);
        }
    }

    Format format();

    Landing landing();

    /** One function for each kind: the exhaustive choice. */
    default <T> T fold(Function<Kafka, T> kafka, Function<Files, T> files) {
        return this instanceof Kafka it ? kafka.apply(it) : files.apply((Files) this);
    }
}
