package dev.tandem.app.run;

import dev.tandem.app.lineage.Lineage;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.output.RowOutput;
import dev.tandem.engine.output.SinkOutputs;
import dev.tandem.engine.source.StreamSource;
import dev.tandem.engine.source.TopicStart;
import dev.tandem.engine.spark.RunCost;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.stream.RestoredState;
import dev.tandem.engine.stream.StreamMeter;
import dev.tandem.engine.stream.StreamRun;
import dev.tandem.engine.stream.StreamSetup;
import dev.tandem.fold.Changes;
import dev.tandem.model.Mode;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import dev.tandem.parity.Report;
import dev.tandem.store.JdbcStreamLedger;
import dev.tandem.store.Runs;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** One run of a pipeline as a stream, entered in the book of runs. */
final class StreamJob implements AutoCloseable {
    private static final String LATENCY = "arrival in %s → result row committed in the database";

    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    /** Whether records arrive while the stream runs, or were waiting before it began. */
    enum Load {
        LIVE,
        BACKLOG
    }

    /**
     * How the run is cut; what is empty is as the definition says.
     *
     * @param start what becomes of a topic that does not fit the ledger
     * @param cutting the source as the run reads it
     */
    record Pace(
            Optional<Duration> trigger,
            Optional<Integer> maxRecords,
            Load load,
            TopicStart start,
            UnaryOperator<StreamSource> cutting) {
        Pace(Optional<Duration> trigger, Optional<Integer> maxRecords, Load load, UnaryOperator<StreamSource> cutting) {
            this(trigger, maxRecords, load, TopicStart.REFUSED, cutting);
        }

        Pace(Optional<Duration> trigger, Optional<Integer> maxRecords, Load load) {
            this(trigger, maxRecords, load, UnaryOperator.identity());
        }

        Pace(Optional<Duration> trigger, Optional<Integer> maxRecords) {
            this(trigger, maxRecords, Load.LIVE);
        }

        /** The same where the topic may not fit the ledger. */
        Pace from(TopicStart other) {
            return new Pace(trigger, maxRecords, load, other, cutting);
        }

        StreamSource source(Input input, Pipeline pipeline) {
            return cutting.apply(
                    input.source(maxRecords.orElse(pipeline.stream().maxRecords()), start));
        }
    }

    private final String runId = "stream-" + UUID.randomUUID();
    private final PipelineStore store;
    private final JdbcStreamLedger ledger;
    private final StreamRun run;
    private final Workspace workspace;
    private final String pipelineName;
    private final Clock clock;
    private final Narrator narrator;
    private final Load load;
    private final Input input;
    private final LeftOutFiles leftOut;
    private final String latency;
    private final Map<String, String> versions;
    private Optional<Runnable> whenProgressing = Optional.empty();
    private Optional<Stopped> stopped = Optional.empty();
    private String outcome = "stopped";
    private final StateNote stateNote;
    private final Lineage lineage;
    private boolean ended;

    /** What a run had done when it was stopped. */
    private record Stopped(StreamMeter.Reading reading, RunCost cost) {}

