package dev.tandem.engine.batch;

import java.io.Serializable;

/**
 * The numbers of parts of a batch. Each part is small enough for a task to hold its keys, groups or records in memory.
 *
 * @param slices slices of the landed log
 * @param keys parts by dedup key
 * @param groups parts by group key
 * @param heldBack whether the keys hold records back until the log has ended
 */
public record BatchParts(int slices, int keys, int groups, boolean heldBack) implements Serializable {
    private static final long KEYS_OF_A_PART = 200_000;
    private static final long GROUPS_OF_A_PART = 200_000;
    private static final long WORTH_A_TASK = 2_000;
    private static final long FEW = 8;
    private static final int MOST = 2_000;

    /** For a log of {@code records} records in {@code slices} slices, each record in up to {@code windows} windows. */
    public static BatchParts of(long records, int slices, int windows, boolean heldBack) {
        return new BatchParts(
                slices,
                parts(records, KEYS_OF_A_PART),
                parts(records * Math.max(1, windows), GROUPS_OF_A_PART),
                heldBack);
    }

    /** A few parts where there is enough work for as many tasks; more where one part would be too large. */
    private static int parts(long records, long most) {
        long few = Math.min(FEW, records / WORTH_A_TASK + 1);
        return (int) Math.min(MOST, Math.max(few, records / most + 1));
    }

    /** Parts of the records that outputs want: one for each slice, and behind them what each part by dedup key has held back. */
    public int records() {
        return slices + (heldBack ? keys : 0);
    }

    /** All that receive what the parts by dedup key send: groups, then records, then the totals. */
    int receivers() {
        return groups + records() + 1;
    }

    int receiverOfSlice(int slice) {
        return groups + slice;
    }

    int receiverOfHeldBack(int key) {
        return groups + slices + key;
    }

    int receiverOfTotals() {
        return receivers() - 1;
    }
}
