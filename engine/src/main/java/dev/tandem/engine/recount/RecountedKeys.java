package dev.tandem.engine.recount;

import dev.tandem.engine.shuffle.Slot;
import dev.tandem.engine.stage.HeapGuard;
import dev.tandem.fold.Landed;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.recount.Handover;
import dev.tandem.fold.recount.PartWriter;
import dev.tandem.fold.recount.Recount;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.commons.lang3.SerializationUtils;
import scala.Tuple2;

/**
 * Counts one part by dedup key again, in landed order, and sends what was counted for each row to the part of the row. Holds the keys
 * of the part and the rows of some thousand records.
 */
final class RecountedKeys implements Iterator<Tuple2<Object, byte[]>> {
    private static final int STEP_BITS = 20;

    private final RecountSetup setup;
    private final int part;
    private final Iterator<Tuple2<Object, byte[]>> blocks;
    private final Recount recount;
    private final Handover handover;
    private final HeapGuard heap;
    private final Queue<Tuple2<Object, byte[]>> ready = new ArrayDeque<>();
    private long records;
    private int step;
    private boolean over;

    RecountedKeys(RecountSetup setup, int part, Iterator<Tuple2<Object, byte[]>> blocks) {
        this.setup = setup;
        this.part = part;
        this.blocks = blocks;
        recount = Recount.ofBoth(setup.plan(), setup.ledger());
        var parts = setup.parts();
        var rows = new PartWriter(parts.rows(), (to, block, length) -> give(to, Arrays.copyOf(block, length)));
        var marks = new PartWriter(
                parts.keys(), (to, block, length) -> give(parts.receiverOfMarks(to), Arrays.copyOf(block, length)));
        handover = new Handover(rows, marks, setup.at().close());
        heap = setup.heap();
    }

    @Override
    public boolean hasNext() {
        try {
            while (ready.isEmpty() && !over) {
                if (blocks.hasNext()) {
                    take(new BlockReader(blocks.next()._2()));
                    heap.require(() -> records);
                } else {
                    end();
                }
            }
        } catch (OutOfMemoryError e) {
            throw heap.full(records, e);
        }
        return !ready.isEmpty();
    }

    private void take(BlockReader in) {
        while (in.hasMore()) {
            long microBatch = in.readLong();
            var as = Landed.As.ofCode(in.readByte());
            recount.take(PackedRecords.read(in), microBatch, as);
            recount.handOverMuch(handover);
            records++;
        }
    }

    private void end() {
        recount.handOver(handover);
        handover.flush();
        give(setup.parts().receiverOfTotals(), SerializationUtils.serialize(recount));
        over = true;
    }

    private void give(int receiver, byte[] block) {
        ready.add(new Tuple2<>(Slot.of(receiver, part << STEP_BITS | step++), block));
    }

    @Override
    public Tuple2<Object, byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }
}
