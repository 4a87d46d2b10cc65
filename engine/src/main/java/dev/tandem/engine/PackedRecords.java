package dev.tandem.engine;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * A micro-batch's records, prepared and packed, one block of bytes a partition. Its own classes and not mappings with functions:
 * Spark reads the byte code of the class around every function it is given, each time anew, which costs a small micro-batch more
 * than all of its records.
 */
final class PackedRecords extends RDD<byte[]> {
    private static final long serialVersionUID = 1L;

    private final RDD<InternalRow> kafka;
    private final Broadcast<Workers> workers;
    private final Shipping shipping;

    PackedRecords(RDD<InternalRow> kafka, Broadcast<Workers> workers, Shipping shipping) {
        super(kafka, ClassTag$.MODULE$.apply(byte[].class));
        this.kafka = kafka;
        this.workers = workers;
        this.shipping = shipping;
    }

    @Override
    public Partition[] getPartitions() {
        return kafka.partitions();
    }

    @Override
    public Iterator<byte[]> compute(Partition partition, TaskContext task) {
        var rows = CollectionConverters.asJava(kafka.iterator(partition, task));
        var block = shipping.pack(workers.value().prepare(rows, Workers::ofKafka));
        return CollectionConverters.asScala(List.of(block).iterator());
    }

    /** The blocks of all partitions. */
    List<byte[]> blocks() {
        var numbers = new ArrayList<Object>();
        for (int number = 0; number < partitions().length; number++) {
            numbers.add(number);
        }
        var blocks = (byte[][]) context()
                .runJob(
                        this,
                        new Only(),
                        CollectionConverters.asScala(numbers).toSeq(),
                        ClassTag$.MODULE$.<byte[]>apply(byte[].class));
        return List.of(blocks);
    }

    /** A partition's one block. */
    private static final class Only extends AbstractFunction2<TaskContext, Iterator<byte[]>, byte[]>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] apply(TaskContext task, Iterator<byte[]> blocks) {
            return blocks.next();
        }
    }
}
