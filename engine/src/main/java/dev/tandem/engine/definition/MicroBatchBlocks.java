package dev.tandem.engine.definition;

import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.engine.prepare.RecordPacker;
import dev.tandem.engine.source.RecordCursor;
import dev.tandem.engine.source.RecordRange;
import dev.tandem.engine.stage.Places;
import dev.tandem.engine.stage.ReadBlocks;
import dev.tandem.engine.stage.SegmentLanding;
import dev.tandem.fold.NamedFile;
import dev.tandem.fold.PackedRecords;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * A micro-batch's records, prepared and packed: {@link ReadBlocks} from each task. It uses classes of its own instead of lambdas:
 * Spark inspects the byte code around every lambda each time, which costs a small micro-batch more than processing its records.
 */
final class MicroBatchBlocks extends RDD<byte[]> {
    private static final long serialVersionUID = 1L;

    private final RDD<RecordRange> source;
    private final Broadcast<Workers> workers;
    private final @Nullable SegmentLanding landing;
    private final int parts;

    /**
     * A task for each of {@code ranges}, with {@code parts} partitions by dedup key; without {@code landing} nothing is landed. A
     * task for the same place in the list prefers the executor that had it in the micro-batch before, whose consumers have fetched
     * ahead.
     */
    MicroBatchBlocks(
            SparkContext context,
            List<RecordRange> ranges,
            Broadcast<Workers> workers,
            @Nullable SegmentLanding landing,
            int parts) {
        this(located(context, ranges), workers, landing, parts);
    }

    private MicroBatchBlocks(
            RDD<RecordRange> source, Broadcast<Workers> workers, @Nullable SegmentLanding landing, int parts) {
        super(source, ClassTag$.MODULE$.apply(byte[].class));
        this.source = source;
        this.workers = workers;
        this.landing = landing;
        this.parts = parts;
    }

    private static RDD<RecordRange> located(SparkContext context, List<RecordRange> ranges) {
        var executors = context.isLocal() ? List.<String>of() : Places.executors(context);
        var located = new ArrayList<Tuple2<RecordRange, Seq<String>>>();
        for (int index = 0; index < ranges.size(); index++) {
            List<String> preferred = executors.isEmpty() ? List.of() : List.of(executors.get(index % executors.size()));
            located.add(new Tuple2<>(
                    ranges.get(index), CollectionConverters.asScala(preferred).toSeq()));
        }
        return context.makeRDD(
                CollectionConverters.asScala(located).toSeq(), ClassTag$.MODULE$.apply(RecordRange.class));
    }

    @Override
    public Partition[] getPartitions() {
        return source.partitions();
    }

    @Override
    public Iterator<byte[]> compute(Partition partition, TaskContext task) {
        var range = source.iterator(partition, task).next();
        try (var records = range.read()) {
            var block = landing == null
                    ? read(records, (parsed, packed, bytes) -> {}, List::of)
                    : landed(records, task, landing);
            return CollectionConverters.asScala(List.of(block).iterator());
        }
    }

    private byte[] landed(RecordCursor records, TaskContext task, SegmentLanding into) {
        try (var landing = into.writer(task.taskAttemptId())) {
            return read(records, landing::land, landing::finish);
        }
    }

    private byte[] read(RecordCursor records, Workers.PackedSink sink, Supplier<List<NamedFile>> files) {
        var writer = new ReadBlocks.Writer(parts);
        workers.value().pack(records, (parsed, packed, bytes) -> {
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
