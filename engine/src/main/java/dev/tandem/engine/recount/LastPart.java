package dev.tandem.engine.recount;

import dev.tandem.engine.shuffle.Chunk;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.recount.MarkedRecords;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/** The last stage of a recount: counts marked records once each, and gathers the candidates for top views by window. */
final class LastPart {
    /** The number of all its chunks. */
    static final int CHUNK = 0;

    private LastPart() {}

    static Iterator<Chunk> chunks(RecountSetup setup, int receiver, Iterator<Tuple2<Object, byte[]>> blocks) {
        if (receiver >= setup.parts().keys()) {
            var candidates = new ArrayList<Chunk>();
            blocks.forEachRemaining(it -> candidates.add(new Chunk(CHUNK, it._2())));
            return candidates.iterator();
        }
        var marked = new MarkedRecords();
        blocks.forEachRemaining(it -> marked.take(it._2()));
        var out = new BlockWriter();
        marked.counts().write(out);
        return List.of(new Chunk(CHUNK, out.toByteArray())).iterator();
    }
}
