package dev.tandem.app.run;

import dev.tandem.engine.Compiled;
import dev.tandem.engine.SparkRuntime;
import dev.tandem.model.Mode;
import dev.tandem.model.Pipeline;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A pipeline's batch that can be run again and again over the servers of {@code up}, with one Spark kept open between runs. */
public final class ScheduledBatch implements AutoCloseable {
    private final Services services;
    private final SparkRuntime spark;
    private final Compiled compiled;
    private final Clock clock;

    private ScheduledBatch(Services services, SparkRuntime spark, Compiled compiled, Clock clock) {
        this.services = services;
        this.spark = spark;
        this.compiled = compiled;
        this.clock = clock;
    }

    /** Opens Spark on another thread: its start takes no notice of an interruption, and would swallow a Ctrl-C. */
    public static ScheduledBatch open(Workspace workspace, Pipeline pipeline, Clock clock) throws InterruptedException {
        var services = Services.running(workspace, pipeline);
        var spark = CompletableFuture.supplyAsync(() -> Sparks.local(workspace));
        var compiled = Waiting.of(spark.thenApply(it -> Compiled.of(pipeline, it)));
        return new ScheduledBatch(services, Waiting.of(spark), compiled, clock);
    }

    /** When the batch was last begun, by whomever. */
    public Optional<Instant> lastRun() {
        return store().runs()
                .latest(compiled.pipeline().name(), Mode.BATCH)
                .map(run -> run.start().started());
    }

    public void run() {
        new BatchJob(spark, compiled, store(), clock)
                .publishingTo(services.bootstrap())
                .run();
    }

    private PipelineStore store() {
        return PipelineStore.open(compiled, services, clock);
    }

    @Override
    public void close() {
        spark.close();
        services.close();
    }
}
