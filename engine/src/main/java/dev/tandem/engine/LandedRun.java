package dev.tandem.engine;

import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.prepare.PackedContents.Raw;
import dev.tandem.engine.stage.PartThreads;
import dev.tandem.fold.Cut;
import dev.tandem.fold.Handover;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.PartWriter;
import dev.tandem.fold.Recount;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.model.Mode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The recount of both modes over the landed log, beside what they stored. Spark's tasks read, parse and pack the log; the records are
 * written to files by dedup key, and each file is recounted on its own in landed order; what was counted for each row is written to
 * files by row, where it meets the stored rows. So memory holds the keys and the rows of one part for each thread, however many
 * there are.
 */
public final class LandedRun {
    private static final long RECORDS_OF_A_PART = 250_000;
    private static final long ROWS_OF_A_PART = 50_000;
    private static final int MOST_KEY_PARTS = 512;
    private static final int MOST_ROW_PARTS = 1_024;
    private static final int FEWEST_ROW_PARTS = 4;
    private static final int MOST_TOP_PARTS = 64;

    /** The views that both modes have stored, and what they stored. */
    public record Stored(List<Shape> views, StoredRows rows) {}

    private final SparkRuntime spark;
    private final Compiled compiled;
    private final LandedLog log;

    public LandedRun(SparkRuntime spark, Compiled compiled, LandedLog log) {
        this.spark = spark;
        this.compiled = compiled;
        this.log = log;
    }

    /**
     * Both modes counted again up to the cut.
     *
     * @param ledger the watermarks of each micro-batch of the stream
     * @param at those at the cut
     */
    public RecountInParts both(Cut cut, Map<Long, Watermarks> ledger, Watermarks at, Stored stored) {
        var threads = new PartThreads(spark.cores(), spark.session());
        var spilled = spilled(cut, stored.views());
        try {
            var total = recounted(cut, ledger, at, spilled, threads);
            var modes = List.of(Mode.STREAM, Mode.BATCH);
            threads.onEach(modes.size(), index -> {
                spilled.stored().take(modes.get(index), stored.rows());
                return index;
            });
            var views = stored.views().stream().map(Shape::name).collect(Collectors.toUnmodifiableSet());
            return new RecountInParts(compiled.plan(), at, views, total, spilled, threads);
        } catch (RuntimeException | Error e) {
            threads.close();
            spilled.close();
            throw e;
        }
    }

    private RecountInParts.Spilled spilled(Cut cut, List<Shape> views) {
        long most = records(cut) * compiled.plan().windowsOfARecord();
        int rows = (int) Math.max(FEWEST_ROW_PARTS, Math.min(MOST_ROW_PARTS, most / ROWS_OF_A_PART + 1));
        int tops = Math.min(MOST_TOP_PARTS, rows);
        return new RecountInParts.Spilled(
                files("rows", rows),
                files("marks", keyParts(cut)),
                files("tops", tops),
                new StoredParts(compiled.plan(), views, files("stored", rows), files("stored-tops", tops)));
    }

    private PartFiles files(String name, int parts) {
        return new PartFiles(spark.scratch(), name, parts);
    }

    private static long records(Cut cut) {
        return cut.positions().values().stream().mapToLong(Long::longValue).sum();
    }

    private int keyParts(Cut cut) {
        return (int) Math.max(spark.cores(), Math.min(MOST_KEY_PARTS, records(cut) / RECORDS_OF_A_PART + 1));
    }

    private Recount recounted(
            Cut cut, Map<Long, Watermarks> ledger, Watermarks at, RecountInParts.Spilled spilled, PartThreads threads) {
        var total = Recount.ofBoth(compiled.plan(), ledger);
        try (var records = files("records", keyParts(cut))) {
            read(cut, records, threads);
            threads.onEach(records.parts(), part -> {
                var recount = Recount.ofBoth(compiled.plan(), ledger);
                var rows = new PartWriter(spilled.rows().parts(), spilled.rows());
                var marks = new PartWriter(spilled.marks().parts(), spilled.marks());
                var handover = new Handover(rows, marks, at.close());
                records.readers(part, block -> take(block, recount, handover));
                recount.handOver(handover);
                handover.flush();
                synchronized (total) {
                    total.merge(recount);
                }
                return part;
            });
        }
        total.fates()
                .requireBalance(
                        "the batch of '%s'".formatted(compiled.pipeline().name()));
        return total;
    }

    private void read(Cut cut, PartFiles records, PartThreads threads) {
        var preparation = new Preparation(compiled, new PackedContents(Raw.NONE, false, false), records.parts());
        new LogParts(spark, log, cut)
                .read(
                        preparation::numbered,
                        read -> threads.onEach(records.parts(), part -> {
                            for (var blocks : read) {
                                var block = blocks.blocks().get(part);
                                if (block.length > 0) {
                                    records.take(part, block, block.length);
                                }
                            }
                            return part;
                        }));
    }

    private static void take(BlockReader in, Recount recount, Handover handover) {
        while (in.hasMore()) {
            long microBatch = in.readLong();
            var as = Landed.As.ofCode(in.readByte());
            recount.take(PackedRecords.read(in), microBatch, as);
            recount.handOverMuch(handover);
        }
    }
}
