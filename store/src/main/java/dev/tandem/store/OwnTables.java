package dev.tandem.store;

import static dev.tandem.store.ColumnType.BYTES;
import static dev.tandem.store.ColumnType.DIGEST;
import static dev.tandem.store.ColumnType.NAME;
import static dev.tandem.store.ColumnType.SMALL;
import static dev.tandem.store.ColumnType.TEXT;
import static dev.tandem.store.ColumnType.TIME;
import static dev.tandem.store.ColumnType.TRUTH;
import static dev.tandem.store.ColumnType.WHOLE;
import static dev.tandem.store.StoredColumn.optional;
import static dev.tandem.store.StoredColumn.required;

import dev.tandem.store.StoredTable.Index;
import java.util.List;

/** The tables of Tandem itself, one set in each database, shared by its pipelines. */
final class OwnTables {
    /** Of the tables below. A database with another one is refused: guessing what its columns mean would be worse. */
    static final int VERSION = 2;

    static final StoredTable SCHEMA =
            new StoredTable("tandem_schema", List.of(required("version", WHOLE)), List.of("version"), List.of());

    static final StoredTable RUN = new StoredTable(
            "tandem_run",
            List.of(
                    required("run_id", NAME),
                    required("pipeline", NAME),
                    required("mode", NAME),
                    required("definition", NAME),
                    optional("cut", TEXT),
                    required("started", TIME),
                    optional("finished", TIME),
                    optional("outcome", TEXT),
                    optional("metrics", TEXT)),
            List.of("run_id"),
            List.of(Index.plain("pipeline", "mode", "started")));

    /**
     * A row for each micro-batch and source partition, one of partition -1 for a micro-batch without data. What holds for the
     * whole micro-batch stands in each of its rows. {@code engine_batch} is empty where the engine made none; such rows never
     * collide.
     */
    static final StoredTable LEDGER = new StoredTable(
            "tandem_ledger",
            List.of(
                    required("pipeline", NAME),
                    required("number", WHOLE),
                    required("partition", SMALL),
                    required("query", NAME),
                    optional("engine_batch", WHOLE),
                    required("run_id", NAME),
                    required("from_position", WHOLE),
                    required("until_position", WHOLE),
                    required("records", WHOLE),
                    required("accepted", WHOLE),
                    required("quarantined", WHOLE),
                    required("duplicate", WHOLE),
                    required("late", WHOLE),
                    required("filtered", WHOLE),
                    required("split", WHOLE),
                    required("late_partial", WHOLE),
                    optional("watermark_late", TIME),
                    optional("watermark_close", TIME),
                    optional("highest_event", TIME),
                    required("waiting", WHOLE),
                    optional("unmatched", TEXT),
                    required("read_at", TIME),
                    optional("first_arrival", TIME),
                    required("committed_at", TIME)),
            List.of("pipeline", "number", "partition"),
            List.of(Index.unique("pipeline", "query", "engine_batch", "partition")));

    static final StoredTable QUARANTINE = new StoredTable(
            "tandem_quarantine",
            List.of(
                    required("pipeline", NAME),
                    required("partition", SMALL),
                    required("position", WHOLE),
                    required("arrived_at", TIME),
                    required("micro_batch", WHOLE),
                    required("reason", TEXT),
                    required("detail", TEXT),
                    required("raw", BYTES)),
            List.of("pipeline", "partition", "position"),
            List.of(Index.plain("pipeline", "micro_batch", "partition", "position")));

    static final StoredTable DUPLICATE = new StoredTable(
            "tandem_duplicate",
            List.of(
                    required("pipeline", NAME),
                    required("partition", SMALL),
                    required("position", WHOLE),
                    required("arrived_at", TIME),
                    required("micro_batch", WHOLE),
                    required("of_partition", SMALL),
                    required("of_position", WHOLE),
                    required("raw", BYTES)),
            List.of("pipeline", "partition", "position"),
            List.of(Index.plain("pipeline", "micro_batch", "partition", "position")));

    static final StoredTable LATE = new StoredTable(
            "tandem_late",
            List.of(
                    required("pipeline", NAME),
                    required("partition", SMALL),
                    required("position", WHOLE),
                    required("view", NAME),
                    required("window_start", TIME),
                    required("window_end", TIME),
                    required("whole", TRUTH),
                    required("event_time", TIME),
                    required("arrived_at", TIME),
                    required("micro_batch", WHOLE)),
            List.of("pipeline", "partition", "position", "view", "window_start"),
            List.of());

    static final StoredTable EPOCH = new StoredTable(
            "tandem_epoch",
            List.of(
                    required("pipeline", NAME),
                    required("epoch", WHOLE),
                    required("owner", TEXT),
                    required("since", TIME)),
            List.of("pipeline"),
            List.of());

    static final StoredTable PARITY = new StoredTable(
            "tandem_parity",
            List.of(
                    required("pipeline", NAME),
                    required("stream_run", NAME),
                    required("batch_run", NAME),
                    required("view", NAME),
                    required("row_key", DIGEST),
                    required("measure", NAME),
                    optional("window_start", TIME),
                    optional("window_end", TIME),
                    required("key_json", TEXT),
                    optional("stream", TEXT),
                    optional("batch", TEXT),
                    required("verdict", NAME)),
            List.of("pipeline", "stream_run", "batch_run", "view", "row_key", "measure"),
            List.of());

