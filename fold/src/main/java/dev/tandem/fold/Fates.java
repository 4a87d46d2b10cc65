package dev.tandem.fold;

import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many records met which fate. {@code accepted} are those counted or still waiting for their windows to close. The sum of
 * all fates must be {@code read}: {@link #requireBalance} stops a run that lost or doubled one.
 */
public record Fates(
        long read,
        long accepted,
        long quarantined,
        long duplicate,
        long late,
        long filtered,
        long split,
        long latePartial)
        implements Serializable {
    public static final Fates NONE = new Fates(0, 0, 0, 0, 0, 0, 0, 0);

    /** Those of one record. */
    public static final Fates ACCEPTED = new Fates(1, 1, 0, 0, 0, 0, 0, 0);

    public static final Fates QUARANTINED = new Fates(1, 0, 1, 0, 0, 0, 0, 0);
    public static final Fates DUPLICATE = new Fates(1, 0, 0, 1, 0, 0, 0, 0);
    public static final Fates LATE = new Fates(1, 0, 0, 0, 1, 0, 0, 0);
    public static final Fates FILTERED = new Fates(1, 0, 0, 0, 0, 1, 0, 0);
    public static final Fates SPLIT = new Fates(1, 0, 0, 0, 0, 0, 1, 0);
    public static final Fates LATE_IN_PART = new Fates(1, 1, 0, 0, 0, 0, 0, 1);

    public Fates plus(Fates other) {
        return new Fates(
                read + other.read,
                accepted + other.accepted,
                quarantined + other.quarantined,
                duplicate + other.duplicate,
                late + other.late,
                filtered + other.filtered,
                split + other.split,
                latePartial + other.latePartial);
    }

    /** Those of {@code count} records that each have these. */
    Fates times(long count) {
        return new Fates(
                read * count,
                accepted * count,
                quarantined * count,
                duplicate * count,
                late * count,
                filtered * count,
                split * count,
                latePartial * count);
    }

    public void write(BlockWriter out) {
        for (long part : new long[] {read, accepted, quarantined, duplicate, late, filtered, split, latePartial}) {
            out.writeLong(part);
        }
    }

    public static Fates read(BlockReader in) {
        return new Fates(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    /** Throws if the fates do not add up to what was read; {@code where} says which micro-batch or run. */
    public void requireBalance(String where) {
        long told = accepted + quarantined + duplicate + late + filtered + split;
        if (told != read) {
            throw new IllegalStateException(
                    "Cannot go on after %s: read %d records but know the fate of %d (%s); this is a defect in Tandem, nothing was committed"
                            .formatted(where, read, told, this));
        }
    }

    /** By the words that reports use, {@code waiting} taken out of the accepted. */
    public Map<String, Long> byWord(long waiting) {
        var words = new TreeMap<String, Long>();
        words.put("read", read);
        words.put("counted", accepted - waiting);
        words.put("waiting", waiting);
        words.put("quarantined", quarantined);
        words.put("duplicate", duplicate);
        words.put("late", late);
        words.put("filtered", filtered);
        words.put("split", split);
        return words;
    }
}
