package dev.tandem.fold;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Commits a stream's results and its ledger together. One writer at a time: a later writer fences the earlier one, even if that
 * one is still alive.
 */
public interface StreamLedger extends AutoCloseable {
    /** Positions taken from one partition: from {@code from} (included) to {@code until} (not included). */
    record Range(long from, long until) {}

    /**
     * What is written of a micro-batch beside its changes.
     *
     * @param query the engine's id of the running query; with {@code engineBatch} it recognises a replay
     * @param engineBatch the engine's number of the micro-batch, -1 where the engine made none (windows closed by time)
     * @param ranges by partition
     * @param readMillis when the engine began to read it, milliseconds since 1970
     * @param firstArrivalMillis arrival of the earliest record in it, 0 if it has none
     * @param files the files of the landed log that hold its records; empty where a table holds them
     */
    public record Entry(
            String query,
            long engineBatch,
            Map<Integer, Range> ranges,
            long readMillis,
            long firstArrivalMillis,
            List<NamedFile> files) {
        public Entry {
            ranges = Map.copyOf(ranges);
            files = List.copyOf(files);
        }

        public Entry(
                String query, long engineBatch, Map<Integer, Range> ranges, long readMillis, long firstArrivalMillis) {
            this(query, engineBatch, ranges, readMillis, firstArrivalMillis, List.of());
        }
    }

    /**
     * Where the stream stopped.
     *
     * @param lastNumber of the last committed micro-batch, 0 before the first
     * @param positions by partition, the position after the last committed record
     * @param watermarks of each committed micro-batch
     */
    record Resumption(
            long lastNumber,
            Watermarks last,
            long highestEvent,
            Map<Integer, Long> positions,
            Map<Long, Watermarks> watermarks) {
        public Resumption {
            positions = Map.copyOf(positions);
            watermarks = Map.copyOf(watermarks);
        }
    }

    /** Becomes the only writer and returns where the last one stopped. */
    Resumption takeOver();

    /** Tells again where the stream stopped. Throws if another writer has taken over. */
    Resumption resumption();

    /** Whether this micro-batch of the engine was committed before. */
    boolean knows(String query, long engineBatch);

    /** A text that no other micro-batch has, of this database or another; empty if no micro-batch {@code number} was committed. */
    Optional<String> mark(long number);

    /**
     * Commits data and ledger in one transaction and returns when the database had it. Throws, with nothing written, if another
     * writer has taken over.
     */
    Instant commit(Changes changes, Entry entry);

    @Override
    void close();
}
