package dev.tandem.engine.stage;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.Partition;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Product2;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/** A shuffle whose receivers run where the state that they need is held. */
final class PlacedShuffle<V> extends ShuffledRDD<Integer, V, V> {
    private static final long serialVersionUID = 1L;

    private final Places places;
    private final StateKind receivers;

    PlacedShuffle(RDD<Tuple2<Integer, V>> sent, Places places, StateKind receivers) {
        super(
                products(sent),
                new HashPartitioner(places.parts()),
                ClassTag$.MODULE$.apply(Integer.class),
                ClassTag$.MODULE$.apply(Object.class),
                ClassTag$.MODULE$.apply(Object.class));
        this.places = places;
        this.receivers = receivers;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Scala's covariance
    private static <V> RDD<? extends Product2<Integer, V>> products(RDD<Tuple2<Integer, V>> sent) {
        return (RDD) sent;
    }

    @Override
    public Seq<String> getPreferredLocations(Partition partition) {
        return places.preferred(receivers, partition.index());
    }

    /**
     * All that was sent to {@code partition}. It is fetched whole before the state is touched: a fetch that fails makes Spark run the
     * task again.
     */
    List<V> received(Partition partition, TaskContext task) {
        var values = new ArrayList<V>();
        var fetched = iterator(partition, task);
        while (fetched.hasNext()) {
            values.add(fetched.next()._2());
        }
        return values;
    }

    /** Deletes the shuffle's files on all executors, which nobody reads any more. */
    void forget(SparkContext context) {
        var dependency = (ShuffleDependency<?, ?, ?>) dependencies().head();
        context.cleaner().foreach(cleaner -> {
            cleaner.doCleanupShuffle(dependency.shuffleId(), false);
            return null;
        });
    }
}
