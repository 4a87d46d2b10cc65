package dev.tandem.engine.shuffle;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * Tasks on the parts of a shuffle: each works on the blocks that were sent to its part, in the order of their slots.
 *
 * @param <S> what the tasks of the whole job need to know
 * @param <T> what they make
 */
public final class PartStage<S, T> extends RDD<T> {
    private static final long serialVersionUID = 1L;

    /** What a task does with the blocks of its part; each block comes with its {@link Slot}. */
    public interface Work<S, T> extends Serializable {
        Iterator<T> on(S setup, int part, Iterator<Tuple2<Object, byte[]>> blocks);
    }

    private final ShuffledRDD<Object, byte[], byte[]> sent;
    private final Broadcast<S> setup;
    private final Work<S, T> work;

    private PartStage(
            ShuffledRDD<Object, byte[], byte[]> sent, Broadcast<S> setup, Work<S, T> work, Class<? super T> made) {
        super(sent, ClassTag$.MODULE$.apply(made));
        this.sent = sent;
        this.setup = setup;
        this.work = work;
    }

    /** A stage whose blocks go to the next shuffle. */
    public static <S> PartStage<S, Tuple2<Object, byte[]>> sending(
            ShuffledRDD<Object, byte[], byte[]> sent, Broadcast<S> setup, Work<S, Tuple2<Object, byte[]>> work) {
        return new PartStage<>(sent, setup, work, Tuple2.class);
    }

    /** A stage whose chunks the driver fetches. */
    public static <S> PartStage<S, Chunk> making(
            ShuffledRDD<Object, byte[], byte[]> sent, Broadcast<S> setup, Work<S, Chunk> work) {
        return new PartStage<>(sent, setup, work, Chunk.class);
    }

    @Override
    public Partition[] getPartitions() {
        return sent.partitions();
    }

    @Override
    public scala.collection.Iterator<T> compute(Partition part, TaskContext task) {
        var blocks = CollectionConverters.asJava(sent.iterator(part, task));
        return CollectionConverters.asScala(work.on(setup.value(), part.index(), blocks));
    }
}
