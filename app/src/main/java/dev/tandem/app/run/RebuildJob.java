package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.landed.ChosenRecords;
import dev.tandem.engine.output.RowOutput;
import dev.tandem.engine.output.SinkOutputs;
import dev.tandem.engine.source.RetryChoice;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.stream.RebuildRun;
import dev.tandem.engine.stream.RebuildRun.MicroBatch;
import dev.tandem.engine.stream.StreamSetup;
import dev.tandem.fold.Fates;
import dev.tandem.fold.StreamLedger.Entry;
import dev.tandem.model.DefinitionChange;
import dev.tandem.model.DefinitionChange.Way;
import dev.tandem.model.Meaning;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import dev.tandem.parity.Report;
import dev.tandem.store.LedgerReader;
import dev.tandem.store.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.IntPredicate;

/**
 * Makes the results of a changed definition: runs the stream again over its landed log, in the same micro-batches, into tables beside
 * those in use, and then puts them in their place in one step. Killed at any point it has either changed nothing that is in use, or the
 * next run completes the switch.
 */
final class RebuildJob {
    /** The outcome of its run. */
    static final String REBUILT = "rebuilt";

    private final SparkRuntime spark;
    private final Compiled compiled;
    private final PipelineStore store;
    private final Wiring wiring;
    private final Pipeline pipeline;
    private final String runId = "stream-" + UUID.randomUUID();

    RebuildJob(SparkRuntime spark, Compiled compiled, PipelineStore store, Wiring wiring) {
        this.spark = spark;
        this.compiled = compiled;
        this.store = store;
        this.wiring = wiring;
        this.pipeline = compiled.pipeline();
    }

    /** Where the definition is still the one that ran, only the state is made again. */
    void run() throws InterruptedException {
        var change = store.definition().change();
        if (change.way() == Way.IMPOSSIBLE) {
            store.definition().requireSame("rebuild the results of");
        }
        if (change.way() == Way.REBUILD) {
            store.requireLatestCopy();
            var why = change.summary();
            rebuild(new Purpose(why, RetryChoice.ALL), outputs(change, it -> change.leavesAlone(pipeline, it)));
        }
        store.forgetState();
    }

