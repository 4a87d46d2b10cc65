package dev.tandem.files;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Remembers which files were taken in from a folder; once taken in, a file keeps its place for ever. */
public interface Inventory {
    /**
     * One file.
     *
     * @param number counts from 0 in the order of taking in
     * @param name relative to the folder
     * @param sha256 of its bytes, in hex
     * @param firstPosition the position of its first record in the log
     * @param records how many it holds, unreadable ones too
     * @param arrived when it was taken in; the arrival time of its records
     */
    public record Entry(
            long number, String name, long bytes, String sha256, long firstPosition, long records, Instant arrived) {}

    /** Every file taken in, by number. */
    List<Entry> entries();

    /** The numbers of the files that were lost and that somebody has given up: their positions have no records. */
    default Set<Long> forgotten() {
        return Set.of();
    }

    /** Adds the next file, durably. */
    void add(Entry entry);
}
