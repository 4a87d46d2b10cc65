package dev.tandem.fold.block;

import java.util.Iterator;
import java.util.function.BiConsumer;

/** Takes the state of one partition, chunk by chunk, so that no array holds all of it. {@link StateSource} gives the chunks again. */
public interface StateSink {
    /** A chunk ends with the first item that reaches this many bytes. */
    int ENOUGH = 1 << 20;

    /** Takes the content of {@code chunk}, which the caller then uses again. */
    void chunk(BlockWriter chunk);

    /** Writes all {@code items} in chunks of a count and so many items, the last one empty; {@code write} appends one item. */
    default <T> void items(Iterator<T> items, BiConsumer<BlockWriter, T> write) {
        var chunk = new BlockWriter();
        int count = 0;
        chunk.writeInt(0);
        while (items.hasNext()) {
            write.accept(chunk, items.next());
            count++;
            if (chunk.size() >= ENOUGH) {
                send(chunk, count);
                count = 0;
            }
        }
        if (count > 0) {
            send(chunk, count);
        }
        send(chunk, 0);
    }

    private void send(BlockWriter chunk, int count) {
        chunk.setInt(0, count);
        chunk(chunk);
        chunk.truncate(Integer.BYTES);
    }
}
