package dev.tandem.engine.stream;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.output.RowOutput;
import dev.tandem.engine.source.LandedRange;
import dev.tandem.engine.source.RecordRange;
import dev.tandem.engine.source.RetryChoice;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.stage.SegmentLanding;
import dev.tandem.engine.stage.Stages;
import dev.tandem.fold.Changes;
import dev.tandem.fold.Fates;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.LandedLog.Slice;
import dev.tandem.fold.StreamLedger;
import dev.tandem.fold.StreamLedger.Entry;
import dev.tandem.fold.Watermarks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A stream run again over its landed log: the same records in the same micro-batches under a definition that has changed since. What
 * comes out is what a stream of that definition would have made of them, since a stream is a function of its records and of where its
 * micro-batches end.
 */
public final class RebuildRun {
    private static final int LEAST_OF_A_TASK = 20_000;

    /**
     * What a run needs. The ledger and the outputs are those of the new results; both are closed with the run.
     *
     * @param choice which records in quarantine the definition judges again
     * @param checkpoint of the stream, which must not run meanwhile
     * @param segments where the records are landed again, with what the new definition says of them
     */
    public record Setup(
            Compiled compiled,
            LandedLog log,
            RetryChoice choice,
            Path checkpoint,
            StreamLedger ledger,
            Optional<StreamSetup.Segments> segments,
            List<RowOutput> outputs) {
        public Setup {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * A micro-batch as the earlier stream has committed it.
     *
     * @param entry what the ledger said of it; its files are not used
     * @param records how many of it the log has
     * @param atLeast the least that its watermark is: what its records do not move it to, as the passing of time
     * @param before the watermarks of the one before it, where that one is left out
     */
    public record MicroBatch(long number, Entry entry, long records, long atLeast, Optional<Watermarks> before) {}

    private final Setup setup;
    private final Stages stages;
    private final int tasks;
    private Fates fates = Fates.NONE;

    private RebuildRun(SparkRuntime spark, Setup setup) {
        this.setup = setup;
        stages = StreamContents.of(setup.compiled(), setup.segments().isEmpty()).stages(spark, setup.compiled());
        tasks = spark.tasks();
    }

    /** Gives {@code committed} the number of each micro-batch; returns the fates of all records. */
    public static Fates run(SparkRuntime spark, Setup setup, List<MicroBatch> microBatches, Consumer<Long> committed)
            throws InterruptedException {
        var ledger = setup.ledger();
        try (ledger) {
            var run = new RebuildRun(spark, setup);
            try (var stages = run.stages) {
                var lock = RunLock.take(setup.checkpoint(), run.name());
                try (lock) {
                    ledger.takeOver();
                    run.all(microBatches, committed);
                    spark.charge(stages.cpuNanos());
                    return run.fates;
                }
            }
        } finally {
            setup.outputs().forEach(RowOutput::close);
        }
    }

    private void all(List<MicroBatch> microBatches, Consumer<Long> committed) throws InterruptedException {
        for (var microBatch : microBatches) {
            requireUninterrupted();
            take(microBatch);
            stages.requireRoom();
            committed.accept(microBatch.number());
        }
    }

    private void requireUninterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the rebuild of '%s' was stopped".formatted(name()));
        }
    }

    private void take(MicroBatch microBatch) {
        boolean empty = microBatch.records() == 0;
        microBatch.before().ifPresent(it -> stages.progress().goOnAfter(microBatch.number() - 1, it));
        stages.progress().begin(microBatch.atLeast());
        if (stages.progress().number() != microBatch.number()) {
            throw new EngineException(
                    "Cannot rebuild '%s': its ledger has micro-batch %d where number %d should follow; was a row of tandem_ledger deleted? Give the changed definition a new name and new tables"
                            .formatted(
                                    name(),
                                    microBatch.number(),
                                    stages.progress().number()));
        }
        var taken = stages.take(
                empty ? List.of() : ranges(microBatch), empty ? Optional.empty() : landing(microBatch.number()));
        requireAll(microBatch, taken.changes());
        for (var output : setup.outputs()) {
            output.write(taken.changes());
        }
        var entry = microBatch.entry();
        setup.ledger()
                .commit(
                        taken.changes(),
                        new Entry(
                                entry.query(),
                                entry.engineBatch(),
                                entry.ranges(),
                                entry.readMillis(),
                                entry.firstArrivalMillis(),
                                taken.files()));
        fates = fates.plus(taken.changes().total());
    }

    private Optional<SegmentLanding> landing(long number) {
        return setup.segments().map(it -> new SegmentLanding(it.place(), name(), it.run(), number));
    }

    private List<RecordRange> ranges(MicroBatch microBatch) {
        int parts = (int) Math.max(1, Math.min(tasks, microBatch.records() / LEAST_OF_A_TASK));
        var ranges = new ArrayList<RecordRange>();
        for (int part = 0; part < parts; part++) {
            var slice = new Slice(microBatch.number(), microBatch.number(), part, parts);
            ranges.add(new LandedRange(setup.log(), slice, setup.choice()));
        }
        return ranges;
    }

    private void requireAll(MicroBatch microBatch, Changes changes) {
        changes.total().requireBalance("micro-batch %d of '%s'".formatted(microBatch.number(), name()));
        if (changes.total().read() != microBatch.records()) {
            throw new EngineException(
                    "Cannot rebuild '%s': micro-batch %d has read %d records, but the landed log holds %d of it; nothing was changed. Look for what has deleted landed records, or give the changed definition a new name and new tables"
                            .formatted(
                                    name(),
                                    microBatch.number(),
                                    microBatch.records(),
                                    changes.total().read()));
        }
    }

    private String name() {
        return setup.compiled().pipeline().name();
    }
}
