package dev.tandem.engine.recount;

import dev.tandem.engine.shuffle.Chunk;
import dev.tandem.engine.shuffle.ChunkRange;
import dev.tandem.engine.shuffle.ChunkSource;
import dev.tandem.engine.shuffle.PartStage;
import dev.tandem.engine.shuffle.SliceBlocks;
import dev.tandem.engine.shuffle.Slot;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.recount.ExpectedRows;
import dev.tandem.fold.recount.MarkedRecords;
import dev.tandem.fold.recount.Recount;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import scala.reflect.ClassTag$;

/**
 * A recount of both modes as Spark jobs with shuffles between their stages: read, count by dedup key, merge by row, and gather what
 * belongs to several rows. Rows stay on the disks of the executors, from where the driver fetches a few parts at a time. To be
 * closed.
 */
public final class RecountStages implements AutoCloseable {
    /** So many parts are fetched by one job. */
    private static final int PARTS_OF_A_JOB = 4;

    private final SparkContext context;
    private final RecountSetup setup;
    private final Broadcast<RecountSetup> shared;
    private final List<ShuffledRDD<Object, byte[], byte[]>> shuffles = new ArrayList<>();
    private final PartStage<RecountSetup, Chunk> merged;
    private final ChunkSource rows;
    private final ChunkSource last;

    /** {@code read} has a partition for each slice of the log, with the slice's numbered blocks by dedup key, packed. */
    public RecountStages(RecountSetup setup, RDD<byte[]> read, SparkSession session) {
        this.setup = setup;
        context = session.sparkContext();
        shared = context.broadcast(setup, ClassTag$.MODULE$.apply(RecountSetup.class));
        var parts = setup.parts();
        var counted = PartStage.sending(shuffle(new SliceBlocks(read), parts.keys()), shared, RecountedKeys::new);
        merged = PartStage.making(shuffle(counted, parts.receivers()), shared, RecountedRows::chunks);
        merged.persist(StorageLevel.DISK_ONLY());
        var gathered = PartStage.making(shuffle(new PassedOn(merged), parts.lastReceivers()), shared, LastPart::chunks);
        rows = new ChunkSource(setup.run(), merged, session);
        last = new ChunkSource(setup.run(), gathered, session);
    }

    private ShuffledRDD<Object, byte[], byte[]> shuffle(RDD<scala.Tuple2<Object, byte[]>> sent, int receivers) {
        var shuffled = Slot.shuffle(sent, receivers);
        shuffles.add(shuffled);
        return shuffled;
    }

    /** Counts the log, and adds to {@code total} all that belongs to no row. */
    public void sum(Recount total) {
        int receiver = setup.parts().receiverOfTotals();
        var range = ChunkRange.between(RecountedRows.TOTALS, RecountedRows.TOTALS);
        for (var chunk : rows.fetch(receiver, receiver + 1, range).get(0)) {
            total.merge(SerializationUtils.<Recount>deserialize(chunk.bytes()));
        }
    }

    /** How many groups of parts of rows there are; each is fetched by one job. */
    public int groupsOfRows() {
        return (setup.parts().rows() + PARTS_OF_A_JOB - 1) / PARTS_OF_A_JOB;
    }

    /** Gives the expected rows of each part of a group, with the part's number. */
    public void rows(int group, BiConsumer<Integer, ExpectedRows> each) {
        int from = group * PARTS_OF_A_JOB;
        int end = Math.min(setup.parts().rows(), from + PARTS_OF_A_JOB);
        var fetched = rows.fetch(from, end, ChunkRange.first(RecountedRows.ROWS));
        for (int part = from; part < end; part++) {
            var chunk = fetched.get(part - from).get(0);
            each.accept(part, ExpectedRows.read(setup.plan(), new BlockReader(chunk.bytes())));
        }
    }

    /** What rows offer to the top views in a part of the windows. */
    public List<byte[]> candidates(int part) {
        int receiver = setup.parts().lastReceiverOfTops(part);
        return last.fetch(receiver, receiver + 1, all()).get(0).stream()
                .map(Chunk::bytes)
                .toList();
    }

    /** How many records were marked, each counted once. */
    public MarkedRecords.Counts marked() {
        var sum = MarkedRecords.Counts.NONE;
        for (var part : last.fetch(0, setup.parts().keys(), all())) {
            sum = sum.plus(MarkedRecords.Counts.read(new BlockReader(part.get(0).bytes())));
        }
        return sum;
    }

    private static ChunkRange all() {
        return ChunkRange.between(LastPart.CHUNK, LastPart.CHUNK);
    }

    @Override
    public void close() {
        if (context.isStopped()) {
            return;
        }
        merged.unpersist(true);
        ChunkSource.forget(context, shuffles);
        shared.destroy();
    }
}
