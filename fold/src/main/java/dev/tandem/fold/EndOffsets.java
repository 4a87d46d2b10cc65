package dev.tandem.fold;

import java.io.Serializable;
import java.util.Map;

/**
 * An exact end position in the landed log: everything up to and with micro-batch {@code microBatch}, and for each partition the
 * position after the last record.
 */
public record EndOffsets(long microBatch, Map<Integer, Long> positions) implements Serializable {
    public EndOffsets {
        positions = Map.copyOf(positions);
    }
}
