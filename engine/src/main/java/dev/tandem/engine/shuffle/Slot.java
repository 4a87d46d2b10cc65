package dev.tandem.engine.shuffle;

import org.apache.spark.Partitioner;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Product2;
import scala.Tuple2;
import scala.math.Ordering;
import scala.reflect.ClassTag$;

/** The address of a block in a shuffle: the part that receives it, and its place in the order in which that part reads. */
public final class Slot {
    private Slot() {}

    public static long of(int receiver, int order) {
        return ((long) receiver << Integer.SIZE) | Integer.toUnsignedLong(order);
    }

    static int receiver(long slot) {
        return (int) (slot >>> Integer.SIZE);
    }

    public static int order(long slot) {
        return (int) slot;
    }

    /** A shuffle in which each of {@code receivers} parts reads its blocks in their order. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // Scala's covariance and its own longs
    public static ShuffledRDD<Object, byte[], byte[]> shuffle(RDD<Tuple2<Object, byte[]>> sent, int receivers) {
        var shuffled = new ShuffledRDD<Object, byte[], byte[]>(
                (RDD<? extends Product2<Object, byte[]>>) (RDD) sent,
                new Receivers(receivers),
                ClassTag$.MODULE$.apply(Object.class),
                ClassTag$.MODULE$.apply(byte[].class),
                ClassTag$.MODULE$.apply(byte[].class));
        return shuffled.setKeyOrdering((Ordering) Ordering.Long$.MODULE$);
    }

    /** Sends a block to the receiver of its slot. */
    private static final class Receivers extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int count;

        Receivers(int count) {
            this.count = count;
        }

        @Override
        public int numPartitions() {
            return count;
        }

        @Override
        public int getPartition(Object slot) {
            return receiver((Long) slot);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Receivers receivers && receivers.count == count;
        }

        @Override
        public int hashCode() {
            return count;
        }
    }
}
