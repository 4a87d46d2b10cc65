package dev.tandem.engine.stage;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** What each task has read, taken apart: a {@link Piece} for each partition by dedup key. */
final class Pieces extends RDD<Tuple2<Integer, Piece>> {
    private static final long serialVersionUID = 1L;

    private final RDD<byte[]> read;

    Pieces(RDD<byte[]> read) {
        super(read, ClassTag$.MODULE$.apply(Tuple2.class));
        this.read = read;
    }

    @Override
    public Partition[] getPartitions() {
        return read.partitions();
    }

    @Override
    public Iterator<Tuple2<Integer, Piece>> compute(Partition partition, TaskContext task) {
        var pieces = new ArrayList<Tuple2<Integer, Piece>>();
        var blocks = read.iterator(partition, task);
        while (blocks.hasNext()) {
            pieces.addAll(pieces(ReadBlocks.of(blocks.next()), partition.index()));
        }
        return CollectionConverters.asScala(pieces.iterator());
    }

    /** Landed records have no ranges: they keep the order of the tasks. */
    private static List<Tuple2<Integer, Piece>> pieces(ReadBlocks read, int task) {
        var ranges = read.ranges();
        int partition = ranges.isEmpty() ? task : ranges.get(0).partition();
        long first = ranges.isEmpty() ? 0 : ranges.get(0).first();
        var pieces = new ArrayList<Tuple2<Integer, Piece>>();
        for (int part = 0; part < read.blocks().size(); part++) {
            var block = read.blocks().get(part);
            byte[] head = part == 0 && !ranges.isEmpty() ? read.head() : new byte[0];
            if (block.length > 0 || head.length > 0) {
                pieces.add(new Tuple2<>(part, new Piece(partition, first, head, block)));
            }
        }
        return pieces;
    }
}
