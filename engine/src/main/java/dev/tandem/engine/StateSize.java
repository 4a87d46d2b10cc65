package dev.tandem.engine;

import org.apache.spark.util.SizeEstimator;

/** How much a stream holds in memory. Its bytes are estimated each time the rows have doubled: often enough for a peak. */
final class StateSize {
    private long rows;
    private long bytes;
    private long measuredAt;

    void seen(long stateRows, Object state) {
        rows = Math.max(rows, stateRows);
        if (stateRows >= 2 * Math.max(1, measuredAt)) {
            measuredAt = stateRows;
            bytes = SizeEstimator.estimate(state);
        }
    }

    long rows() {
        return rows;
    }

    /** For as many rows as there were at most, from the last estimate. */
    long bytes() {
        return measuredAt == 0 ? 0 : Math.round((double) bytes / measuredAt * rows);
    }
}
