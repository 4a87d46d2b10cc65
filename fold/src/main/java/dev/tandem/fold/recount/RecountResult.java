package dev.tandem.fold.recount;

import dev.tandem.fold.Fates;
import dev.tandem.fold.recount.Recount.Deviation;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** A recount of both modes beside what they stored, in parts of rows that are small enough to be held in memory. */
public interface RecountResult {
    /**
     * Gives what {@code compare} makes of each part to {@code sum}. Several threads call {@code compare}; {@code sum} is called by one
     * at a time, in any order. To be called once.
     */
    <T> void compare(Function<ComparedPart, T> compare, Consumer<T> sum);

    /** What a batch does with the records. */
    Fates fates();

    /** The event times of each partition of the log. */
    SortedMap<Integer, EventTimes> times();

    /** When each window's records came; empty where the last copy of a record counts. */
    Arrivals arrivals();

    /** Records on which the modes part, each counted once for a kind. Known when all parts were compared. */
    Map<Deviation, Long> deviantRecords();

    /** Records that the batch counts in a window that had not closed in the stream. Known when all parts were compared. */
    long waiting();
}
