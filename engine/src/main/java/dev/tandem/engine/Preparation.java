package dev.tandem.engine;

import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

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
        var workers = compiled.workers();
        var shipping = shipping();
        var records = collected(
                kafka.queryExecution()
                        .toRdd()
                        .toJavaRDD()
                        .mapPartitions(rows -> shipping.pack(workers.value().prepare(rows, Workers::ofKafka))),
                shipping);
        records.sort(Comparator.comparing(Prepared::at));
        return records;
    }

    /** Prepares landed records and brings them to the caller, in no order. */
    List<Prepared> collect(JavaRDD<Landed> landed) {
        var shipping = shipping();
        return collected(prepared(landed).mapPartitions(shipping::pack), shipping);
    }

    /** Landed records as prepared rows, each to be read before the next one is asked for. */
    JavaRDD<InternalRow> prepared(JavaRDD<Landed> landed) {
        var workers = compiled.workers();
        return landed.mapPartitions(records -> workers.value().prepare(records, Workers::ofLanded));
    }

    private Shipping shipping() {
        return new Shipping(layout, compiled.preparedType());
    }

    private static List<Prepared> collected(JavaRDD<byte[]> blocks, Shipping shipping) {
        var records = new ArrayList<Prepared>();
        for (var block : blocks.collect()) {
            shipping.unpack(block, records);
        }
        return records;
    }
}
