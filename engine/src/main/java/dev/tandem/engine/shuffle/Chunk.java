package dev.tandem.engine.shuffle;

import java.io.Serializable;

/**
 * A piece of what a stage has made, packed.
 *
 * @param of says what it has; each job gives its numbers a meaning
 */
@SuppressWarnings("ArrayRecordComponent") // it travels and is never compared
public record Chunk(int of, byte[] bytes) implements Serializable {
    private static final long serialVersionUID = 1L;
}
