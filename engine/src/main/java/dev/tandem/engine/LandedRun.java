package dev.tandem.engine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.tandem.fold.Cut;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Recount;
import dev.tandem.fold.Watermarks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * A definition run over the landed log up to a cut: the batch, and the proof that counts both modes again. Records are parsed and
 * prepared where they are read, brought together by dedup key, and counted in parts that are then merged.
 */
public final class LandedRun {
    private final SparkRuntime spark;
    private final Compiled compiled;
    private final LandedLog log;

    public LandedRun(SparkRuntime spark, Compiled compiled, LandedLog log) {
        this.spark = spark;
        this.compiled = compiled;
        this.log = log;
    }

    /** The batch's own count. */
    public Recount batch(Cut cut) {
        return count(cut, Optional.empty());
    }

    /** Both modes counted again; {@code ledger} has the watermarks of each micro-batch of the stream. */
    public Recount both(Cut cut, Map<Long, Watermarks> ledger) {
        return count(cut, Optional.of(new HashMap<>(ledger)));
    }

    private Recount count(Cut cut, Optional<Map<Long, Watermarks>> ledger) {
        var preparation = new Preparation(compiled);
        int parts = spark.session().sparkContext().defaultParallelism();
        var slices = new ArrayList<>(log.slices(cut, parts));
        var total = empty(compiled.plan(), ledger);
        if (!slices.isEmpty()) {
            var context = JavaSparkContext.fromSparkContext(spark.session().sparkContext());
            var reading = log;
            JavaRDD<Landed> landed =
                    context.parallelize(slices, slices.size()).flatMap(slice -> new SliceReader(reading.read(slice)));
            var together = byDedupKey(preparation.prepared(landed), parts);
            Settings.of(spark.session(), () -> parts(together, preparation.layout(), ledger))
                    .forEach(total::merge);
        }
        total.fates()
                .requireBalance(
                        "the batch of '%s'".formatted(compiled.pipeline().name()));
        return total;
    }

    /** Puts all records of one key into one part, in landed order. */
    private JavaRDD<InternalRow> byDedupKey(JavaRDD<InternalRow> prepared, int parts) {
        var classic = (org.apache.spark.sql.classic.SparkSession) spark.session();
        var rows = classic.internalCreateDataFrame(prepared.rdd(), compiled.preparedType(), false)
                .withColumn(ParsedRows.RAW, lit(new byte[0]));
        var dedup = compiled.pipeline().dedup();
        var together = dedup.isPresent()
                ? rows.repartition(
                        parts,
                        dedup.get().by().stream()
                                .map(name -> col("__by_" + name))
                                .toArray(Column[]::new))
                : rows;
        return together.sortWithinPartitions(ParsedRows.MICRO_BATCH, ParsedRows.PARTITION, ParsedRows.POSITION)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
    }

    private List<Recount> parts(
            JavaRDD<InternalRow> rows, PreparedLayout layout, Optional<Map<Long, Watermarks>> ledger) {
        var plan = compiled.plan();
        var type = compiled.preparedType();
        var watermarks = ledger.orElse(null);
        return rows.mapPartitions(part -> List.of(
                                recount(part, layout, type, empty(plan, Optional.ofNullable(watermarks))))
                        .iterator())
                .collect();
    }

    private static Recount empty(FoldPlan plan, Optional<Map<Long, Watermarks>> ledger) {
        return ledger.map(it -> Recount.ofBoth(plan, it)).orElseGet(() -> Recount.ofBatch(plan));
    }

    private static Recount recount(
            Iterator<InternalRow> rows, PreparedLayout layout, StructType type, Recount recount) {
        var reader = new PreparedRows(layout, type, false);
        while (rows.hasNext()) {
            var row = reader.read(rows.next());
            recount.take(row.record(), row.microBatch(), row.as());
        }
        return recount;
    }

    /** Closes what it reads when it has read it all. */
    private static final class SliceReader implements Iterator<Landed> {
        private final LandedLog.ClosingIterator<Landed> source;
        private boolean closed;

        SliceReader(LandedLog.ClosingIterator<Landed> source) {
            this.source = source;
        }

        @Override
        public boolean hasNext() {
            boolean more = !closed && source.hasNext();
            if (!more && !closed) {
                closed = true;
                source.close();
            }
            return more;
        }

        @Override
        public Landed next() {
            if (closed) {
                throw new NoSuchElementException();
            }
            return source.next();
        }
    }
}
