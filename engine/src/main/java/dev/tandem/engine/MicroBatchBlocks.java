package dev.tandem.engine;

import dev.tandem.fold.Identity;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.Prepared;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * A micro-batch's records, prepared and packed: {@link ReadBlocks} from each task. Its own classes and not mappings with functions:
 * Spark reads the byte code of the class around every function it is given, each time anew, which costs a small micro-batch more
 * than all of its records.
 */
final class MicroBatchBlocks extends RDD<byte[]> {
    private static final long serialVersionUID = 1L;

    private final RDD<InternalRow> source;
    private final Broadcast<Workers> workers;
    private final Packing packing;

    MicroBatchBlocks(RDD<InternalRow> source, Broadcast<Workers> workers, Packing packing) {
        super(source, ClassTag$.MODULE$.apply(byte[].class));
        this.source = source;
        this.workers = workers;
        this.packing = packing;
    }

    /**
     * How records are packed.
     *
     * @param parts how many partitions by dedup key there are
     */
    record Packing(PreparedLayout layout, StructType type, int parts) implements Serializable {
        /** Packs what {@code rows} give, in their order. */
        byte[] pack(java.util.Iterator<InternalRow> rows) {
            var reader = new PreparedRows(layout, type, true);
            var writer = new ReadBlocks.Writer(parts);
            while (rows.hasNext()) {
                var record = reader.prepared(rows.next());
                writer.read(record.at().partition(), record.at().position(), record.arrivedMillis());
                PackedRecords.write(record, writer.block(part(record)));
            }
            return writer.packed();
        }

        /** Which partition by dedup key a record belongs to; one without a key may be in any. */
        int part(Prepared record) {
            long by = record.identity().map(Identity::low).orElse(record.at().position());
            return (int) Math.floorMod(by, (long) parts);
        }
    }

    @Override
    public Partition[] getPartitions() {
        return source.partitions();
    }

    @Override
    public Iterator<byte[]> compute(Partition partition, TaskContext task) {
        var rows = CollectionConverters.asJava(source.iterator(partition, task));
        var block = packing.pack(workers.value().prepare(rows, Workers::ofKafka));
        return CollectionConverters.asScala(List.of(block).iterator());
    }

    /** What each task has read. */
    List<ReadBlocks> read() {
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
        var read = new ArrayList<ReadBlocks>();
        for (var block : blocks) {
            read.add(ReadBlocks.of(block));
        }
        return read;
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
