package dev.tandem.engine.recount;

import dev.tandem.engine.shuffle.Chunk;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.recount.PartWriter;
import dev.tandem.fold.recount.RecountedPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import scala.Tuple2;

/**
 * The second stage of a recount: merges what was counted for the rows of a part. The driver fetches the rows; marked records and
 * candidates for top views are chunks with the number of the receiver to which they go on.
 */
final class RecountedRows {
    /** The rows of a part, for the driver. */
    static final int ROWS = -1;

    /** What one part by dedup key has counted beside rows, for the driver. */
    static final int TOTALS = -2;

    private RecountedRows() {}

    static Iterator<Chunk> chunks(RecountSetup setup, int receiver, Iterator<Tuple2<Object, byte[]>> blocks) {
        if (receiver < setup.parts().rows()) {
            return rows(setup, blocks);
        }
        int of = receiver == setup.parts().receiverOfTotals()
                ? TOTALS
                : receiver - setup.parts().rows();
        return stream(blocks).map(it -> new Chunk(of, it._2())).iterator();
    }

    private static Stream<Tuple2<Object, byte[]>> stream(Iterator<Tuple2<Object, byte[]>> blocks) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(blocks, Spliterator.ORDERED), false);
    }

    private static Iterator<Chunk> rows(RecountSetup setup, Iterator<Tuple2<Object, byte[]>> blocks) {
        var counted = new RecountedPart(setup.plan(), setup.at());
        var heap = setup.heap();
        long bytes = 0;
        try {
            while (blocks.hasNext()) {
                var block = blocks.next()._2();
                bytes += block.length;
                counted.take(block);
                heap.require(counted::rows);
            }
            return chunks(setup, counted).iterator();
        } catch (OutOfMemoryError e) {
            throw heap.full(bytes, e);
        }
    }

    private static List<Chunk> chunks(RecountSetup setup, RecountedPart counted) {
        var parts = setup.parts();
        var passedOn = new ArrayList<Chunk>();
        var marks = new PartWriter(
                parts.keys(), (to, block, length) -> passedOn.add(new Chunk(to, Arrays.copyOf(block, length))));
        var tops = new PartWriter(
                parts.tops(),
                (to, block, length) ->
                        passedOn.add(new Chunk(parts.lastReceiverOfTops(to), Arrays.copyOf(block, length))));
        var out = new BlockWriter();
        counted.resolve(marks, tops).write(setup.views(), out);
        marks.flush();
        tops.flush();
        var chunks = new ArrayList<Chunk>();
        chunks.add(new Chunk(ROWS, out.toByteArray()));
        chunks.addAll(passedOn);
        return chunks;
    }
}
