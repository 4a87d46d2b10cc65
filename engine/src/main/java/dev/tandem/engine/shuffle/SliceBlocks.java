package dev.tandem.engine.shuffle;

import dev.tandem.engine.stage.ReadBlocks;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** What each task has read of one slice of the log, taken apart: a block for each part by dedup key. */
public final class SliceBlocks extends RDD<Tuple2<Object, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final RDD<byte[]> read;

    /** {@code read} has a partition for each slice, with the {@link ReadBlocks} of the slice, packed. */
    public SliceBlocks(RDD<byte[]> read) {
        super(read, ClassTag$.MODULE$.apply(Tuple2.class));
        this.read = read;
    }

    @Override
    public Partition[] getPartitions() {
        return read.partitions();
    }

    @Override
    public Iterator<Tuple2<Object, byte[]>> compute(Partition slice, TaskContext task) {
        var sent = new ArrayList<Tuple2<Object, byte[]>>();
        var blocks = read.iterator(slice, task);
        while (blocks.hasNext()) {
            send(ReadBlocks.of(blocks.next()).blocks(), slice.index(), sent);
        }
        return CollectionConverters.asScala(sent.iterator());
    }

    private static void send(List<byte[]> blocks, int slice, List<Tuple2<Object, byte[]>> sent) {
        for (int part = 0; part < blocks.size(); part++) {
            if (blocks.get(part).length > 0) {
                sent.add(new Tuple2<>(Slot.of(part, slice), blocks.get(part)));
            }
        }
    }
}