    static final StoredTable CAUSE = new StoredTable(
            "tandem_cause",
            List.of(
                    required("pipeline", NAME),
                    required("stream_run", NAME),
                    required("batch_run", NAME),
                    required("view", NAME),
                    required("row_key", DIGEST),
                    required("measure", NAME),
                    required("cause", NAME),
                    optional("amount", TEXT),
                    required("records", TEXT)),
            List.of("pipeline", "stream_run", "batch_run", "view", "row_key", "measure", "cause"),
            List.of());

    /** The files that a drop has taken in. Two writers that take in a file each cannot give both the same number. */
    static final StoredTable FILE = new StoredTable(
            "tandem_file",
            List.of(
                    required("pipeline", NAME),
                    required("number", WHOLE),
                    required("name", TEXT),
                    required("bytes", WHOLE),
                    required("sha256", NAME),
                    required("first_position", WHOLE),
                    required("records", WHOLE),
                    required("arrived_at", TIME)),
            List.of("pipeline", "number"),
            List.of());

    /**
     * The files of the landed log where it is not a table: they belong to the log because they are named here, in the transaction of
     * their micro-batch. {@code ordinal} counts the files of a micro-batch.
     */
    static final StoredTable SEGMENT = new StoredTable(
            "tandem_segment",
            List.of(
                    required("pipeline", NAME),
                    required("micro_batch", WHOLE),
                    required("ordinal", SMALL),
                    required("name", TEXT),
                    required("kind", NAME),
                    required("bytes", WHOLE),
                    required("checksum", WHOLE),
                    required("records", WHOLE),
                    required("partition", SMALL),
                    required("from_position", WHOLE),
                    required("until_position", WHOLE)),
            List.of("pipeline", "micro_batch", "ordinal"),
            List.of());

    /**
     * The last micro-batch of each pipeline that a database without its ledger was given. {@code target} is the database's name in
     * the definition, because two names may stand for one place.
     */
    static final StoredTable APPLIED = new StoredTable(
            "tandem_applied",
            List.of(
                    required("pipeline", NAME),
                    required("target", NAME),
                    required("number", WHOLE),
                    required("content", TEXT),
                    required("run_id", NAME),
                    required("applied_at", TIME)),
            List.of("pipeline", "target"),
            List.of());

    /**
     * The Kafka topic of a pipeline, a row for each partition and each time that an operator has accepted another topic or a loss of
     * records; {@code number} counts those. Partition -1 stands for all partitions that have no row.
     */
    static final StoredTable TOPIC = new StoredTable(
            "tandem_topic",
            List.of(
                    required("pipeline", NAME),
                    required("number", WHOLE),
                    required("partition", SMALL),
                    required("topic_id", NAME),
                    required("shift", WHOLE),
                    optional("unread_from", WHOLE),
                    optional("unread_until", WHOLE),
                    required("noted_at", TIME)),
            List.of("pipeline", "number", "partition"),
            List.of());

    /**
     * Whose rows a table holds, for each table of results or records in this database: two pipelines that write one table would each
     * take the other's rows for its own.
     */
    static final StoredTable OWNER = new StoredTable(
            "tandem_owner",
            List.of(
                    required("table_name", NAME),
                    required("pipeline", NAME),
                    required("mode", NAME),
                    required("holds", NAME)),
            List.of("table_name"),
            List.of());

    /** What each definition said that ran here, by its hash, so that a changed one can be compared with it. */
    static final StoredTable DEFINITION = new StoredTable(
            "tandem_definition",
            List.of(
                    required("pipeline", NAME),
                    required("hash", NAME),
                    required("meaning", TEXT),
                    required("noted_at", TIME)),
            List.of("pipeline", "hash"),
            List.of());

    /** How far the last rebuild of a pipeline has come; no row where there was none, or its earlier results were deleted. */
    static final StoredTable REBUILD = new StoredTable(
            "tandem_rebuild",
            List.of(
                    required("pipeline", NAME),
                    required("state", NAME),
                    required("run_id", NAME),
                    required("since", TIME)),
            List.of("pipeline"),
            List.of());

    /** Those whose rows belong to one generation of results, and are kept apart by the name of the pipeline. */
    static final List<StoredTable> OF_RESULTS = List.of(LEDGER, QUARANTINE, DUPLICATE, LATE, SEGMENT, APPLIED);

    /** Those that stand where a pipeline's ledger is. */
    static final List<StoredTable> ALL = List.of(
            SCHEMA,
            RUN,
            LEDGER,
            QUARANTINE,
            DUPLICATE,
            LATE,
            EPOCH,
            PARITY,
            CAUSE,
            FILE,
            SEGMENT,
            TOPIC,
            OWNER,
            DEFINITION,
            REBUILD);

    /** Those that stand where only outputs of a pipeline are. */
    static final List<StoredTable> ELSEWHERE = List.of(SCHEMA, EPOCH, APPLIED, OWNER);

    static boolean isOne(StoredTable table) {
        return ALL.contains(table) || ELSEWHERE.contains(table);
    }

    private OwnTables() {}
}
