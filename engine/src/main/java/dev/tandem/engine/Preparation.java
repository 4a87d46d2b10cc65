package dev.tandem.engine;

import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.fold.Landed;
import dev.tandem.fold.PackedRecords;
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
    private final MicroBatchBlocks.Packing packing;

    /** For {@code parts} partitions by dedup key. */
    Preparation(Compiled compiled, int parts) {
        this.compiled = compiled;
        this.packing = new MicroBatchBlocks.Packing(
                PreparedLayout.of(compiled.pipeline(), compiled.plan()), compiled.preparedType(), parts);
    }

    /** Prepares a micro-batch of a source's records (columns partition, offset, timestamp, value). */
    List<ReadBlocks> microBatch(Dataset<Row> source) {
        return new MicroBatchBlocks(rows(source), compiled.workers(), packing).read();
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
        var its = packing;
        var blocks = prepared(compiled, landed)
                .mapPartitions(rows -> List.of(packed(its, rows)).iterator())
                .collect();
        var read = new ArrayList<ReadBlocks>();
        blocks.forEach(block -> read.add(ReadBlocks.of(block)));
        return read;
    }

    private static byte[] packed(MicroBatchBlocks.Packing packing, Iterator<InternalRow> rows) {
        var reader = new PreparedRows(packing.layout(), packing.type(), false);
        var writer = new ReadBlocks.Writer(packing.parts());
        while (rows.hasNext()) {
            var row = reader.read(rows.next());
            var block = writer.block(packing.part(row.record()));
            block.writeLong(row.microBatch());
            PackedRecords.write(row.record(), block);
        }
        return writer.packed();
    }

    /** Landed records as prepared rows, each to be read before the next one is asked for. */
    static JavaRDD<InternalRow> prepared(Compiled compiled, JavaRDD<Landed> landed) {
        var workers = compiled.workers();
        return landed.mapPartitions(records -> workers.value().prepare(records, Workers::ofLanded));
    }
}
