package dev.tandem.engine.batch;

import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Tasks on the parts by dedup key: each decides its records in landed order, one slice of the log after the other. */
final class DecideStage extends RDD<Tuple2<Object, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final ShuffledRDD<Object, byte[], byte[]> sent;
    private final Broadcast<BatchSetup> setup;

    DecideStage(ShuffledRDD<Object, byte[], byte[]> sent, Broadcast<BatchSetup> setup) {
        super(sent, ClassTag$.MODULE$.apply(Tuple2.class));
        this.sent = sent;
        this.setup = setup;
    }

    @Override
    public Partition[] getPartitions() {
        return sent.partitions();
    }

    @Override
    public Iterator<Tuple2<Object, byte[]>> compute(Partition part, TaskContext task) {
        var blocks = CollectionConverters.asJava(sent.iterator(part, task));
        return CollectionConverters.asScala(new DecidedPart(setup.value(), part.index(), blocks));
    }
}