    /**
     * What became of the records in quarantine.
     *
     * @param chosen those that were judged again, by the rule that had refused them
     * @param before how many there were
     * @param after how many there are
     */
    record Retried(SortedMap<String, Long> chosen, long before, long after) {
        long judged() {
            return chosen.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Judges records in quarantine again; those that are not chosen stay there. Changes nothing where none is chosen. */
    Retried retry(RetryChoice choice) throws InterruptedException {
        var change = store.definition().change();
        if (change.way() == Way.IMPOSSIBLE) {
            store.definition().requireSame("retry the quarantined records of");
        }
        var ledger = store.ledgerReader();
        var cut = ledger.lastCut().orElseThrow(() -> ComparedRuns.missing(name(), "retry records of", "stream"));
        long before = ledger.microBatches().stream()
                .mapToLong(it -> it.fates().quarantined())
                .sum();
        var chosen = ChosenRecords.byRule(spark, store.log(), cut, choice);
        if (chosen.isEmpty()) {
            return new Retried(chosen, before, before);
        }
        store.requireLatestCopy();
        // What counts such a record writes other rows, also where its own definition is the same.
        var fates =
                rebuild(new Purpose("records in quarantine are judged again", choice), outputs(change, it -> false));
        store.forgetState();
        return new Retried(chosen, before, fates.quarantined());
    }

    /** Why results are made again, and which records in quarantine are judged again with all others. */
    private record Purpose(String why, RetryChoice choice) {}

    private Fates rebuild(Purpose purpose, List<Output> outputs) throws InterruptedException {
        wiring.narrator()
                .tell("rebuilding the results of '%s' from its landed log (%s)".formatted(name(), purpose.why()));
        var results = store.resultSwitch();
        results.begin(PipelineStore.writer(runId));
        var next = store.next();
        next.createTables();
        var started = wiring.clock().instant();
        next.runs().start(new Runs.Start(runId, next.name(), Mode.STREAM, pipeline.hash(), Optional.empty(), started));
        var microBatches = store.ledgerReader().microBatches();
        var fates = counted(next, outputs, microBatches, purpose.choice());
        finish(next, fates, microBatches);
        store.definition().note();
        results.decide(runId);
        results.complete();
        wiring.narrator()
                .tell(
                        "rebuilt: %,d records in %,d micro-batches; the earlier results are kept in tables whose names begin with tandem_before_ until ./tandem plan %s --forget"
                                .formatted(fates.read(), microBatches.size(), name()));
        store.createTables();
        store.sweepSegments(runId.replace('-', '_'));
        return fates;
    }

    private Fates counted(
            PipelineStore next, List<Output> outputs, List<LedgerReader.MicroBatch> microBatches, RetryChoice choice)
            throws InterruptedException {
        var written = new ArrayList<RowOutput>(next.otherDatabases(runId));
        written.add(SinkOutputs.of(compiled, wiring.sinks(pipeline, Mode.STREAM, runId), outputs));
        var setup = new RebuildRun.Setup(
                compiled,
                store.log(),
                choice,
                wiring.workspace().checkpoint(name()),
                next.ledger(runId),
                store.segments().map(place -> new StreamSetup.Segments(place, runId.replace('-', '_'))),
                written);
        var all = microBatches.stream().map(RebuildJob::asCommitted).toList();
        return RebuildRun.run(
                spark,
                setup,
                all,
                number -> wiring.narrator().progress("rebuilding", number, OptionalLong.of(all.size())));
    }

    private static MicroBatch asCommitted(LedgerReader.MicroBatch it) {
        long firstArrival = it.firstArrival().map(Instant::toEpochMilli).orElse(0L);
        var entry =
                new Entry(it.query(), it.engineBatch(), it.ranges(), it.readAt().toEpochMilli(), firstArrival);
        // One that read nothing was made by the passing of time, which alone moved its watermark.
        long atLeast = it.ranges().isEmpty() ? it.watermarks().close() : Long.MIN_VALUE;
        return new MicroBatch(it.number(), entry, it.fates().read(), atLeast, Optional.empty());
    }

    private void finish(PipelineStore next, Fates fates, List<LedgerReader.MicroBatch> microBatches) {
        long waiting = microBatches.isEmpty()
                ? 0
                : microBatches.get(microBatches.size() - 1).waiting();
        var measured = new RunMeasurements(
                Report.Conservation.of(fates, waiting),
                new Report.Throughput(0, 0, 0, "not measured: rebuilt from the landed log"),
                Report.Latency.NOT_MEASURED,
                compiled.versions(),
                null);
        next.runs()
                .finish(
                        runId,
                        new Runs.End(
                                wiring.clock().instant(),
                                REBUILT,
                                next.ledgerReader().lastCut(),
                                measured.json()));
    }

    /** Those beside tables that the rebuild fills. One that is written as before stays as it is, and the stream goes on with it. */
    private List<Output> outputs(DefinitionChange change, IntPredicate asBefore) {
        var filled = new ArrayList<Output>();
        for (int index = 0; index < pipeline.outputs().size(); index++) {
            var output = pipeline.outputs().get(index);
            boolean isPlace = output.asTopic().isPresent() || output.path().isPresent();
            if (isPlace && output.writes(Mode.STREAM) && !asBefore.test(index)) {
                requireNew(output, change);
                filled.add(output);
            }
        }
        return filled;
    }

    /** What others may have read from files and topics cannot be taken back. */
    private void requireNew(Output output, DefinitionChange change) {
        output.asTopic().filter(topic -> wasThere(topic, change)).ifPresent(topic -> {
            throw used(output, "messages");
        });
        output.path()
                .map(path -> wiring.workspace().file(Output.inMode(path, Mode.STREAM)))
                .filter(RebuildJob::holdsFiles)
                .ifPresent(folder -> {
                    throw used(output, "files");
                });
    }

    /** Also where nobody knows what the earlier definition wrote. */
    private static boolean wasThere(Output.Topic topic, DefinitionChange change) {
        var inText = "\"kafka\"\"%s\"".formatted(topic.topic());
        return change.ran()
                .map(Meaning::outputs)
                .map(texts -> texts.stream().anyMatch(it -> it.contains(inText)))
                .orElse(true);
    }

    private EngineException used(Output output, String what) {
        return new EngineException(
                "Cannot rebuild the results of '%s': %s holds the %s of the earlier definition's '%s', which cannot be taken back from those who have read them; give the output another place in the definition, or, for a folder, move it away"
                        .formatted(name(), output.told(), what, output.what().name()));
    }

    private static boolean holdsFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.list(folder)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look into %s: %s".formatted(folder, Reason.of(e)), e);
        }
    }

    private String name() {
        return pipeline.name();
    }
}
