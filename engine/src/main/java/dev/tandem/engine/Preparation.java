package dev.tandem.engine;

import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared;
import dev.tandem.model.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/** Carries raw records through the compiled definition: one parse and one pass over the expressions, whatever the number of views. */
final class Preparation {
    private final Compiled compiled;
    private final PreparedLayout layout;
    private final Schema schema;

    Preparation(Compiled compiled) {
        this.compiled = compiled;
        this.layout = PreparedLayout.of(compiled.pipeline(), compiled.plan());
        this.schema = compiled.pipeline().schema();
    }

    PreparedLayout layout() {
        return layout;
    }

    /**
     * Prepares a micro-batch of Kafka records (columns partition, offset, timestamp, value) and brings it to the caller, in the
     * order of partition and offset.
     */
    List<Prepared> microBatch(Dataset<Row> kafka) {
        var parsing = schema;
        var parsed = kafka.queryExecution().toRdd().toJavaRDD().mapPartitions(rows -> parse(rows, parsing));
        var prepared = prepare(parsed, kafka.sparkSession());
        var records = collect(prepared);
        records.sort(Comparator.comparing(Prepared::at));
        return records;
    }

    /** Brings prepared rows to the caller. */
    List<Prepared> collect(Dataset<Row> prepared) {
        var shipping = new Shipping(layout, prepared.schema());
        var records = new ArrayList<Prepared>();
        for (var chunk : prepared.queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(shipping::pack)
                .collect()) {
            shipping.unpack(chunk, records);
        }
        return records;
    }

    /** Prepares landed records. */
    Dataset<Row> landed(JavaRDD<Landed> landed, SparkSession session) {
        var parsing = schema;
        return prepare(
                landed.mapPartitions(records -> {
                    var rows = new ParsedRows(parsing);
                    return mapped(records, rows::row);
                }),
                session);
    }

    private Dataset<Row> prepare(JavaRDD<InternalRow> parsed, SparkSession session) {
        var classic = (org.apache.spark.sql.classic.SparkSession) session;
        return compiled.prepare(classic.internalCreateDataFrame(parsed.rdd(), ParsedRows.type(schema), false));
    }

    private static Iterator<InternalRow> parse(Iterator<InternalRow> kafka, Schema schema) {
        var rows = new ParsedRows(schema);
        return mapped(
                kafka,
                row -> rows.row(
                        row.getInt(0),
                        row.getLong(1),
                        row.getLong(2),
                        row.isNullAt(3) ? new byte[0] : row.getBinary(3),
                        0,
                        Landed.As.KEPT));
    }

    static <A, B> Iterator<B> mapped(Iterator<A> source, java.util.function.Function<A, B> function) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public B next() {
                return function.apply(source.next());
            }
        };
    }
}
