package dev.tandem.fold.block;

import java.util.function.Consumer;

/** Gives the chunks that a {@link StateSink} has taken, in the same order. */
public interface StateSource {
    /** The next chunk. */
    BlockReader chunk();

    /** Reads what {@link StateSink#items} wrote; {@code read} reads one item at the reader's position. */
    default void items(Consumer<BlockReader> read) {
        var chunk = chunk();
        for (int count = chunk.readInt(); count > 0; count = chunk.readInt()) {
            for (int left = count; left > 0; left--) {
                read.accept(chunk);
            }
            chunk = chunk();
        }
    }
}
