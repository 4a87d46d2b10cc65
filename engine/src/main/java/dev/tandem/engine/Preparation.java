package dev.tandem.engine;

import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.fold.Landed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.LogicalRDD;

/** Carries raw records through the compiled definition: one parse and one pass over the expressions, whatever the number of views. */
final class Preparation {
    private final Broadcast<Workers> workers;
    private final int parts;

    /** For {@code parts} partitions by dedup key; packed records carry {@code contents}. */
    Preparation(Compiled compiled, PackedContents contents, int parts) {
        this.workers = compiled.workers(contents);
        this.parts = parts;
    }

    /** Prepares a micro-batch of a source's records (columns partition, offset, timestamp, value), and lands them if that is asked for. */
    List<ReadBlocks> microBatch(Dataset<Row> source, Optional<SegmentLanding> landing) {
        return new MicroBatchBlocks(rows(source), workers, landing.orElse(null), parts).read();
    }

    /**
     * The rows behind a micro-batch's DataFrame, which is nothing but a name for them; asking it for its rows would plan a query
     * over them anew each time.
     */
    private static RDD<InternalRow> rows(Dataset<Row> source) {
        var query = ((org.apache.spark.sql.classic.Dataset<Row>) source).queryExecution();
        return query.logical() instanceof LogicalRDD named ? named.rdd() : query.toRdd();
    }

    /** Prepares landed records. */
    List<ReadBlocks> packed(JavaRDD<Landed> landed) {
        return blocks(landed, false);
    }

    /** The same; in the blocks each record follows the number of its micro-batch, a long, and how it was landed, a byte. */
    List<ReadBlocks> numbered(JavaRDD<Landed> landed) {
        return blocks(landed, true);
    }

    private List<ReadBlocks> blocks(JavaRDD<Landed> landed, boolean numbered) {
        var its = workers;
        int into = parts;
        var blocks = landed.mapPartitions(records ->
                        List.of(packed(its.value(), records, into, numbered)).iterator())
                .collect();
        var read = new ArrayList<ReadBlocks>();
        blocks.forEach(block -> read.add(ReadBlocks.of(block)));
        return read;
    }

    private static byte[] packed(Workers workers, Iterator<Landed> records, int parts, boolean numbered) {
        var writer = new ReadBlocks.Writer(parts);
        workers.pack(records, Workers::ofLanded, (parsed, packed, bytes) -> {
            var block = writer.block(MicroBatchBlocks.part(packed, parsed.getLong(PreparedLayout.POSITION), parts));
            if (numbered) {
                block.writeLong(parsed.getLong(PreparedLayout.MICRO_BATCH));
                block.writeByte(parsed.getInt(PreparedLayout.LANDED_AS));
            }
            block.writeRaw(bytes.array(), 0, bytes.size());
        });
        return writer.packed(List.of());
    }
}