    StreamJob(SparkRuntime spark, Compiled compiled, PipelineStore store, Wiring wiring, Input input, Pace pace) {
        this.store = store;
        this.workspace = wiring.workspace();
        this.pipelineName = compiled.pipeline().name();
        this.clock = wiring.clock();
        this.narrator = wiring.narrator();
        this.load = pace.load();
        this.input = input;
        this.leftOut = new LeftOutFiles(narrator);
        this.latency = LATENCY.formatted(compiled.pipeline()
                .source()
                .<String>fold(kafka -> "Kafka", files -> "the folder", rows -> "the table"));
        this.versions = compiled.versions();
        var pipeline = compiled.pipeline();
        store.definition().requireSame("continue the stream of");
        stateNote = new StateNote(workspace.stateNote(pipelineName), clock);
        lineage = wiring.lineage(pipeline);
        ledger = store.ledger(runId);
        run = StreamRun.start(spark, setup(compiled, wiring, pace));
        try {
            enter(pipeline);
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
    }

    private StreamSetup setup(Compiled compiled, Wiring wiring, Pace pace) {
        var pipeline = compiled.pipeline();
        var log = wiring.streamLog(pipeline);
        var outputs = new ArrayList<RowOutput>(store.otherDatabases(runId));
        outputs.add(SinkOutputs.of(compiled, wiring.sinks(pipeline, Mode.STREAM, runId)));
        return new StreamSetup(
                compiled,
                pace.source(input, pipeline),
                store.segments().map(place -> new StreamSetup.Segments(place, runId.replace('-', '_'))),
                store.state(),
                workspace.checkpoint(pipelineName),
                pace.trigger().orElse(pipeline.stream().trigger()),
                ledger,
                store.history(ledger),
                outputs,
                (changes, state, took) -> {
                    tell(log, changes, took);
                    stateNote.tell(state);
                },
                clock);
    }

    private void enter(Pipeline pipeline) {
        store.requireLatestCopy();
        store.sweepSegments(runId.replace('-', '_'));
        store.definition().note();
        store.runs()
                .start(new Runs.Start(
                        runId, pipelineName, Mode.STREAM, pipeline.hash(), Optional.empty(), clock.instant()));
        lineage.started(Mode.STREAM, runId);
        workspace.note(pipelineName);
        run.damage().ifPresent(narrator::tell);
        run.restored().ifPresent(it -> narrator.tell(told(it)));
        tellLeftOut();
    }

    /** {@code listener} is told once when this run has made progress: its servers work. */
    void whenProgressing(Runnable listener) {
        whenProgressing = Optional.of(listener);
    }

    private void tellProgress() {
        if (whenProgressing.isPresent() && run.progressed()) {
            whenProgressing.get().run();
            whenProgressing = Optional.empty();
        }
    }

    private static String told(RestoredState restored) {
        var from = restored.savedAfter() == 0
                ? "rebuilt from the landed log"
                : "read from the state files of micro-batch %,d".formatted(restored.savedAfter());
        return "state: %s, %,d landed records read again, %,d rows, %.1f s"
                .formatted(from, restored.records(), restored.rows(), restored.seconds());
    }

    private void tellLeftOut() {
        leftOut.tell(input.place(), input.leftOut());
    }

    private static void tell(RunLog log, Changes changes, Duration took) {
        var fates = changes.total();
        if (fates.read() > 0) {
            log.microBatch(
                    new RunLog.MicroBatch(changes.number(), fates.read(), took, fates.late(), fates.quarantined()));
        }
    }

    StreamRun run() {
        return run;
    }

    /** Waits until every record before {@code end} is committed, telling how far it is. */
    void drainTo(Map<Integer, Long> end) throws InterruptedException {
        long total = end.values().stream().mapToLong(Long::longValue).sum();
        while (!run.drained(end, Duration.ofMillis(200))) {
            tellProgress();
            narrator.progress("streaming", run.meter().reading().fates().read(), OptionalLong.of(total));
        }
        narrator.progress("streaming", total, OptionalLong.of(total));
        tellLeftOut();
    }

    /** Runs on, closing windows that time has ended, until the thread is interrupted. */
    void live() throws InterruptedException {
        long told = 0;
        long looked = clock.millis();
        try {
            while (true) {
                Thread.sleep(200);
                run.check();
                tellProgress();
                run.closeIdle();
                if (clock.millis() - looked >= BETWEEN_LOOKS.toMillis()) {
                    looked = clock.millis();
                    tellLeftOut();
                }
                var reading = run.meter().reading();
                if (clock.millis() - told >= 5_000) {
                    told = clock.millis();
                    narrator.tell(
                            "stream: %,d records in %,d micro-batches, latency p50 %,.0f ms, p95 %,.0f ms, %,d rows of state"
                                    .formatted(
                                            reading.fates().read(),
                                            reading.microBatches(),
                                            reading.p50(),
                                            reading.p95(),
                                            run.stateRows()));
                }
            }
        } catch (InterruptedException e) {
            finish("stopped");
            narrator.tell("stopped after micro-batch %,d; run again to continue".formatted(run.lastMicroBatch()));
            throw e;
        }
    }

    /** Stops the query and closes the book on the run. */
    StreamMeter.Reading finish(String outcome) {
        var reading = stop();
        writeEnd(outcome);
        stateNote.delete();
        ended = true;
        return reading;
    }

    /** Stops the query that {@code failure} has ended, or left with a state that is ahead of its database. */
    void fail(RuntimeException failure) {
        outcome = "failed: " + Reason.of(failure);
        close();
    }

    /** Throws if another Tandem has taken the pipeline over: then this one must not take it back by itself. */
    void requireLatestWriter() {
        ledger.requireLatest();
    }

    /** Stops the query; its database may be away. */
    StreamMeter.Reading stop() {
        if (stopped.isEmpty()) {
            stopped = Optional.of(new Stopped(run.meter().reading(), run.cost()));
            run.close();
        }
        return stopped.get().reading();
    }

    private void writeEnd(String outcome) {
        var last = stopped.orElseThrow();
        var cut = store.ledgerReader().lastCut();
        store.runs()
                .finish(
                        runId,
                        new Runs.End(
                                clock.instant(),
                                outcome,
                                cut,
                                measured(last.reading(), last.cost()).json()));
        lineage.ended(Mode.STREAM, runId, outcome);
    }

    private RunMeasurements measured(StreamMeter.Reading reading, RunCost cost) {
        double perSecond = reading.seconds() <= 0 ? 0 : reading.fates().read() / reading.seconds();
        return new RunMeasurements(
                Report.Conservation.of(reading.fates(), reading.waiting()),
                new Report.Throughput(
                        perSecond, reading.fates().read(), reading.seconds(), "first read → last commit, all outputs"),
                new Report.Latency(
                        told(reading),
                        reading.samples(),
                        reading.p50(),
                        reading.p95(),
                        reading.p99(),
                        reading.max(),
                        load == Load.BACKLOG,
                        stages(reading),
                        reading.warmUp()),
                versions,
                RunMeasurements.cost(cost));
    }

    private String told(StreamMeter.Reading reading) {
        if (load == Load.BACKLOG) {
            return latency + "; the input lay waiting, so this holds its wait too";
        }
        return reading.warmUp() == 0
                ? latency
                : "%s; without the %,d records of the first %d seconds"
                        .formatted(latency, reading.warmUp(), StreamMeter.WARM_UP.toSeconds());
    }

    private static List<Report.Stage> stages(StreamMeter.Reading reading) {
        return reading.byStage().entrySet().stream()
                .map(it -> new Report.Stage(
                        it.getKey().name().toLowerCase(Locale.ROOT),
                        it.getValue().p50(),
                        it.getValue().p95(),
                        it.getValue().p99(),
                        it.getValue().max()))
                .toList();
    }

    /** May be called again until the end stands in the book of runs. */
    @Override
    public void close() {
        if (!ended) {
            finish(run.failure().map("failed: "::concat).orElse(outcome));
        }
    }
}
