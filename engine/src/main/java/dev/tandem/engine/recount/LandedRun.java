package dev.tandem.engine.recount;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.definition.Preparation;
import dev.tandem.engine.landed.LogParts;
import dev.tandem.engine.landed.TraitSearch.FirstOf;
import dev.tandem.engine.landed.TraitWatch;
import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.prepare.PackedContents.Raw;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.stage.PartThreads;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Lateness;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.Recount;
import dev.tandem.model.Mode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The recount of both modes over the landed log, beside what they stored. Spark's tasks read, parse and pack the log, count the
 * records of each part by dedup key in landed order, and merge what was counted for each row, where it meets the stored rows. A task
 * holds the keys or the rows of its part; nothing in the driver grows with the number of records.
 */
public final class LandedRun {
    /** The views that both modes have stored, and what they stored. */
    public record Stored(List<Shape> views, StoredRows rows) {}

    private final SparkRuntime spark;
    private final Compiled compiled;
    private final LandedLog log;
    private final List<FirstOf> files;

    /** {@code files} of the log in the order of their positions; none for a topic. */
    public LandedRun(SparkRuntime spark, Compiled compiled, LandedLog log, List<FirstOf> files) {
        this.spark = spark;
        this.compiled = compiled;
        this.log = log;
        this.files = List.copyOf(files);
    }

    /**
     * Counts both modes again up to the end offsets.
     *
     * @param ledger the watermarks of each micro-batch of the stream
     * @param at those at the cut
     */
    public RecountInParts both(EndOffsets cut, Map<Long, Watermarks> ledger, Watermarks at, Stored stored) {
        var plan = compiled.plan();
        var views = stored.views().stream().map(Shape::name).collect(Collectors.toUnmodifiableSet());
        var reading = new LogParts(spark, log, cut);
        var parts = RecountParts.of(reading.records(), plan.windowsOfARecord());
        var setup = new RecountSetup(
                "the comparison of '%s'".formatted(compiled.pipeline().name()),
                plan,
                ledger,
                at,
                views,
                parts,
                compiled.context().isLocal());
        var preparation = new Preparation(compiled, new PackedContents(Raw.NONE, false, false), parts.keys());
        var traits = TraitWatch.of(compiled, new Lateness(plan, ledger), files);
        var read = preparation.packedNumbered(reading.landed(reading.slices()), traits);
        var threads = new PartThreads(spark.cores(), spark.session());
        var stages = new RecountStages(setup, read, spark.session());
        var rows = new StoredParts(plan, stored.views(), files("stored", parts.rows()), files("tops", parts.tops()));
        try {
            var total = Recount.ofBoth(plan, ledger);
            stages.sum(total);
            total.fates()
                    .requireBalance(
                            "the batch of '%s'".formatted(compiled.pipeline().name()));
            var found = traits.found(spark, compiled, log, cut);
            var modes = List.of(Mode.STREAM, Mode.BATCH);
            threads.onEach(modes.size(), index -> {
                rows.take(modes.get(index), stored.rows());
                return index;
            });
            var sums = new RecountInParts.Sums(total, found, traits.times());
            return new RecountInParts(new RecountInParts.Of(plan, at, views), sums, stages, rows, threads);
        } catch (RuntimeException | Error e) {
            threads.close();
            stages.close();
            rows.close();
            throw e;
        }
    }

    private PartFiles files(String name, int parts) {
        return new PartFiles(spark.scratch(), name, parts);
    }
}
