package dev.tandem.engine.batch;

import dev.tandem.engine.shuffle.Chunk;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.batch.BatchGroupPart;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.stream.RowBlocks;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** One part by group key: counts all its groups, and then gives a summary and the rows, made while they are asked for. */
final class CountedPart implements Iterator<Chunk> {
    private static final int CHUNK = 1 << 18;

    private final BatchSetup setup;
    private final BatchGroupPart groups;
    private final RowBlocks rowBlocks;
    private @Nullable Chunk summary;
    private final Iterator<ResultRow> rows;
    private @Nullable ResultRow ahead;

    CountedPart(BatchSetup setup, Iterator<Tuple2<Object, byte[]>> blocks) {
        this.setup = setup;
        groups = new BatchGroupPart(setup.plan());
        rowBlocks = new RowBlocks(setup.plan());
        var heap = setup.heap();
        try {
            while (blocks.hasNext()) {
                groups.take(List.of(blocks.next()._2()));
                heap.require(groups::size);
            }
        } catch (OutOfMemoryError e) {
            throw heap.full(groups.size(), e);
        }
        summary = summary();
        rows = groups.rows(setup.at());
    }

    private Chunk summary() {
        var out = new BlockWriter();
        out.writeLong(groups.waiting(setup.at().close()));
        out.writeBytes(groups.offers());
        return new Chunk(ChunkKind.SUMMARY, out.toByteArray());
    }

    @Override
    public boolean hasNext() {
        return summary != null || ahead != null || rows.hasNext();
    }

    @Override
    public Chunk next() {
        var first = summary;
        if (first != null) {
            summary = null;
            return first;
        }
        var row = ahead == null ? rows.next() : ahead;
        ahead = null;
        var view = row.view();
        var out = new BlockWriter(CHUNK);
        while (row != null) {
            rowBlocks.write(row, out);
            row = rows.hasNext() ? rows.next() : null;
            if (row != null && (out.size() >= CHUNK || !row.view().equals(view))) {
                ahead = row;
                row = null;
            }
        }
        return new Chunk(rowBlocks.number(view), out.toByteArray());
    }
}
