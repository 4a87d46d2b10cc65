package dev.tandem.engine.batch;

/** What the chunks of a batch's result have. A number from 0 is that of the grouped view whose rows a chunk has. */
final class ChunkKind {
    /** The first chunk of each part: what the driver wants to know of it. */
    static final int SUMMARY = -1;

    /** Records that passed every step. */
    static final int EVENTS = -2;

    /** Records that went to a side output. */
    static final int SIDE_OUTPUTS = -3;

    /** Records that a rule refused. */
    static final int QUARANTINED = -4;

    private ChunkKind() {}
}
