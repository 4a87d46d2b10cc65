package dev.tandem.engine.batch;

import dev.tandem.engine.shuffle.Slot;
import dev.tandem.engine.stage.HeapGuard;
import dev.tandem.fold.batch.BatchKeyPart;
import dev.tandem.fold.batch.BatchTotals;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.stream.KeyPart;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import scala.Tuple2;

/**
 * One part by dedup key at work: the blocks that it sends, made while they are asked for. Holds the part's keys and its records of
 * one slice of the log.
 */
final class DecidedPart implements Iterator<Tuple2<Object, byte[]>> {
    private static final int DRAINED = 100_000;
    private static final int STEP_BITS = 20;

    private final BatchSetup setup;
    private final int part;
    private final Iterator<Tuple2<Object, byte[]>> blocks;
    private final BatchKeyPart keys;
    private final BatchTotals totals = new BatchTotals();
    private final HeapGuard heap;
    private final Queue<Tuple2<Object, byte[]>> ready = new ArrayDeque<>();
    private int step;
    private boolean over;

    DecidedPart(BatchSetup setup, int part, Iterator<Tuple2<Object, byte[]>> blocks) {
        this.setup = setup;
        this.part = part;
        this.blocks = blocks;
        this.keys = new BatchKeyPart(setup.plan());
        this.heap = setup.heap();
    }

    @Override
    public boolean hasNext() {
        try {
            while (ready.isEmpty() && !over) {
                decideMore();
                heap.require(keys::size);
            }
        } catch (OutOfMemoryError e) {
            throw heap.full(keys.size(), e);
        }
        return !ready.isEmpty();
    }

    private void decideMore() {
        if (blocks.hasNext()) {
            var block = blocks.next();
            int slice = Slot.order((Long) block._1());
            send(keys.take(List.of(block._2()), setup.task()), setup.parts().receiverOfSlice(slice));
            return;
        }
        var drained = keys.drain(DRAINED, setup.task());
        if (drained.isPresent()) {
            send(drained.get(), setup.parts().receiverOfHeldBack(part));
        } else {
            var out = new BlockWriter();
            totals.write(out);
            give(setup.parts().receiverOfTotals(), out.toByteArray());
            over = true;
        }
    }

    private void send(KeyPart.Output sent, int receiverOfRecords) {
        for (int group = 0; group < sent.groups().size(); group++) {
            if (hasMoves(sent.groups().get(group))) {
                give(group, sent.groups().get(group));
            }
        }
        totals.add(sent.report(), (bytes, from, end, quarantined) -> {
            if (!quarantined || setup.detail().everyFate()) {
                give(receiverOfRecords, WantedRecords.block(bytes, from, end, quarantined));
            }
        });
        step++;
    }

    /** A block of nothing has the length of its moves, 0, and no groups. */
    private static boolean hasMoves(byte[] block) {
        return block.length > Integer.BYTES || new BlockReader(block).readInt() > 0;
    }

    /** Parts by dedup key that send to one receiver are read one after the other. */
    private void give(int receiver, byte[] block) {
        ready.add(new Tuple2<>(Slot.of(receiver, part << STEP_BITS | step), block));
    }

    @Override
    public Tuple2<Object, byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }
}
