package dev.tandem.app.run;

import dev.tandem.engine.Compiled;
import dev.tandem.engine.EngineException;
import dev.tandem.engine.LandedRun;
import dev.tandem.engine.SparkRuntime;
import dev.tandem.fold.Cut;
import dev.tandem.fold.Recount;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Mode;
import dev.tandem.proof.Report;
import dev.tandem.store.LedgerReader;
import dev.tandem.store.Runs;
import java.time.Clock;
import java.util.List;
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
    private Optional<String> broker = Optional.empty();

    BatchJob(SparkRuntime spark, Compiled compiled, PipelineStore store, Clock clock) {
        this.spark = spark;
        this.compiled = compiled;
        this.store = store;
        this.clock = clock;
    }

    /** Sends the rows to the topics that are a batch's, too, at the broker {@code bootstrap}. */
    BatchJob publishingTo(String bootstrap) {
        broker = Optional.of(bootstrap);
        return this;
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
        var rows = recount.batchRows(at);
        store.batchResults().replace(runId, rows.iterator());
        publish(rows, cut);
        double seconds = (System.nanoTime() - begun) / 1e9;
        var fates = recount.fates();
        var measured = new Measured(
                fates.byWord(recount.waiting(at.close())),
                new Report.Throughput(fates.read() / seconds, fates.read(), seconds, "first read → results committed"),
                Measured.NO_LATENCY);
        store.runs().finish(runId, new Runs.End(clock.instant(), "finished", Optional.of(cut), measured.json()));
        return new Done(cut, recount, seconds);
    }

    private void publish(List<ResultRow> rows, Cut cut) {
        var outputs =
                broker.map(it -> TopicOutputs.of(compiled, Mode.BATCH, it)).orElse(List.of());
        for (var output : outputs) {
            try (output) {
                output.write(rows, cut.microBatch());
            }
        }
    }

    /** The stream's watermarks after the cut's last micro-batch: what it had closed by then. */
    static Watermarks watermarks(LedgerReader ledger, Cut cut) {
        return Optional.ofNullable(ledger.watermarks().get(cut.microBatch())).orElse(Watermarks.NONE);
    }
}
