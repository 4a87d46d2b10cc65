package dev.tandem.engine.recount;

import dev.tandem.engine.shuffle.Chunk;
import dev.tandem.engine.shuffle.Slot;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** The chunks of the second stage that go on to a receiver of the last one. */
final class PassedOn extends RDD<Tuple2<Object, byte[]>> {
    private static final long serialVersionUID = 1L;
    private static final int STEP_BITS = 20;

    private final RDD<Chunk> made;

    PassedOn(RDD<Chunk> made) {
        super(made, ClassTag$.MODULE$.apply(Tuple2.class));
        this.made = made;
    }

    @Override
    public Partition[] getPartitions() {
        return made.partitions();
    }

    @Override
    public Iterator<Tuple2<Object, byte[]>> compute(Partition part, TaskContext task) {
        var step = new AtomicInteger();
        var chunks = Spliterators.spliteratorUnknownSize(
                CollectionConverters.asJava(made.iterator(part, task)), Spliterator.ORDERED);
        return CollectionConverters.asScala(StreamSupport.stream(chunks, false)
                .filter(it -> it.of() >= 0)
                .map(it -> new Tuple2<Object, byte[]>(
                        Slot.of(it.of(), part.index() << STEP_BITS | step.getAndIncrement()), it.bytes()))
                .iterator());
    }
}
