package dev.tandem.engine.stage;

import dev.tandem.fold.stream.GroupPart;
import org.apache.spark.util.SizeEstimator;

/**
 * The size of a partition of groups on the heap. Spark estimates it by walking over the objects, which costs tens of milliseconds, so
 * it is asked from a thousand groups on, and again each time there are four times as many.
 */
final class GroupsSize {
    private static final long FIRST = 1_000;
    /** A group of a few measures, until Spark was asked. */
    private static final double USUAL_BYTES = 400;

    private long next = FIRST;
    private double bytesOfARow = USUAL_BYTES;

    /** Bytes, for as many groups as {@code part} has now. */
    long of(GroupPart part) {
        long rows = part.size();
        if (rows >= next) {
            next = 4 * rows;
            bytesOfARow = (double) SizeEstimator.estimate(part) / rows;
        }
        return Math.round(bytesOfARow * rows);
    }
}
