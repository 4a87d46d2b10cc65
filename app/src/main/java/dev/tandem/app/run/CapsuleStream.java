package dev.tandem.app.run;

import dev.tandem.app.capsule.Capsule;
import dev.tandem.app.capsule.CapsuleLog;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.source.RetryChoice;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.stream.RebuildRun;
import dev.tandem.engine.stream.RebuildRun.MicroBatch;
import dev.tandem.engine.stream.StreamSetup;
import dev.tandem.fold.StreamLedger.Entry;
import dev.tandem.model.Mode;
import dev.tandem.parity.Report;
import dev.tandem.store.Runs;
import java.util.Optional;
import java.util.UUID;

/** Runs a stream over the records of a capsule, in the micro-batches and against the watermarks that it had. */
final class CapsuleStream {
    private final SparkRuntime spark;
    private final Compiled compiled;
    private final PipelineStore store;
    private final Wiring wiring;

    CapsuleStream(SparkRuntime spark, Compiled compiled, PipelineStore store, Wiring wiring) {
        this.spark = spark;
        this.compiled = compiled;
        this.store = store;
        this.wiring = wiring;
    }

    void run(Capsule capsule) throws InterruptedException {
        var runId = "stream-" + UUID.randomUUID();
        var pipeline = compiled.pipeline();
        var started = wiring.clock().instant();
        store.definition().note();
        store.runs()
                .start(new Runs.Start(runId, pipeline.name(), Mode.STREAM, pipeline.hash(), Optional.empty(), started));
        var log = new CapsuleLog(capsule.records());
        var setup = new RebuildRun.Setup(
                compiled,
                log,
                RetryChoice.ALL,
                wiring.workspace().checkpoint(pipeline.name()),
                store.ledger(runId),
                store.segments().map(place -> new StreamSetup.Segments(place, runId.replace('-', '_'))),
                store.otherDatabases(runId));
        var microBatches = capsule.microBatches().stream()
                .map(it -> microBatch(it, log.records(it.number())))
                .toList();
        var fates = RebuildRun.run(spark, setup, microBatches, number -> {});
        var measured = new RunMeasurements(
                Report.Conservation.of(fates, 0),
                new Report.Throughput(0, 0, 0, "not measured: run from a capsule"),
                Report.Latency.NOT_MEASURED,
                compiled.versions(),
                null);
        store.runs()
                .finish(
                        runId,
                        new Runs.End(
                                wiring.clock().instant(),
                                "drained",
                                store.ledgerReader().lastCut(),
                                measured.json()));
    }

    private static MicroBatch microBatch(Capsule.Read read, long records) {
        var entry = new Entry("capsule", read.number(), read.ranges(), read.readMillis(), 0);
        return new MicroBatch(read.number(), entry, records, read.watermarks().close(), read.before());
    }
}
