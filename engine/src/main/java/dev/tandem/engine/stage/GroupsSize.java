package dev.tandem.engine.stage;

import dev.tandem.fold.GroupPart;
import org.apache.spark.util.SizeEstimator;

/** The size of a partition of groups on the heap, estimated by Spark each time its groups have doubled. */
final class GroupsSize {
    private long measuredAt;
    private double bytesOfARow;

    /** Bytes, for as many groups as {@code part} has now. */
    long of(GroupPart part) {
        long rows = part.size();
        if (rows >= 2 * Math.max(1, measuredAt)) {
            measuredAt = rows;
            bytesOfARow = (double) SizeEstimator.estimate(part) / Math.max(1, rows);
        }
        return Math.round(bytesOfARow * rows);
    }
}
