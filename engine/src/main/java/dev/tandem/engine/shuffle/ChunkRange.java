package dev.tandem.engine.shuffle;

import java.io.Serializable;
import java.util.ArrayList;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** Which chunks of a part the driver fetches. */
public final class ChunkRange extends AbstractFunction2<TaskContext, Iterator<Chunk>, Chunk[]> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int from;
    private final int to;
    private final boolean first;

    private ChunkRange(int from, int to, boolean first) {
        this.from = from;
        this.to = to;
        this.first = first;
    }

    /** All chunks whose number is from {@code from} to {@code to}, both included. */
    public static ChunkRange between(int from, int to) {
        return new ChunkRange(from, to, false);
    }

    /** The first chunk of a part if it has this number, without a look at the others. */
    public static ChunkRange first(int of) {
        return new ChunkRange(of, of, true);
    }

    @Override
    public Chunk[] apply(TaskContext task, Iterator<Chunk> chunks) {
        var taken = new ArrayList<Chunk>();
        boolean more = true;
        while (more && chunks.hasNext()) {
            var chunk = chunks.next();
            if (chunk.of() >= from && chunk.of() <= to) {
                taken.add(chunk);
            }
            more = !first;
        }
        return taken.toArray(Chunk[]::new);
    }
}
