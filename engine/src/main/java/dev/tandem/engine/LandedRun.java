package dev.tandem.engine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Cut;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.Recount;
import dev.tandem.fold.Watermarks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
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

    /**
     * What a batch makes.
     *
     * @param records those that outputs want, as the definition's {@code rows:} name them, in the order of the log
     */
    public record Made(Recount recount, Sorted records) {}

    /** Records by where they go. */
    public record Sorted(List<Prepared> events, Map<String, List<Prepared>> branches, List<Prepared> quarantined) {}

    /** The batch's own count, with the records that outputs want. */
    public Made batch(Cut cut) {
        var records = compiled.wanted();
        var total = empty(compiled.plan(), Optional.empty());
        var kept = new ArrayList<Prepared>();
        var shipping = new Shipping(PreparedLayout.of(compiled.pipeline(), compiled.plan()), compiled.preparedType());
        for (var part : count(cut, Optional.empty(), records)) {
            total.merge(part.recount());
            shipping.unpack(part.records(), kept);
        }
        balanced(total);
        kept.sort(Comparator.comparing(Prepared::at));
        return new Made(total, sorted(kept));
    }

    /** Both modes counted again; {@code ledger} has the watermarks of each micro-batch of the stream. */
    public Recount both(Cut cut, Map<Long, Watermarks> ledger) {
        var of = Optional.of((Map<Long, Watermarks>) new HashMap<>(ledger));
        var total = empty(compiled.plan(), of);
        count(cut, of, Wanted.NOTHING).forEach(part -> total.merge(part.recount()));
        return balanced(total);
    }

    private Recount balanced(Recount total) {
        total.fates()
                .requireBalance(
                        "the batch of '%s'".formatted(compiled.pipeline().name()));
        return total;
    }

    private static Sorted sorted(List<Prepared> records) {
        var events = new ArrayList<Prepared>();
        var branches = new TreeMap<String, List<Prepared>>();
        var quarantined = new ArrayList<Prepared>();
        for (var record : records) {
            if (record.rejection().isPresent()) {
                quarantined.add(record);
            } else if (record.exit().isPresent()) {
                var branch = record.exit().get().branch().orElseThrow();
                branches.computeIfAbsent(branch, name -> new ArrayList<>()).add(record);
            } else {
                events.add(record);
            }
        }
        return new Sorted(events, branches, quarantined);
    }

    /** A part's count, and its records packed as {@link Shipping} does. */
    @SuppressWarnings("ArrayRecordComponent") // it travels once and is never compared
    private record Part(Recount recount, byte[] records) implements Serializable {}

    private List<Part> count(Cut cut, Optional<Map<Long, Watermarks>> ledger, Wanted wanted) {
        int parts = spark.session().sparkContext().defaultParallelism();
        var slices = new ArrayList<>(log.slices(cut, parts));
        if (slices.isEmpty()) {
            return List.of();
        }
        var context = JavaSparkContext.fromSparkContext(spark.session().sparkContext());
        var reading = log;
        JavaRDD<Landed> landed =
                context.parallelize(slices, slices.size()).flatMap(slice -> new SliceReader(reading.read(slice)));
        var together = byDedupKey(Preparation.prepared(compiled, landed), parts, wanted);
        return Settings.of(
                spark.session(),
                () -> parts(together, PreparedLayout.of(compiled.pipeline(), compiled.plan()), ledger, wanted));
    }

    /** Puts all records of one key into one part, in landed order. */
    private JavaRDD<InternalRow> byDedupKey(JavaRDD<InternalRow> prepared, int parts, Wanted wanted) {
        var classic = (org.apache.spark.sql.classic.SparkSession) spark.session();
        var rows = classic.internalCreateDataFrame(prepared.rdd(), compiled.preparedType(), false)
                .withColumn(
                        ParsedRows.RAW,
                        wanted.quarantine()
                                ? when(col(Compiled.REASON).isNotNull(), col(ParsedRows.RAW))
                                        .otherwise(lit(new byte[0]))
                                : lit(new byte[0]));
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

    private List<Part> parts(
            JavaRDD<InternalRow> rows, PreparedLayout layout, Optional<Map<Long, Watermarks>> ledger, Wanted wanted) {
        var plan = compiled.plan();
        var type = compiled.preparedType();
        var watermarks = ledger.orElse(null);
        return rows.mapPartitions(part -> List.of(
                                part(part, layout, type, empty(plan, Optional.ofNullable(watermarks)), wanted))
                        .iterator())
                .collect();
    }

    private static Recount empty(FoldPlan plan, Optional<Map<Long, Watermarks>> ledger) {
        return ledger.map(it -> Recount.ofBoth(plan, it)).orElseGet(() -> Recount.ofBatch(plan));
    }

    private static Part part(
            Iterator<InternalRow> rows, PreparedLayout layout, StructType type, Recount recount, Wanted wanted) {
        var reader = new PreparedRows(layout, type, wanted.quarantine());
        var kept = new LinkedHashMap<Coordinates, Prepared>();
        while (rows.hasNext()) {
            var row = reader.read(rows.next());
            var fate = recount.take(row.record(), row.microBatch(), row.as());
            if (wanted.wants(fate)) {
                kept.put(row.record().at(), row.record());
            }
        }
        if (wanted.lastCopies()) {
            kept.keySet().removeAll(recount.superseded());
        }
        return new Part(recount, new Shipping(layout, type).packed(kept.values()));
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
