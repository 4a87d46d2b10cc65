package dev.tandem.engine;

import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.prepare.PackedContents.Raw;
import dev.tandem.fold.Cut;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.Recount;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The recount of both modes over the landed log, which a comparison holds the stored results against. Spark's tasks read, parse and
 * pack the log part by part; one recount for each partition by dedup key takes its records in landed order.
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

    /** Both modes counted again up to the cut; {@code ledger} has the watermarks of each micro-batch of the stream. */
    public Recount both(Cut cut, Map<Long, Watermarks> ledger) {
        var parts = new ArrayList<Recount>();
        for (int part = 0; part < spark.cores(); part++) {
            parts.add(Recount.ofBoth(compiled.plan(), ledger));
        }
        try (var threads = new PartThreads(parts.size(), spark.session())) {
            read(cut, parts, threads);
        }
        var total = Recount.ofBoth(compiled.plan(), ledger);
        parts.forEach(total::merge);
        total.fates()
                .requireBalance(
                        "the batch of '%s'".formatted(compiled.pipeline().name()));
        return total;
    }

    private void read(Cut cut, List<Recount> parts, PartThreads threads) {
        var preparation = new Preparation(compiled, new PackedContents(Raw.NONE, false, false), parts.size());
        new LogParts(spark, log, cut)
                .read(
                        preparation::numbered,
                        read -> threads.onEach(parts.size(), part -> {
                            read.forEach(blocks -> take(blocks.blocks().get(part), parts.get(part)));
                            return part;
                        }));
    }

    private static void take(byte[] block, Recount recount) {
        var in = new BlockReader(block);
        while (in.hasMore()) {
            long microBatch = in.readLong();
            var as = Landed.As.ofCode(in.readByte());
            recount.take(PackedRecords.read(in), microBatch, as);
        }
    }
}
