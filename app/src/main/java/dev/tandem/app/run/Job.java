package dev.tandem.app.run;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.output.LakeRows;
import dev.tandem.model.Pipeline;
import dev.tandem.model.record.Envelope;
import dev.tandem.parity.DifferingRows;
import dev.tandem.parity.Report;
import dev.tandem.parity.report.ReportWriter;
import dev.tandem.servers.Lifetime;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One pipeline with everything that running it needs: servers, Spark, the compiled definition, its tables. Closes what it opened. */
final class Job implements AutoCloseable {
    /** Where the servers come from. */
    enum Servers {
        /** Those that {@code up} left running. */
        RUNNING,
        /** Those that are running, and new ones for the time of the job where there is none. */
        ANY,
        /** The same, but databases only: for whoever just reads tables. */
        DATABASES
    }

    private final Wiring wiring;
    private final OpenSpark spark;
    private final Compiled compiled;
    private final PipelineStore store;
    private @Nullable Input input;

    private Job(Wiring wiring, OpenSpark spark, Compiled compiled, PipelineStore store) {
        this.wiring = wiring;
        this.spark = spark;
        this.compiled = compiled;
        this.store = store;
    }

    /** Spark with the definition compiled for it. */
    private record Prepared(OpenSpark spark, Compiled compiled) implements AutoCloseable {
        @Override
        public void close() {
            spark.close();
        }
    }

    /** Starts the servers while Spark starts and compiles the definition, since each takes seconds. */
    static Job open(
            Hosting hosting,
            Pipeline definition,
            Servers servers,
            DimensionFiles.Version dimensions,
            Clock clock,
            Narrator narrator)
            throws InterruptedException {
        var pipeline = Writers.connected(hosting, definition);
        // Before Spark starts, which takes seconds: a wrong password or address is told at once.
        var running = servers == Servers.RUNNING
                ? Optional.of(Services.reached(hosting, pipeline))
                : Optional.<Services>empty();
        var preparing = CompletableFuture.supplyAsync(() -> prepared(hosting, pipeline, dimensions, narrator));
        try {
            var services = switch (servers) {
                case RUNNING -> running.orElseThrow();
                case ANY -> Services.start(hosting, pipeline, Lifetime.WITH_THIS_JVM, narrator);
                case DATABASES -> Services.databases(hosting, pipeline, narrator);
            };
            return open(new Wiring(hosting.workspace(), services, clock, narrator), preparing);
        } catch (RuntimeException | InterruptedException e) {
            Waiting.closeWhenOpen(preparing);
            throw e;
        }
    }

    private static Prepared prepared(
            Hosting hosting, Pipeline pipeline, DimensionFiles.Version dimensions, Narrator narrator) {
        var spark = Sparks.open(hosting);
        try {
            new SideTables(pipeline, hosting.workspace()).writeMissing();
            var rows = new DimensionFiles(hosting.workspace(), pipeline).read(dimensions);
            rows.forEach(it -> narrator.tell("dimension '%s': %,d rows".formatted(it.name(), it.size())));
            var compiled = Compiled.of(pipeline, spark.runtime(), rows);
            narrator.tell(
                    "Spark %s is up, '%s' is compiled".formatted(spark.runtime().version(), pipeline.name()));
            return new Prepared(spark, compiled);
        } catch (RuntimeException e) {
            spark.close();
            throw e;
        }
    }

    private static Job open(Wiring wiring, CompletableFuture<Prepared> preparing) throws InterruptedException {
        try {
            var ready = Waiting.of(preparing);
            return new Job(
                    wiring,
                    ready.spark(),
                    ready.compiled(),
                    PipelineStore.open(ready.compiled(), wiring.services(), wiring.clock()));
        } catch (RuntimeException | InterruptedException e) {
            wiring.services().close();
            throw e;
        }
    }

    Feeding feeding() {
        return new Feeding(compiled.pipeline(), wiring);
    }

    /**
     * Asked for by whoever reads or feeds: a job that only looks at tables has no broker. The same one each time, since a file that is
     * taken in while somebody else counts what waits would be counted twice.
     */
    synchronized Input input() {
        var known = input;
        if (known == null) {
            known = opened();
            input = known;
        }
        return known;
    }

    private Input opened() {
        var pipeline = compiled.pipeline();
        return pipeline.source()
                .foldStreamed(
                        kafka -> new TopicInput(
                                kafka,
                                Envelope.of(pipeline.schema()),
                                wiring.services().kafka(),
                                store.topic(),
                                wiring.clock()),
                        files ->
                                FolderInput.of(pipeline, files, store.inventory(), wiring.workspace(), wiring.clock()));
    }

    StreamJob stream(StreamJob.Pace pace) {
        return new StreamJob(spark.runtime(), compiled, store, wiring, input(), pace);
    }

    RebuildJob rebuilding() {
        return new RebuildJob(spark.runtime(), compiled, store, wiring);
    }

    BatchJob batch() {
        return new BatchJob(spark.runtime(), compiled, store, wiring);
    }

    CompareJob comparison() {
        return new CompareJob(spark, compiled, store, wiring);
    }

    /** Writes a comparison into {@code out} with what explains its worst rows; returns the path of the page. */
    Path written(Report report, Path out) {
        var worst = DifferingRows.worst(report.differences(), ReportWriter.WORST);
        return ReportWriter.write(report, () -> explanation().bridges(worst.rows()), out);
    }

    ExplainJob explanation() {
        return new ExplainJob(spark.runtime(), compiled, store, wiring);
    }

    TrialJob trial() {
        return new TrialJob(spark.runtime(), compiled, store, wiring.narrator());
    }

    CapsuleJob capsule() {
        return new CapsuleJob(spark.runtime(), compiled, store, wiring);
    }

    CapsuleStream capsuleStream() {
        return new CapsuleStream(spark.runtime(), compiled, store, wiring);
    }

    TraceJob trace() {
        store.definition().requireSame("trace a record of");
        return new TraceJob(spark.runtime(), compiled, store);
    }

    /** Keeps the {@code report.json} beside {@code page} as this pipeline's last one. */
    void keep(Path page) {
        new LatestReport(wiring.workspace(), compiled.pipeline().name()).keep(page);
    }

    /** The rows of a lake as a file of JSON lines, which goes with Spark's scratch files. */
    Path rowsOf(Path lake) {
        var fields = compiled.pipeline().schema().inRecord().names();
        var file = spark.scratch().folder().resolve("lake-%s.jsonl".formatted(UUID.randomUUID()));
        LakeRows.write(spark.runtime(), lake, fields, file);
        return file;
    }

    Pipeline pipeline() {
        return compiled.pipeline();
    }

    PipelineStore store() {
        return store;
    }

    /** The same pipeline's tables under {@code services}, as an earlier run has left them. */
    PipelineStore storeOf(Services services) {
        return PipelineStore.asLeft(compiled, services, wiring.clock());
    }

    Wiring wiring() {
        return wiring;
    }

    @Override
    public void close() {
        spark.close();
        wiring.services().close();
    }
}
