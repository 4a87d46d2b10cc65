package dev.tandem.app.run;

import dev.tandem.model.Mode;
import dev.tandem.model.Pipeline;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** A pipeline's batch that can be run again and again over the servers of {@code up}, with one Spark kept open between runs. */
public final class ScheduledBatch implements AutoCloseable {
    private final Job job;
    private final Pipeline pipeline;
    private Optional<RunNote> note = Optional.empty();

    private ScheduledBatch(Job job, Pipeline pipeline) {
        this.job = job;
        this.pipeline = pipeline;
    }

    public static ScheduledBatch open(Hosting hosting, Pipeline pipeline, Clock clock, Narrator narrator)
            throws InterruptedException {
        var job = Job.open(hosting, pipeline, Job.Servers.RUNNING, DimensionFiles.Version.KEPT, clock, narrator);
        return new ScheduledBatch(job, pipeline);
    }

    /** When the batch was last begun, by whomever. */
    public Optional<Instant> lastRun() {
        return job.store()
                .runs()
                .latest(pipeline.name(), Mode.BATCH)
                .map(run -> run.start().started());
    }

    /** Lets others know that this process runs the batch, and when next. */
    public void next(Instant moment) {
        if (note.isEmpty()) {
            note = Optional.of(RunNote.begin(job.wiring().workspace(), pipeline.name(), RunNote.Verb.SCHEDULE));
        }
        note.get().next(moment);
    }

    public void run() {
        job.batch().run();
    }

    @Override
    public void close() {
        note.ifPresent(RunNote::close);
        job.close();
    }
}
