package dev.tandem.app.run;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.recount.LandedRun;
import dev.tandem.engine.recount.RecountInParts;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Fates;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Mode;
import dev.tandem.parity.Comparison;
import dev.tandem.parity.Evidence;
import dev.tandem.parity.Report;
import dev.tandem.store.LedgerReader.MicroBatch;
import dev.tandem.store.ParityTables;
import dev.tandem.store.Runs;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares what the two modes stored, at the cut of the last batch, with every number counted again from the landed log. */
final class CompareJob {
    private final SparkRuntime spark;
    private final Path scratch;
    private final Compiled compiled;
    private final PipelineStore store;
    private final Wiring wiring;
    private final Clock clock;

    /** Differences that are too many for memory are written under {@code scratch}. */
    CompareJob(OpenSpark spark, Compiled compiled, PipelineStore store, Wiring wiring) {
        this.spark = spark.runtime();
        this.scratch = spark.scratch().folder();
        this.compiled = compiled;
        this.store = store;
        this.wiring = wiring;
        this.clock = wiring.clock();
    }

    /** {@code commands} are those that lead to the same comparison again, for the report. */
    Report run(List<String> commands) {
        var pipeline = compiled.pipeline();
        var compared = ComparedRuns.latest(store.runs(), pipeline.name(), "compare");
        store.definition().requireSame(compared, "compare");
        var cut = compared.cut();
        var committed = store.ledgerReader().microBatches();
        var watermarks = committed.stream().collect(Collectors.toMap(MicroBatch::number, MicroBatch::watermarks));
        var at = watermarks.getOrDefault(cut.microBatch(), Watermarks.NONE);
        var log = new LandedRun(spark, compiled, store.log(), CommonJob.files(compiled, store));
        var stored = new LandedRun.Stored(store.stored(), store::results);
        Report report;
        try (var recount = log.both(cut, watermarks, at, stored)) {
            var facts = facts(compared, committed, recount, commands);
            report = new Remarks(pipeline, store, cut)
                    .added(
                            Comparison.of(new Evidence(pipeline, store.stored(), recount, at, facts), scratch),
                            recount.reasons(),
                            committed);
        }
        var runs = new ParityTables.Comparison(
                pipeline.name(),
                compared.stream().start().runId(),
                compared.batch().start().runId());
        new ParityRecord(store.parity(), runs).write(report);
        wiring.lineage(pipeline).compared(report);
        return report;
    }

    /** To be asked when the stream's rows are read: what a running stream commits meanwhile must not seem to be of the cut. */
    private Evidence.Facts facts(
            ComparedRuns runs, List<MicroBatch> committed, RecountInParts recount, List<String> commands) {
        var stream = runs.stream();
        var batch = runs.batch();
        var cut = batch.cut().orElseThrow();
        return new Evidence.Facts(
                cut,
                store.ledgerReader().lastCut().map(EndOffsets::microBatch).orElse(cut.microBatch()),
                versions(stream),
                versions(batch),
                timeline(committed),
                measured(stream, batch, committed),
                new Report.Refusals(recount.reasons(), CommonJob.common(recount.traits())),
                new Report.Provenance(clock.instant(), software(), commands));
    }

    private static Evidence.RunVersions versions(Runs.Run run) {
        var dimensions = measured(run).map(RunMeasurements::dimensions).orElse(Map.of());
        return new Evidence.RunVersions(run.start().definition(), dimensions);
    }

    private static Report.Runs measured(Runs.Run stream, Runs.Run batch, List<MicroBatch> committed) {
        return new Report.Runs(
                conservation(batch, committed),
                measured(stream).map(RunMeasurements::latency).orElse(Report.Latency.NOT_MEASURED),
                byMode(stream, batch, it -> Optional.of(it.throughput())),
                byMode(stream, batch, RunMeasurements::knownCost));
    }

    private static <T> Map<Mode, T> byMode(
            Runs.Run stream, Runs.Run batch, Function<RunMeasurements, Optional<T>> measure) {
        var modes = new EnumMap<Mode, T>(Mode.class);
        measured(stream).flatMap(measure).ifPresent(it -> modes.put(Mode.STREAM, it));
        measured(batch).flatMap(measure).ifPresent(it -> modes.put(Mode.BATCH, it));
        return modes;
    }

    private static Optional<RunMeasurements> measured(Runs.Run run) {
        return run.end().map(end -> RunMeasurements.of(end.metrics()));
    }

    /** From the ledger for the stream (all its runs up to the cut), from its own count for the batch. */
    private static Map<Mode, Report.Conservation> conservation(Runs.Run batch, List<MicroBatch> committed) {
        var modes = new EnumMap<Mode, Report.Conservation>(Mode.class);
        var cut = batch.cut().orElseThrow();
        var microBatches =
                committed.stream().filter(it -> it.number() <= cut.microBatch()).toList();
        var fates = microBatches.stream().map(it -> it.fates()).reduce(Fates.NONE, Fates::plus);
        long waiting = microBatches.isEmpty()
                ? 0
                : microBatches.get(microBatches.size() - 1).waiting();
        modes.put(Mode.STREAM, Report.Conservation.of(fates, waiting));
        measured(batch).ifPresent(it -> modes.put(Mode.BATCH, it.conservation()));
        return modes;
    }

    private static NavigableMap<Long, Evidence.Moment> timeline(List<MicroBatch> committed) {
        var timeline = new TreeMap<Long, Evidence.Moment>();
        committed.forEach(
                it -> timeline.put(it.number(), new Evidence.Moment(it.readAt(), it.committedAt(), it.highestEvent())));
        return timeline;
    }

    private Map<String, String> software() {
        var versions = new LinkedHashMap<String, String>();
        versions.put(
                "tandem",
                Optional.ofNullable(CompareJob.class.getPackage().getImplementationVersion())
                        .orElse("development"));
        versions.put("spark", spark.version());
        versions.put("java", Runtime.version().toString());
        return versions;
    }
}
