package dev.tandem.engine.definition;

import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.engine.source.RecordRange;
import dev.tandem.engine.stage.PreparedRecords;
import dev.tandem.engine.stage.ReadBlocks;
import dev.tandem.engine.stage.SegmentLanding;
import dev.tandem.fold.Landed;
import dev.tandem.fold.block.BlockWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.reflect.ClassTag$;

/** Carries raw records through the compiled definition: one parse and one pass over the expressions, whatever the number of views. */
public final class Preparation implements PreparedRecords {
    private final SparkContext context;
    private final Broadcast<Workers> workers;
    private final int parts;

    /** For {@code parts} partitions by dedup key; packed records carry {@code contents}. */
    public Preparation(Compiled compiled, PackedContents contents, int parts) {
        this.context = compiled.context();
        this.workers = compiled.workers(contents);
        this.parts = parts;
    }

    @Override
    public RDD<byte[]> microBatch(List<RecordRange> ranges, Optional<SegmentLanding> landing) {
        return ranges.isEmpty() ? context.emptyRDD(ClassTag$.MODULE$.apply(byte[].class)) : blocks(ranges, landing);
    }

    private MicroBatchBlocks blocks(List<RecordRange> ranges, Optional<SegmentLanding> landing) {
        return new MicroBatchBlocks(context, ranges, workers, landing.orElse(null), parts);
    }

    @Override
    public List<ReadBlocks> read(List<RecordRange> ranges, Optional<SegmentLanding> landing) {
        return ranges.isEmpty() ? List.of() : blocks(ranges, landing).read();
    }

    @Override
    public RDD<byte[]> landed(List<Landed> records) {
        var spread = JavaSparkContext.fromSparkContext(context).parallelize(new ArrayList<>(records));
        return packed(spread, true).rdd();
    }

    /** Prepares landed records: the {@link ReadBlocks} of each partition, packed. */
    public RDD<byte[]> packed(JavaRDD<Landed> landed) {
        return packed(landed, false).rdd();
    }

    /**
     * The same; in the blocks each record follows the number of its micro-batch, a long, and how it was landed, a byte. {@code watch}
     * sees all records.
     */
    public RDD<byte[]> packedNumbered(JavaRDD<Landed> landed, PassWatch watch) {
        var its = workers;
        int into = parts;
        return landed.mapPartitions(records ->
                        List.of(packed(its.value(), records, into, watch)).iterator())
                .rdd();
    }

    private static byte[] packed(Workers workers, Iterator<Landed> records, int parts, PassWatch watch) {
        var writer = new ReadBlocks.Writer(parts);
        var watching = watch.begin();
        workers.pack(records, (parsed, packed, bytes) -> {
            var block = writer.block(MicroBatchBlocks.part(packed, parsed.getLong(PreparedLayout.POSITION), parts));
            number(parsed, block);
            block.writeRaw(bytes.array(), 0, bytes.size());
            watching.take(parsed, packed, bytes);
        });
        watching.done();
        return writer.packed(List.of());
    }

    /** Prepares landed records and fetches them; in the blocks each follows the number of its micro-batch and how it was landed. */
    public List<ReadBlocks> numbered(JavaRDD<Landed> landed) {
        var read = new ArrayList<ReadBlocks>();
        packed(landed, true).collect().forEach(block -> read.add(ReadBlocks.of(block)));
        return read;
    }

    private JavaRDD<byte[]> packed(JavaRDD<Landed> landed, boolean numbered) {
        var its = workers;
        int into = parts;
        return landed.mapPartitions(
                records -> List.of(packed(its.value(), records, into, numbered)).iterator());
    }

    private static byte[] packed(Workers workers, Iterator<Landed> records, int parts, boolean numbered) {
        var writer = new ReadBlocks.Writer(parts);
        workers.pack(records, (parsed, packed, bytes) -> {
            var block = writer.block(MicroBatchBlocks.part(packed, parsed.getLong(PreparedLayout.POSITION), parts));
            if (numbered) {
                number(parsed, block);
            }
            block.writeRaw(bytes.array(), 0, bytes.size());
        });
        return writer.packed(List.of());
    }

    private static void number(InternalRow parsed, BlockWriter block) {
        block.writeLong(parsed.getLong(PreparedLayout.MICRO_BATCH));
        block.writeByte(parsed.getInt(PreparedLayout.LANDED_AS));
    }
}
