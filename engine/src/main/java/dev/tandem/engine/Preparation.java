package dev.tandem.engine;

import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared;
import java.util.ArrayList;
import java.util.Comparator;
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
    private final PreparedLayout layout;

    Preparation(Compiled compiled) {
        this.compiled = compiled;
        this.layout = PreparedLayout.of(compiled.pipeline(), compiled.plan());
    }

    PreparedLayout layout() {
        return layout;
    }

    /**
     * Prepares a micro-batch of Kafka records (columns partition, offset, timestamp, value) and brings it to the caller, in the
     * order of partition and offset.
     */
    List<Prepared> microBatch(Dataset<Row> kafka) {
        var shipping = shipping();
        var packed = new PackedRecords(rows(kafka), compiled.workers(), shipping);
        var records = unpacked(packed.blocks(), shipping);
        records.sort(Comparator.comparing(Prepared::at));
        return records;
    }

    /**
     * The rows behind a micro-batch's DataFrame, which is nothing but a name for them; asking it for its rows would plan a query
     * over them anew each time.
     */
    private static RDD<InternalRow> rows(Dataset<Row> kafka) {
        var query = ((org.apache.spark.sql.classic.Dataset<Row>) kafka).queryExecution();
        return query.logical() instanceof LogicalRDD named ? named.rdd() : query.toRdd();
    }

    /** Prepares landed records and brings them to the caller, in no order. */
    List<Prepared> collect(JavaRDD<Landed> landed) {
        var shipping = shipping();
        var packed = prepared(landed)
                .mapPartitions(rows -> List.of(shipping.pack(rows)).iterator());
        return unpacked(packed.collect(), shipping);
    }

    /** Landed records as prepared rows, each to be read before the next one is asked for. */
    JavaRDD<InternalRow> prepared(JavaRDD<Landed> landed) {
        var workers = compiled.workers();
        return landed.mapPartitions(records -> workers.value().prepare(records, Workers::ofLanded));
    }

    private Shipping shipping() {
        return new Shipping(layout, compiled.preparedType());
    }

    private static List<Prepared> unpacked(List<byte[]> blocks, Shipping shipping) {
        var records = new ArrayList<Prepared>();
        for (var block : blocks) {
            shipping.unpack(block, records);
        }
        return records;
    }
}
