package dev.tandem.app.run;

import dev.tandem.engine.Compiled;
import dev.tandem.engine.EngineException;
import dev.tandem.engine.LandedRun;
import dev.tandem.engine.SparkRuntime;
import dev.tandem.fold.Cut;
import dev.tandem.fold.Recount;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Mode;
import dev.tandem.proof.Report;
import dev.tandem.store.LedgerReader;
import dev.tandem.store.Runs;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** One run of a pipeline as a batch over all that is landed up to the stream's last commit. */
final class BatchJob {
    /** What the run did, and how long it took from first read to commit. */
    record Done(Cut cut, Recount recount, double seconds) {}

    private final SparkRuntime spark;
    private final Compiled compiled;
    private final PipelineStore store;
    private final Clock clock;

    BatchJob(SparkRuntime spark, Compiled compiled, PipelineStore store, Clock clock) {
        this.spark = spark;
        this.compiled = compiled;
        this.store = store;
        this.clock = clock;
    }

    Done run() {
        var pipeline = compiled.pipeline();
        var ledger = store.ledgerReader();
        var cut = ledger.lastCut()
                .orElseThrow(() -> new EngineException(
                        "Cannot run the batch of '%s': nothing is landed yet; run its stream first (./tandem stream %s)"
                                .formatted(pipeline.name(), pipeline.name())));
        var runId = "batch-" + UUID.randomUUID();
        store.runs()
                .start(new Runs.Start(
                        runId, pipeline.name(), Mode.BATCH, pipeline.hash(), Optional.of(cut), clock.instant()));
        long begun = System.nanoTime();
        var at = watermarks(ledger, cut);
        var recount = new LandedRun(spark, compiled, store.log()).batch(cut);
        store.batchResults().replace(runId, recount.batchRows(at).iterator());
        double seconds = (System.nanoTime() - begun) / 1e9;
        var fates = recount.fates();
        var measured = new Measured(
                fates.byWord(recount.waiting(at.close())),
                new Report.Throughput(fates.read() / seconds, fates.read(), seconds, "first read → results committed"),
                Measured.NO_LATENCY);
        store.runs().finish(runId, new Runs.End(clock.instant(), "finished", Optional.of(cut), measured.json()));
        return new Done(cut, recount, seconds);
    }

    /** The stream's watermarks after the cut's last micro-batch: what it had closed by then. */
    static Watermarks watermarks(LedgerReader ledger, Cut cut) {
        return Optional.ofNullable(ledger.watermarks().get(cut.microBatch())).orElse(Watermarks.NONE);
    }
}
