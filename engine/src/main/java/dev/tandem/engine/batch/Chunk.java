package dev.tandem.engine.batch;

import java.io.Serializable;

/**
 * A piece of a batch's result, packed.
 *
 * @param of the number of the grouped view of which it has rows, or one of the constants
 */
@SuppressWarnings("ArrayRecordComponent") // it travels and is never compared
public record Chunk(int of, byte[] bytes) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The first chunk of each part: what the driver wants to know of it. */
    static final int SUMMARY = -1;

    /** Records that passed every step. */
    static final int EVENTS = -2;

    /** Records that went to a side output. */
    static final int SIDE_OUTPUTS = -3;

    /** Records that a rule refused. */
    static final int QUARANTINED = -4;
}
