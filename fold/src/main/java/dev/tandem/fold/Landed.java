package dev.tandem.fold;

/**
 * A record as it was landed: where it stood, when it arrived, its bytes, the micro-batch that took it in, and what the stream
 * then did with it.
 */
public record Landed(Coordinates at, long arrivedMillis, Prepared.Raw raw, long microBatch, As as) {
    public enum As {
        /** Kept: accepted, late or filtered. */
        KEPT,
        QUARANTINED,
        DUPLICATE
    }
}
