package dev.tandem.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Where records come from. */
public sealed interface Source {
    /**
     * One or more topics of a Kafka cluster.
     *
     * @param topics in an order that stays, since it numbers their partitions
     * @param group the consumer group whose offsets follow the stream's, so that ordinary Kafka tools show its lag
     * @param arrival what counts as the time when a record arrived
     * @param capture the public feed that fills the topic
     */
    record Kafka(
            List<String> topics,
            Format format,
            Optional<String> group,
            Arrival arrival,
            Optional<Capture> capture,
            Landing landing)
            implements Source {
        /** The most topics of a source. */
        public static final int MOST_TOPICS = 10;

        /** How many partitions of a topic have a number. */
        public static final int NUMBERS_PER_TOPIC = 1_000;

        public Kafka {
            topics = List.copyOf(topics);
        }

        public Kafka(String topic, Landing landing) {
            this(List.of(topic), Format.JSON, Optional.empty(), Arrival.BROKER, Optional.empty(), landing);
        }

        /** The number of a topic's partition 0; partition 3 of the second topic is 1003, so that a topic can get more partitions. */
        public static int firstNumber(int topic) {
            return topic * NUMBERS_PER_TOPIC;
        }

        /** The topic that generators, captures and replays fill. */
        public String fed() {
            return topics.get(0);
        }

        /** All topics, for people. */
        public String names() {
            return String.join(", ", topics);
        }
    }

    /** When a record of a topic arrived. */
    enum Arrival {
        /** At the timestamp that the broker has with it. */
        BROKER,
        /** When the stream read it, for topics whose timestamps are the senders' and wrong. */
        READ
    }

    /**
     * A folder into which files are moved when they are complete; each is read once.
     *
     * @param maxFiles the most files of a micro-batch
     * @param order of the files that are present together
     * @param archive the folder that a file moves to when its records are committed
     */
    record Files(
            String folder,
            Format format,
            int maxFiles,
            Order order,
            OnBadFile onBadFile,
            Optional<String> archive,
            Landing landing)
            implements Source {
        /** In order of names, stopping at a file that cannot be read. */
        public Files(String folder, Format format, int maxFiles, Optional<String> archive, Landing landing) {
            this(folder, format, maxFiles, Order.NAME, OnBadFile.STOP, archive, landing);
        }
    }

    /**
     * Rows of another program, each of which is a record. No stream can read them: only a definition with {@code attach} has them.
     *
     * @param arrived the column that has the time when a row arrived
     * @param order the columns that say which of two rows came first where their arrival does not
     * @param format of the object of its columns that each row is
     */
    record Rows(Place place, Optional<String> arrived, List<String> order, Format format, Landing landing)
            implements Source {
        public Rows {
            order = List.copyOf(order);
        }

        /** Where the rows are. */
        public sealed interface Place {
            /**
             * A table.
             *
             * @param database a server of the environment by its word, a file, or an address
             */
            record Table(String table, String database) implements Place {
                private static final List<String> SERVERS = List.of("mysql", "mariadb", "postgres", "postgresql");

                /** The word, where a server of the environment is meant. */
                public Optional<String> server() {
                    return Optional.of(database).filter(SERVERS::contains);
                }

                @Override
                public String told() {
                    return "table " + table;
                }
            }

            /** Files: one, all of a folder, or those that a pattern meets. */
            record Parquet(String path) implements Place {
                @Override
                public String told() {
                    return "parquet " + path;
                }
            }

            /** As a person names it. */
            String told();

            /** One function for each kind: the exhaustive choice. */
            default <T> T fold(Function<Place.Table, T> table, Function<Parquet, T> parquet) {
                return this instanceof Place.Table it ? table.apply(it) : parquet.apply((Parquet) this);
            }
        }
    }

    /** Which of the files that are present together is read first. */
    enum Order {
        /** By name, letter by letter: {@code part-10} before {@code part-2}. */
        NAME,
        /** By name, numbers in it by their value: {@code part-2} before {@code part-10}. */
        NATURAL,
        /** By the time of the last change, then by name. */
        MODIFIED
    }

    /** What becomes of a run that meets a file it cannot read. It changes no number of the files that can be read. */
    enum OnBadFile {
        /** The run ends and names the file. */
        STOP,
        /** The file is left out and named; it is read when it has been repaired. */
        QUARANTINE
    }

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
        default <T> T fold(Function<Landing.Table, T> table, Function<Segments, T> segments) {
            return this instanceof Landing.Table it ? table.apply(it) : segments.apply((Segments) this);
        }
    }

    Format format();

    Landing landing();

    /** The same source with its landing table, if it has one, renamed by {@code table}. */
    default Source landingIn(UnaryOperator<String> table) {
        return landing(landing()
                .fold(it -> new Landing.Table(table.apply(it.table()), it.database(), it.key()), segments -> segments));
    }

    /** The same source, whose records are landed elsewhere. */
    default Source landing(Landing other) {
        return fold(
                it -> new Kafka(it.topics(), it.format(), it.group(), it.arrival(), it.capture(), other),
                it -> new Files(
                        it.folder(), it.format(), it.maxFiles(), it.order(), it.onBadFile(), it.archive(), other),
                it -> new Rows(it.place(), it.arrived(), it.order(), it.format(), other));
    }

    /** This source, if it is rows of another program. */
    default Optional<Rows> asRows() {
        return fold(kafka -> Optional.empty(), files -> Optional.empty(), Optional::of);
    }

    /** One function for each kind: the exhaustive choice. */
    default <T> T fold(Function<Kafka, T> kafka, Function<Files, T> files, Function<Rows, T> rows) {
        if (this instanceof Kafka it) {
            return kafka.apply(it);
        }
        return this instanceof Files it ? files.apply(it) : rows.apply((Rows) this);
    }

    /** The same for a source that a stream reads; rows of another program are an error here. */
    default <T> T foldStreamed(Function<Kafka, T> kafka, Function<Files, T> files) {
        return fold(kafka, files, rows -> {
            throw new IllegalStateException("Cannot read the rows of %s here: only attach does"
                    .formatted(rows.place().told()));
        });
    }

    /** This source, if it is a topic. */
    default Optional<Kafka> asKafka() {
        return fold(Optional::of, files -> Optional.empty(), rows -> Optional.empty());
    }

    /** This source, if it is a folder of files. */
    default Optional<Files> asFiles() {
        return fold(kafka -> Optional.empty(), Optional::of, rows -> Optional.empty());
    }
}
