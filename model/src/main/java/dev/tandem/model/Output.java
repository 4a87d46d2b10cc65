package dev.tandem.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Where something that a pipeline makes goes. A path or table name may contain {@code ${mode}}. */
public sealed interface Output {
    /** What is written: a view's rows, or records. */
    sealed interface What {
        record OfView(String view) implements What {
            @Override
            public String name() {
                return view;
            }
        }

        /** Records with all their fields after the steps. */
        record Records(Kind kind, String name) implements What {}

        /** The view's or branch's name; else the word of the records. */
        String name();

        /** One function for each kind: the exhaustive choice. */
        default <T> T fold(Function<OfView, T> view, Function<Records, T> records) {
            return this instanceof OfView it ? view.apply(it) : records.apply((Records) this);
        }

        default boolean isView() {
            return fold(view -> true, records -> false);
        }

        /** What is written, if it is records. */
        default Optional<Records> asRecords() {
            return fold(view -> Optional.empty(), Optional::of);
        }

        enum Kind {
            /** Those that passed every step, late ones too: what the views are computed from. */
            EVENTS,
            /** Those that a {@code split} led out. */
            BRANCH,
            /** Those that a rule refused: coordinates, reason, detail and the bytes. */
            QUARANTINE
        }
    }

    /**
     * Rows upserted by key.
     *
     * @param key the fields that identify a record; a view's rows are identified by window and key, and name none
     */
    record Table(What what, String table, String database, List<String> key, Optional<Mode> only) implements Output {
        public Table {
            key = List.copyOf(key);
        }

        public Table(String view, String table, String database) {
            this(new What.OfView(view), table, database, List.of(), Optional.empty());
        }

        public String table(Mode mode) {
            return inMode(table, mode);
        }

        /** Whether its database has no NaN and no infinities: it holds null in their place. */
        public boolean isFiniteOnly() {
            return database.equals("mysql") || database.equals("mariadb");
        }
    }

    /**
     * One message for each row revision or record.
     *
     * @param key the field whose value is the message's key; a view's rows have their own
     */
    record Topic(What what, String topic, Optional<String> key, Optional<Mode> only) implements Output {
        public Topic(String view, String topic, Optional<Mode> only) {
            this(new What.OfView(view), topic, Optional.empty(), only);
        }
    }

    /** Parquet files under {@code folder}, in a folder for each value of {@code partition}. */
    record Lake(What what, String folder, List<String> partition, Optional<Mode> only) implements Output {
        public Lake {
            partition = List.copyOf(partition);
        }

        @Override
        public Optional<String> path() {
            return Optional.of(folder);
        }
    }

    /** CSV files to which rows are only added: a view's rows when their window has closed, and records. */
    record Csv(What what, String folder, Optional<Mode> only) implements Output {
        @Override
        public Optional<String> path() {
            return Optional.of(folder);
        }
    }

    /** The whole view as a CSV file {@code batch_0000.csv}, {@code batch_0001.csv}… at most every so often. */
    record Snapshots(What what, String folder, Duration every, Optional<Mode> only) implements Output {
        @Override
        public Optional<String> path() {
            return Optional.of(folder);
        }
    }

    /** The whole view as a JSON file {@code latest.json} that is replaced whenever the view changes: what is asked for again and again. */
    record Latest(What what, String folder, Optional<Mode> only) implements Output {
        @Override
        public Optional<String> path() {
            return Optional.of(folder);
        }
    }

    /** Lines for a person who watches. */
    record Console(What what, Optional<Mode> only) implements Output {}

    /**
     * A sink that an extension brings.
     *
     * @param sink the name of its provider
     * @param settings what the provider is told
     * @param place where the definition names it, for messages
     */
    record Custom(What what, String sink, Map<String, String> settings, Optional<Mode> only, Place place)
            implements Output {
        public Custom {
            settings = Map.copyOf(settings);
        }
    }

    /** One function for each kind: the exhaustive choice. */
    default <T> T fold(
            Function<Table, T> table,
            Function<Topic, T> topic,
            Function<Lake, T> lake,
            Function<Csv, T> csv,
            Function<Snapshots, T> snapshots,
            Function<Latest, T> latest,
            Function<Custom, T> custom,
            Function<Console, T> console) {
        if (this instanceof Table it) {
            return table.apply(it);
        }
        if (this instanceof Topic it) {
            return topic.apply(it);
        }
        if (this instanceof Lake it) {
            return lake.apply(it);
        }
        if (this instanceof Csv it) {
            return csv.apply(it);
        }
        if (this instanceof Snapshots it) {
            return snapshots.apply(it);
        }
        if (this instanceof Latest it) {
            return latest.apply(it);
        }
        return this instanceof Custom it ? custom.apply(it) : console.apply((Console) this);
    }

    /** This output, if it is a table of a database. */
    default Optional<Table> asTable() {
        return this instanceof Table it ? Optional.of(it) : Optional.empty();
    }

    /** This output, if it is a topic. */
    default Optional<Topic> asTopic() {
        return this instanceof Topic it ? Optional.of(it) : Optional.empty();
    }

    /** This output, if it is a lake. */
    default Optional<Lake> asLake() {
        return this instanceof Lake it ? Optional.of(it) : Optional.empty();
    }

    /** This output, if an extension brings its sink. */
    default Optional<Custom> asCustom() {
        return this instanceof Custom it ? Optional.of(it) : Optional.empty();
    }

    What what();

    Optional<Mode> only();

    /** Where its files lie; empty for tables, topics and the console. */
    default Optional<String> path() {
        return Optional.empty();
    }

    default boolean writes(Mode mode) {
        return only().orElse(mode) == mode;
    }

    /** For people: the medium and its place. */
    default String told() {
        var table = asTable().map(it -> "table %s in %s".formatted(it.table(), it.database()));
        var topic = asTopic().map(it -> "topic %s".formatted(it.topic()));
        var folder = path().map("folder %s"::formatted);
        var custom = asCustom().map(it -> "sink %s".formatted(it.sink()));
        return table.or(() -> topic).or(() -> folder).or(() -> custom).orElse("console");
    }

    /** {@code text} with the mode's word for {@code ${mode}}. */
    static String inMode(String text, Mode mode) {
        return text.replace("${mode}", mode.word());
    }
}
