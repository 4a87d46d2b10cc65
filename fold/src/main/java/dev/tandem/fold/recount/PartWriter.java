package dev.tandem.fold.recount;

import dev.tandem.fold.block.BlockWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Packed items on their way to parts that are worked on one after the other. Gathers a block for each part and gives it to its
 * target when it is full, so that what is held does not grow with the number of items. One thread; the target may have several.
 */
public final class PartWriter {
    /** Keeps the blocks of each part. Several writers call it at once. */
    public interface Target {
        /** Takes the first {@code length} bytes of {@code block}, which changes afterwards. */
        void take(int part, byte[] block, int length);
    }

    /** What all blocks of a writer hold together before they are full. */
    private static final int HELD = 8 << 20;

    private static final int LARGEST = 1 << 16;
    private static final int SMALLEST = 1 << 10;

    private final Target target;
    private final int full;
    private final List<BlockWriter> blocks = new ArrayList<>();

    public PartWriter(int parts, Target target) {
        this.target = target;
        full = Math.max(SMALLEST, Math.min(LARGEST, HELD / parts));
        for (int part = 0; part < parts; part++) {
            blocks.add(new BlockWriter(SMALLEST));
        }
    }

    public int parts() {
        return blocks.size();
    }

    /** Where the next item of {@code part} is to be written, whole. */
    public BlockWriter next(int part) {
        if (blocks.get(part).size() >= full) {
            give(part);
        }
        return blocks.get(part);
    }

    /** Gives everything that is held to the target. */
    public void flush() {
        for (int part = 0; part < blocks.size(); part++) {
            give(part);
        }
    }

    private void give(int part) {
        var block = blocks.get(part);
        if (block.size() > 0) {
            target.take(part, block.array(), block.size());
            block.truncate(0);
        }
    }
}
