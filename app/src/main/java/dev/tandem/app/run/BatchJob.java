package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.batch.BatchRun;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.output.SinkOutputs;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Reason;
import dev.tandem.model.Window.Span;
import dev.tandem.parity.Report;
import dev.tandem.store.LedgerReader;
import dev.tandem.store.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run of a pipeline as a batch, over all that is landed up to the stream's last commit or over another log. */
final class BatchJob {
    /** What the run did, and how long it took from first read to commit. */
    record Done(EndOffsets cut, BatchCounts counts, double seconds) {
        /** How a run ended that wrote every row of its tables. */
        static final String WHOLE = "finished";
    }

    /**
     * A log to count.
     *
     * @param at what the stream had closed by the cut; everything where there is no stream
     */
    record Over(LandedLog log, EndOffsets cut, Watermarks at) {
        static Over whole(LandedLog log, EndOffsets cut) {
            return new Over(log, cut, new Watermarks(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1));
        }
    }

    /** The windows to write: those that begin at or after {@code from} and before {@code until}. */
    record Range(Instant from, Instant until) {
        boolean holds(ResultRow row) {
            var start = row.window().start();
            return !row.window().equals(Span.ALL) && !start.isBefore(from) && start.isBefore(until);
        }
    }

    private final SparkRuntime spark;
    private final Compiled compiled;
    private final PipelineStore store;
    private final Wiring wiring;

    BatchJob(SparkRuntime spark, Compiled compiled, PipelineStore store, Wiring wiring) {
        this.spark = spark;
        this.compiled = compiled;
        this.store = store;
        this.wiring = wiring;
    }

    /** Counts what the stream has landed. */
    Done run() {
        return run(landed(), Optional.empty());
    }

    /** What the stream has landed, up to its last commit. */
    Over landed() {
        var name = compiled.pipeline().name();
        var ledger = store.ledgerReader();
        var cut = ledger.lastCut()
                .orElseThrow(() -> new EngineException(
                        "Cannot run the batch of '%s': nothing is landed yet; run its stream first (./tandem stream %s), or give --input"
                                .formatted(name, name)));
        return new Over(store.log(), cut, watermarks(ledger, cut));
    }

    /** {@code range} leaves the stored rows of other windows as they are, and whatever else the batch writes. */
    Done run(Over over, Optional<Range> range) {
        var pipeline = compiled.pipeline();
        store.definition().requireSame("run the batch of");
        store.definition().note();
        var runId = "batch-" + UUID.randomUUID();
        var started = wiring.clock().instant();
        store.runs()
                .start(new Runs.Start(
                        runId, pipeline.name(), Mode.BATCH, pipeline.hash(), Optional.of(over.cut()), started));
        var log = wiring.batchLog(pipeline);
        var lineage = wiring.lineage(pipeline);
        lineage.started(Mode.BATCH, runId);
        try {
            var done = count(runId, over, range);
            lineage.ended(Mode.BATCH, runId, Done.WHOLE);
            log.finished(took(started), done.counts().fates().read(), over.cut().microBatch());
            return done;
        } catch (RuntimeException e) {
            log.failed(took(started), Reason.of(e));
            lineage.ended(Mode.BATCH, runId, "failed: " + Reason.of(e));
            store.runs()
                    .finish(
                            runId,
                            new Runs.End(wiring.clock().instant(), "failed: " + Reason.of(e), Optional.empty(), "{}"));
            throw e;
        }
    }

    private Duration took(Instant started) {
        return Duration.between(started, wiring.clock().instant());
    }

    private Done count(String runId, Over over, Optional<Range> range) {
        var costed =
                spark.costOf(() -> counted(runId, over, range), it -> it.fates().read());
        var counts = costed.result();
        double seconds = costed.cost().wallSeconds();
        var fates = counts.fates();
        var measured = new RunMeasurements(
                Report.Conservation.of(fates, counts.waiting()),
                new Report.Throughput(fates.read() / seconds, fates.read(), seconds, "first read → results committed"),
                Report.Latency.NOT_MEASURED,
                compiled.versions(),
                RunMeasurements.cost(costed.cost()));
        var outcome = range.isPresent() ? "finished for some windows" : Done.WHOLE;
        store.runs()
                .finish(
                        runId,
                        new Runs.End(wiring.clock().instant(), outcome, Optional.of(over.cut()), measured.json()));
        return new Done(over.cut(), counts, seconds);
    }

    /** Counts and stores. */
    private BatchCounts counted(String runId, Over over, Optional<Range> range) {
        try (var run = BatchRun.of(spark, compiled, new BatchRun.Over(over.log(), over.cut(), over.at()))) {
            if (range.isPresent()) {
                store.batchResults()
                        .forEach(results -> results.tables()
                                .replaceWindows(
                                        runId,
                                        run.rows().filter(range.get()::holds).iterator(),
                                        range.get().from(),
                                        range.get().until()));
            } else {
                store.batchResults()
                        .forEach(results -> results.tables()
                                .replace(runId, run.rows().iterator(), records(results.records(), run)));
                write(runId, run);
            }
            return BatchCounts.of(run);
        }
    }

    /** Those of {@code wanted}, each a value for each field. */
    private static Map<Output.What.Records, Iterator<List<@Nullable Object>>> records(
            Set<Output.What.Records> wanted, BatchRun run) {
        var records = new HashMap<Output.What.Records, Iterator<List<@Nullable Object>>>();
        for (var of : wanted) {
            var its = run.records(of.kind(), of.name());
            records.put(of, new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return its.hasNext();
                }

                @Override
                public List<@Nullable Object> next() {
                    return its.next().fields();
                }
            });
        }
        return records;
    }

    private void write(String runId, BatchRun run) {
        var pipeline = compiled.pipeline();
        long number = store.runs().all(pipeline.name(), Mode.BATCH).size();
        try (var outputs = SinkOutputs.of(compiled, wiring.sinks(pipeline, Mode.BATCH, runId))) {
            outputs.write(number, run);
        }
    }

    /** The stream's watermarks after the cut's last micro-batch: what it had closed by then. */
    static Watermarks watermarks(LedgerReader ledger, EndOffsets cut) {
        return Optional.ofNullable(ledger.watermarks().get(cut.microBatch())).orElse(Watermarks.NONE);
    }
}
