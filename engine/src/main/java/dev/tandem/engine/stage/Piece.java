package dev.tandem.engine.stage;

import java.io.Serializable;

/**
 * What a task that prepares records sends to one partition by dedup key.
 *
 * @param partition of the source
 * @param first position of the first record that the task has read
 * @param head what the driver wants to know, in the piece for partition 0; else empty
 * @param block packed records
 */
@SuppressWarnings("ArrayRecordComponent") // they travel once and are never compared
record Piece(int partition, long first, byte[] head, byte[] block) implements Serializable {
    private static final long serialVersionUID = 1L;
}
