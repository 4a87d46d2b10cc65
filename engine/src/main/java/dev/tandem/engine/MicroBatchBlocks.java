package dev.tandem.engine;

import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.engine.prepare.RecordPacker;
import dev.tandem.fold.NamedFile;
import dev.tandem.fold.PackedRecords;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
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
    private final @Nullable SegmentLanding landing;
    private final int parts;

    /** For {@code parts} partitions by dedup key; without {@code landing} nothing is landed. */
    MicroBatchBlocks(RDD<InternalRow> source, Broadcast<Workers> workers, @Nullable SegmentLanding landing, int parts) {
        super(source, ClassTag$.MODULE$.apply(byte[].class));
        this.source = source;
        this.workers = workers;
        this.landing = landing;
        this.parts = parts;
    }

    @Override
    public Partition[] getPartitions() {
        return source.partitions();
    }

    @Override
    public Iterator<byte[]> compute(Partition partition, TaskContext task) {
        var rows = CollectionConverters.asJava(source.iterator(partition, task));
        var block = landing == null ? read(rows, (parsed, packed, bytes) -> {}, List::of) : landed(rows, task, landing);
        return CollectionConverters.asScala(List.of(block).iterator());
    }

    private byte[] landed(java.util.Iterator<InternalRow> rows, TaskContext task, SegmentLanding into) {
        try (var landing = into.writer(task.taskAttemptId())) {
            return read(rows, landing::land, landing::finish);
        }
    }

    private byte[] read(
            java.util.Iterator<InternalRow> rows, Workers.PackedSink sink, Supplier<List<NamedFile>> files) {
        var writer = new ReadBlocks.Writer(parts);
        workers.value().pack(rows, Workers::ofKafka, (parsed, packed, bytes) -> {
            sink.take(parsed, packed, bytes);
            long position = parsed.getLong(PreparedLayout.POSITION);
            writer.read(
                    parsed.getInt(PreparedLayout.PARTITION), position, parsed.getLong(PreparedLayout.ARRIVED) / 1_000);
            writer.block(part(packed, position, parts)).writeRaw(bytes.array(), 0, bytes.size());
        });
        return writer.packed(files.get());
    }

    /** Which partition by dedup key a record belongs to; one without a key may be in any. */
    static int part(RecordPacker.Running packed, long position, int parts) {
        long by = (packed.flags() & PackedRecords.IDENTITY) != 0 ? packed.identityLow() : position;
        return (int) Math.floorMod(by, (long) parts);
    }

    /** What each task has read, in the order of partition and position. */
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
        read.removeIf(it -> it.ranges().isEmpty());
        read.sort(Comparator.comparing((ReadBlocks it) -> it.ranges().get(0).partition())
                .thenComparing(it -> it.ranges().get(0).first()));
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
