package dev.tandem.app.run;

import dev.tandem.engine.source.RetryChoice;
import dev.tandem.engine.stream.StreamRun;
import dev.tandem.model.Pipeline;
import java.time.Clock;
import java.util.SortedMap;

/**
 * Judges records in quarantine again after a rule, a schema or a dimension has changed. They are counted where they came: in their own
 * micro-batches, against the watermarks of those. So none is late because it was refused first, and none can be counted twice.
 */
public final class RetryJob {
    /**
     * What was done.
     *
     * @param chosen how many records were judged again, by the rule that had refused them; empty if nothing was done
     * @param before how many records were in quarantine
     * @param after how many are now
     * @param held how many of them were not chosen
     */
    public record Done(SortedMap<String, Long> chosen, long before, long after, long held) {}

    private final Hosting hosting;
    private final Pipeline pipeline;
    private final Clock clock;
    private final Narrator narrator;

    public RetryJob(Hosting hosting, Pipeline pipeline, Clock clock, Narrator narrator) {
        this.hosting = hosting;
        this.pipeline = pipeline;
        this.clock = clock;
        this.narrator = narrator;
    }

    /** Killed at any point it has changed nothing that is in use, or the next run completes what it has decided. */
    public Done run(RetryChoice choice) throws InterruptedException {
        var name = pipeline.name();
        StreamRun.requireFree(hosting.workspace().checkpoint(name), name);
        try (var job =
                Job.open(hosting, pipeline, Job.Servers.DATABASES, DimensionFiles.Version.NOW, clock, narrator)) {
            var retried = job.rebuilding().retry(choice);
            return new Done(retried.chosen(), retried.before(), retried.after(), retried.before() - retried.judged());
        }
    }
}
