package dev.tandem.engine.batch;

import dev.tandem.engine.shuffle.Chunk;
import dev.tandem.fold.batch.BatchTotals;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/** The last stage: what one receiver makes of the blocks that the parts by dedup key have sent to it. */
final class ReceivedPart {
    private ReceivedPart() {}

    /** Counts groups, puts records in order, or adds up totals, as the receiver's number says. */
    static Iterator<Chunk> chunks(BatchSetup setup, int receiver, Iterator<Tuple2<Object, byte[]>> blocks) {
        if (receiver < setup.parts().groups()) {
            return new CountedPart(setup, blocks);
        }
        return receiver == setup.parts().receiverOfTotals() ? totals(blocks) : records(setup, blocks);
    }

    private static Iterator<Chunk> totals(Iterator<Tuple2<Object, byte[]>> blocks) {
        var totals = new BatchTotals();
        blocks.forEachRemaining(it -> totals.merge(new BlockReader(it._2())));
        var out = new BlockWriter();
        totals.write(out);
        return List.of(new Chunk(ChunkKind.SUMMARY, out.toByteArray())).iterator();
    }

    private static Iterator<Chunk> records(BatchSetup setup, Iterator<Tuple2<Object, byte[]>> blocks) {
        if (!blocks.hasNext()) {
            return Collections.emptyIterator();
        }
        var records = new WantedRecords();
        var heap = setup.heap();
        try {
            blocks.forEachRemaining(it -> records.take(it._2()));
            heap.require(records::size);
            return records.chunks();
        } catch (OutOfMemoryError e) {
            throw heap.full(records.size(), e);
        }
    }
}
