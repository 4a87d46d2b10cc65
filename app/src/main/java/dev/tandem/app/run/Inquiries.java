package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.landed.TraitSearch;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.model.Pipeline;
import dev.tandem.parity.explain.Answer;
import dev.tandem.parity.explain.RecordTrace;
import dev.tandem.parity.explain.Trial;
import dev.tandem.parity.traits.CommonTraits;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions of the web UI about rows and records. Spark starts with the first question and keeps running, and compiled
 * definitions are cached, because starting takes longer than answering. One question at a time, so that many questions at once do
 * not slow down the stream.
 */
public final class Inquiries implements AutoCloseable {
    /** Whose Spark is used. */
    public enum Spark {
        /** One that is started for the questions. */
        ITS_OWN,
        /** The one of the run in this process, which has one Spark for all it does. */
        OF_THE_RUN
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Spark whose;
    private final Clock clock;
    private final Narrator narrator;
    private final ReentrantLock asking = new ReentrantLock(true);
    private final Map<String, Compiled> compiled = new HashMap<>();
    private @Nullable OpenSpark own;

    public Inquiries(Spark whose, Clock clock, Narrator narrator) {
        this.whose = whose;
        this.clock = clock;
        this.narrator = narrator;
    }

    /** Why a row differs, as the last runs have left it. */
    public Answer explain(Hosting hosting, Pipeline pipeline, RowQuestion question) {
        return asked(
                hosting,
                pipeline,
                it -> new ExplainJob(it.spark(), it.compiled(), it.store(), it.wiring()).run(question));
    }

    /** What rows would have been with another watermark delay. */
    public Trial tryDelay(Hosting hosting, Pipeline pipeline, RowQuestion question, Duration delay) {
        return asked(
                hosting,
                pipeline,
                it -> new TrialJob(it.spark(), it.compiled(), it.store(), narrator).run(question, delay));
    }

    /** What became of a record. */
    public RecordTrace trace(Hosting hosting, Pipeline pipeline, RecordQuestion question) {
        return asked(hosting, pipeline, it -> new TraceJob(it.spark(), it.compiled(), it.store()).run(question));
    }

    /** What the records have in common that the stream refused. */
    public CommonTraits common(Hosting hosting, Pipeline pipeline, TraitSearch.Kind kind) {
        return asked(hosting, pipeline, it -> new CommonJob(it.spark(), it.compiled(), it.store()).run(kind));
    }

    /** What answers a question. */
    private record Desk(SparkRuntime spark, Compiled compiled, PipelineStore store, Wiring wiring) {}

    private <T> T asked(Hosting hosting, Pipeline pipeline, Function<Desk, T> question) {
        if (!Whereabouts.hasRun(hosting, pipeline)) {
            throw new EngineException("Cannot tell anything of '%s': it has not run yet; run it with ./tandem demo %s"
                    .formatted(pipeline.name(), pipeline.name()));
        }
        if (!entered()) {
            throw new EngineException("Cannot answer now: other questions take longer than %d s; ask again later"
                    .formatted(PATIENCE.toSeconds()));
        }
        try {
            var latest =
                    new Hosting(hosting.workspace().latest(pipeline.name()), hosting.environment(), hosting.master());
            var spark = spark(latest);
            var ready = compiled(spark, latest, Writers.connected(latest, pipeline));
            try (var services = Services.seen(latest, pipeline)) {
                var wiring = new Wiring(latest.workspace(), services, clock, narrator);
                return question.apply(new Desk(spark, ready, PipelineStore.asLeft(ready, services, clock), wiring));
            }
        } finally {
            asking.unlock();
        }
    }

    private boolean entered() {
        try {
            return asking.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private SparkRuntime spark(Hosting hosting) {
        if (whose == Spark.OF_THE_RUN) {
            return SparkRuntime.ofTheRun(hosting.workspace().scratch())
                    .orElseThrow(() -> new EngineException(
                            "Cannot answer yet: the run is starting Spark; ask again in some seconds"));
        }
        var open = own;
        if (open == null || open.runtime().stopped()) {
            compiled.clear();
            open = Sparks.local(hosting.workspace());
            own = open;
        }
        return open.runtime();
    }

    /** Kept for each definition and state folder, unless it joins dimensions, of which a run may have kept newer versions. */
    private Compiled compiled(SparkRuntime spark, Hosting hosting, Pipeline pipeline) {
        if (!pipeline.dimensions().isEmpty()) {
            return Compiled.of(
                    pipeline,
                    spark,
                    new DimensionFiles(hosting.workspace(), pipeline).read(DimensionFiles.Version.KEPT));
        }
        var id = pipeline.name() + " " + pipeline.hash();
        var known = Optional.ofNullable(compiled.get(id)).filter(it -> it.runsIn(spark));
        var ready = known.orElseGet(() -> Compiled.of(pipeline, spark));
        compiled.put(id, ready);
        return ready;
    }

    @Override
    public void close() {
        asking.lock();
        try {
            if (own != null) {
                own.close();
                own = null;
            }
        } finally {
            asking.unlock();
        }
    }
}
