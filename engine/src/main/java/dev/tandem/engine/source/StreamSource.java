package dev.tandem.engine.source;

import dev.tandem.fold.StreamLedger.Range;
import java.util.List;
import java.util.Map;

/**
 * Where a stream's records come from: a log of numbered partitions in which every record has a position. The driver asks for
 * positions only; the records themselves are read by the tasks, each from its own {@link RecordRange}.
 *
 * <p>Used by one thread at a time.
 */
public interface StreamSource extends AutoCloseable {
    /** The log's name; Spark's checkpoint keeps positions under it. */
    String name();

    /**
     * Asked once, when a stream starts: where it goes on after what is committed.
     *
     * @param committed the position after the last committed record, by partition; empty if nothing is committed
     * @throws dev.tandem.engine.EngineException if the log is not the one that was read, or has lost records that were not read yet
     */
    default Map<Integer, Long> resume(Map<Integer, Long> committed) {
        return committed;
    }

    /**
     * Where to begin.
     *
     * @param committed the position after the last committed record, by partition; empty if nothing is committed
     * @return the same for every partition of the log: a partition that is not in {@code committed} begins at its earliest record
     */
    Map<Integer, Long> begin(Map<Integer, Long> committed);

    /**
     * Where a micro-batch ends that begins at {@code from}; equal to {@code from} if there is nothing new.
     *
     * @throws dev.tandem.engine.EngineException if records are gone that were not read yet
     */
    Map<Integer, Long> end(Map<Integer, Long> from);

    /**
     * Divides a micro-batch into at most about {@code tasks} pieces, in the order of partition and position.
     *
     * @param ranges by partition
     */
    List<RecordRange> divide(Map<Integer, Range> ranges, int tasks);

    /** Told after a commit: everything before {@code positions} is safe in the database. */
    default void committed(Map<Integer, Long> positions) {}

    /** Lets go of what it holds open. */
    @Override
    default void close() {}
}
