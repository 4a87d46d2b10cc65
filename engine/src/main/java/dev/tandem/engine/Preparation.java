package dev.tandem.engine;

import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.fold.Landed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.LogicalRDD;

/** Carries raw records through the compiled definition: one parse and one pass over the expressions, whatever the number of views. */
final class Preparation {
    private final Compiled compiled;
    private final int parts;

    /** For {@code parts} partitions by dedup key. */
    Preparation(Compiled compiled, int parts) {
        this.compiled = compiled;
        this.parts = parts;
    }

    /** Prepares a micro-batch of a source's records (columns partition, offset, timestamp, value). */
    List<ReadBlocks> microBatch(Dataset<Row> source) {
        return new MicroBatchBlocks(rows(source), compiled.workers(), parts).read();
    }

    /**
     * The rows behind a micro-batch's DataFrame, which is nothing but a name for them; asking it for its rows would plan a query
     * over them anew each time.
     */
    private static RDD<InternalRow> rows(Dataset<Row> source) {
        var query = ((org.apache.spark.sql.classic.Dataset<Row>) source).queryExecution();
        return query.logical() instanceof LogicalRDD named ? named.rdd() : query.toRdd();
    }

    /** Prepares landed records; in the blocks each record stands behind the number of its micro-batch, a long. */
    List<ReadBlocks> landed(JavaRDD<Landed> landed) {
        var workers = compiled.workers();
        int into = parts;
        var blocks = landed.mapPartitions(records -> List.of(packed(workers.value(), records, into))
                        .iterator())
                .collect();
        var read = new ArrayList<ReadBlocks>();
        blocks.forEach(block -> read.add(ReadBlocks.of(block)));
        return read;
    }

    private static byte[] packed(Workers workers, Iterator<Landed> records, int parts) {
        var writer = new ReadBlocks.Writer(parts);
        workers.pack(records, Workers::ofLanded, (parsed, packed, bytes) -> {
            var block = writer.block(MicroBatchBlocks.part(packed, parsed.getLong(PreparedLayout.POSITION), parts));
            block.writeLong(parsed.getLong(PreparedLayout.MICRO_BATCH));
            block.writeRaw(bytes.array(), 0, bytes.size());
        });
        return writer.packed();
    }

    /** Landed records as prepared rows, each to be read before the next one is asked for. */
    static JavaRDD<InternalRow> prepared(Compiled compiled, JavaRDD<Landed> landed) {
        var workers = compiled.workers();
        return landed.mapPartitions(records -> workers.value().prepare(records, Workers::ofLanded));
    }
}
