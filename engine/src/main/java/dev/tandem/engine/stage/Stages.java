package dev.tandem.engine.stage;

import dev.tandem.engine.source.RecordRange;
import dev.tandem.fold.Changes;
import dev.tandem.fold.Landed;
import dev.tandem.fold.NamedFile;
import dev.tandem.fold.stream.GroupPart.Stopped;
import dev.tandem.fold.stream.GroupPart.WrittenRow;
import dev.tandem.fold.stream.StreamProgress;
import dev.tandem.segments.StateFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The stages of a micro-batch: records are prepared, then decided by dedup key, then counted by group key. The last two have state,
 * in as many partitions of either kind as {@link #parts} says.
 *
 * <p>For one caller at a time. Every method that reads or changes state throws {@link StateLostException} if a part of it is gone;
 * {@link #reset} and a rebuild must follow.
 */
public interface Stages extends AutoCloseable {
    /**
     * The result of a micro-batch.
     *
     * @param files those that its tasks have landed
     * @param arrivals how many records arrived when
     * @param preparedMillis how long the preparation took, 0 where it cannot be separated from the rest
     * @param countedMillis how long the rest took
     */
    record Taken(
            Changes changes,
            List<NamedFile> files,
            List<ReadBlocks.Arrival> arrivals,
            double preparedMillis,
            double countedMillis) {}

    /** What the partitions of either kind report to the driver, in their order. */
    record Reports(List<byte[]> ofKeys, List<byte[]> ofGroups) {}

    /** Puts the state together again from landed records. */
    interface Replaying {
        /** Takes in the next records, in the order in which they were landed. */
        void take(List<Landed> records);

        /** Ends it; {@code written} are the rows of open windows that were written before. */
        Reports done(List<WrittenRow> written);
    }

    /** How many partitions of either kind there are. */
    int parts();

    /** The driver's side. */
    StreamProgress progress();

    /** Takes in the micro-batch that {@link #progress} has begun. */
    Taken take(List<RecordRange> ranges, Optional<SegmentLanding> landing);

    /** Forgets all state. */
    void reset();

    /** Writes the partitions' state after micro-batch {@code number}. */
    void save(StateFolder folder, long number);

    /**
     * Takes in what {@link #save} wrote; the partitions must be new.
     *
     * @throws IOException if a file is missing or torn; the partitions then need a {@link #reset}
     */
    void restore(StateFolder folder, long number) throws IOException;

    /** Begins to put the state of new or restored partitions together again, up to where the stream {@code stopped}. */
    Replaying replay(Stopped stopped);

    /** What each partition holds. */
    List<StateShare> shares();

    /** Throws if the state leaves too little room on the heap. */
    void requireRoom();

    /** Open groups and remembered keys. */
    default long stateRows() {
        return shares().stream().mapToLong(StateShare::rows).sum();
    }

    /** Processor time since the last call, in nanoseconds, of threads that are not Spark's. */
    long cpuNanos();

    @Override
    void close();
}
