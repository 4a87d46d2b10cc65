package dev.tandem.engine.batch;

import dev.tandem.engine.shuffle.Chunk;
import dev.tandem.engine.shuffle.ChunkRange;
import dev.tandem.engine.shuffle.ChunkSource;
import dev.tandem.engine.shuffle.PartRange;
import dev.tandem.engine.shuffle.PartStage;
import dev.tandem.engine.shuffle.SliceBlocks;
import dev.tandem.engine.shuffle.Slot;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.batch.BatchTotals;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.stream.RowBlocks;
import dev.tandem.sink.TaskFiles;
import dev.tandem.sink.TaskWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import scala.reflect.ClassTag$;

/**
 * A batch as one Spark job of three stages with shuffles between them: read, decide by dedup key, count by group key. The result
 * stays on the disks of the executors, from where the driver fetches a few parts at a time; a part that is lost is made again from
 * the log. To be closed.
 */
public final class BatchStages implements AutoCloseable {
    private final SparkContext context;
    private final BatchSetup setup;
    private final Broadcast<BatchSetup> shared;
    private final ShuffledRDD<Object, byte[], byte[]> toKeys;
    private final ShuffledRDD<Object, byte[], byte[]> toResult;
    private final PartStage<BatchSetup, Chunk> result;
    private final ChunkSource chunks;
    private final BatchTotals totals = new BatchTotals();
    private final List<ResultRow> tops;
    private long waitingInSessions;

    /** Runs the stages; {@code read} has a partition for each slice, with the slice's blocks by dedup key, packed. */
    public BatchStages(BatchSetup setup, RDD<byte[]> read, SparkSession session) {
        this.setup = setup;
        context = session.sparkContext();
        shared = context.broadcast(setup, ClassTag$.MODULE$.apply(BatchSetup.class));
        toKeys = Slot.shuffle(new SliceBlocks(read), setup.parts().keys());
        var decided = PartStage.sending(toKeys, shared, DecidedPart::new);
        toResult = Slot.shuffle(decided, setup.parts().receivers());
        result = PartStage.making(toResult, shared, ReceivedPart::chunks);
        result.persist(StorageLevel.DISK_ONLY());
        chunks = new ChunkSource(setup.run(), result, session);
        try {
            tops = summed();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private List<ResultRow> summed() {
        var offers = new ArrayList<byte[]>();
        int groups = setup.parts().groups();
        var summaries = chunks.fetch(0, setup.parts().receivers(), ChunkRange.first(ChunkKind.SUMMARY));
        for (int part = 0; part < groups; part++) {
            var in = new BlockReader(summaries.get(part).get(0).bytes());
            waitingInSessions += in.readLong();
            offers.add(in.readBytes());
        }
        totals.merge(new BlockReader(
                summaries.get(setup.parts().receiverOfTotals()).get(0).bytes()));
        return BatchTotals.tops(setup.plan(), offers, setup.at());
    }

    public BatchTotals totals() {
        return totals;
    }

    /** Records that wait for a window that had not closed at the cut. */
    public long waiting() {
        return totals.waiting(setup.at().close()) + waitingInSessions;
    }

    /** The rows of views that rank another one's. */
    public List<ResultRow> tops() {
        return tops;
    }

    /** The rows of all grouped views, fetched while they are asked for. */
    public Iterator<ResultRow> rows() {
        return rows(0, setup.plan().grouped().size() - 1);
    }

    /** The rows of the grouped view of this number. */
    public Iterator<ResultRow> rows(int view) {
        return rows(view, view);
    }

    private Iterator<ResultRow> rows(int from, int to) {
        var blocks = new RowBlocks(setup.plan());
        return chunks.read(0, setup.parts().groups(), ChunkRange.between(from, to), blocks::read);
    }

    /** Has {@code tasks} tasks write what {@code of} takes. */
    List<TaskFiles> write(OutputChunks of, int tasks, TaskWriter writer) {
        var parts = setup.parts();
        var range = of.isOfView()
                ? new PartRange(0, parts.groups())
                : new PartRange(parts.groups(), parts.groups() + parts.records());
        return chunks.make(range, tasks, new OutputTask(shared, of, writer), TaskFiles.class);
    }

    /** Records that passed every step, without their contributions. */
    public Iterator<Prepared> events() {
        return records(ChunkKind.EVENTS);
    }

    /** Records that went to a side output, likewise. */
    public Iterator<Prepared> sideOutputs() {
        return records(ChunkKind.SIDE_OUTPUTS);
    }

    /** Records that a rule refused. */
    public Iterator<Prepared> quarantined() {
        return records(ChunkKind.QUARANTINED);
    }

    private Iterator<Prepared> records(int of) {
        int from = setup.parts().groups();
        return chunks.read(
                from, from + setup.parts().records(), ChunkRange.between(of, of), PackedRecords::readForOutputs);
    }

    @Override
    public void close() {
        if (context.isStopped()) {
            return;
        }
        result.unpersist(true);
        ChunkSource.forget(context, List.of(toKeys, toResult));
        shared.destroy();
    }
}
