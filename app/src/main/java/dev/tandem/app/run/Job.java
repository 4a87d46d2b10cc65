package dev.tandem.app.run;

import dev.tandem.engine.Compiled;
import dev.tandem.engine.SparkRuntime;
import dev.tandem.local.Lifetime;
import dev.tandem.model.Pipeline;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

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
    private final SparkRuntime spark;
    private final Compiled compiled;
    private final PipelineStore store;

    private Job(Wiring wiring, SparkRuntime spark, Compiled compiled, PipelineStore store) {
        this.wiring = wiring;
        this.spark = spark;
        this.compiled = compiled;
        this.store = store;
    }

    /** Starts servers and Spark side by side, since each takes seconds. */
    static Job open(Workspace workspace, Pipeline pipeline, Servers servers, Clock clock, Narrator narrator)
            throws InterruptedException {
        var opening = CompletableFuture.supplyAsync(() -> Sparks.local(workspace));
        try {
            var services = switch (servers) {
                case RUNNING -> Services.running(workspace, pipeline);
                case ANY -> Services.start(workspace, pipeline, Lifetime.WITH_THIS_JVM, narrator);
                case DATABASES -> Services.databases(workspace, pipeline, narrator);
            };
            return open(new Wiring(workspace, services, clock, narrator), pipeline, opening);
        } catch (RuntimeException | InterruptedException e) {
            Waiting.closeWhenOpen(opening);
            throw e;
        }
    }

    private static Job open(Wiring wiring, Pipeline pipeline, CompletableFuture<SparkRuntime> opening)
            throws InterruptedException {
        try {
            var spark = Waiting.of(opening);
            var compiled = Compiled.of(pipeline, spark);
            wiring.narrator().tell("Spark %s is up, '%s' is compiled".formatted(spark.version(), pipeline.name()));
            return new Job(wiring, spark, compiled, PipelineStore.open(compiled, wiring.services(), wiring.clock()));
        } catch (RuntimeException | InterruptedException e) {
            wiring.services().close();
            throw e;
        }
    }

    Feeding feeding() {
        return new Feeding(compiled.pipeline(), wiring.services().bootstrap(), wiring.narrator());
    }

    StreamJob stream(StreamJob.Pace pace) {
        return new StreamJob(spark, compiled, store, wiring, pace);
    }

    BatchJob batch() {
        return new BatchJob(spark, compiled, store, wiring.clock())
                .publishingTo(wiring.services().bootstrap());
    }

    CompareJob comparison() {
        return new CompareJob(spark, compiled, store, wiring.clock());
    }

    PipelineStore store() {
        return store;
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
