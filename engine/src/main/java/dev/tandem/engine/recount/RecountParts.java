package dev.tandem.engine.recount;

import java.io.Serializable;

/**
 * Into how many parts a recount is divided. Each part is small enough for a task to hold its keys or its rows.
 *
 * @param keys parts by dedup key, and as many of marked records
 * @param rows parts by row of a grouped view
 * @param tops parts by window of a top view
 */
public record RecountParts(int keys, int rows, int tops) implements Serializable {
    private static final long RECORDS_OF_A_PART = 250_000;
    private static final long ROWS_OF_A_PART = 50_000;
    private static final int MOST_KEYS = 512;
    private static final int MOST_ROWS = 1_024;
    private static final int FEWEST = 4;
    private static final int MOST_TOPS = 64;

    /** For {@code records} records, each in up to {@code windows} windows. */
    public static RecountParts of(long records, int windows) {
        int rows = parts(records * Math.max(1, windows), ROWS_OF_A_PART, MOST_ROWS);
        return new RecountParts(parts(records, RECORDS_OF_A_PART, MOST_KEYS), rows, Math.min(MOST_TOPS, rows));
    }

    private static int parts(long items, long ofAPart, int most) {
        return (int) Math.max(FEWEST, Math.min(most, items / ofAPart + 1));
    }

    /** Receivers of what the parts by dedup key send: rows, marked records, and one for the totals. */
    int receivers() {
        return rows + keys + 1;
    }

    int receiverOfMarks(int part) {
        return rows + part;
    }

    int receiverOfTotals() {
        return rows + keys;
    }

    /** Receivers of what the parts by row pass on: marked records, then candidates for top views. */
    int lastReceivers() {
        return keys + tops;
    }

    int lastReceiverOfTops(int part) {
        return keys + part;
    }
}
