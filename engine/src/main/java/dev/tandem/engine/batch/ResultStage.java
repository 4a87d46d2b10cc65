package dev.tandem.engine.batch;

import dev.tandem.fold.BatchTotals;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Tasks on all that the parts by dedup key have sent: they count groups, put records in order, and add up totals. */
final class ResultStage extends RDD<Chunk> {
    private static final long serialVersionUID = 1L;

    private final ShuffledRDD<Object, byte[], byte[]> sent;
    private final Broadcast<BatchSetup> setup;

    ResultStage(ShuffledRDD<Object, byte[], byte[]> sent, Broadcast<BatchSetup> setup) {
        super(sent, ClassTag$.MODULE$.apply(Chunk.class));
        this.sent = sent;
        this.setup = setup;
    }

    @Override
    public Partition[] getPartitions() {
        return sent.partitions();
    }

    @Override
    public scala.collection.Iterator<Chunk> compute(Partition part, TaskContext task) {
        var blocks = CollectionConverters.asJava(sent.iterator(part, task));
        return CollectionConverters.asScala(chunks(part.index(), blocks));
    }

    private Iterator<Chunk> chunks(int receiver, Iterator<Tuple2<Object, byte[]>> blocks) {
        var its = setup.value();
        if (receiver < its.parts().groups()) {
            return new CountedPart(its, blocks);
        }
        return receiver == its.parts().receiverOfTotals() ? totals(blocks) : records(its, blocks);
    }

    private static Iterator<Chunk> totals(Iterator<Tuple2<Object, byte[]>> blocks) {
        var totals = new BatchTotals();
        blocks.forEachRemaining(it -> totals.merge(new BlockReader(it._2())));
        var out = new BlockWriter();
        totals.write(out);
        return List.of(new Chunk(Chunk.SUMMARY, out.toByteArray())).iterator();
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
