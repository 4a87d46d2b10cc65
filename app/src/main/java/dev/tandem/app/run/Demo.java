package dev.tandem.app.run;

import dev.tandem.engine.spark.SparkMaster;
import dev.tandem.feed.Pace;
import dev.tandem.model.Generate;
import dev.tandem.model.Pipeline;
import dev.tandem.parity.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The whole job from nothing to a verdict, in a workspace of its own: servers, feed, stream, batch, comparison, report. Generated
 * records are fed while the stream runs, as in life; a file is loaded first and then drained. Micro-batches of both end at
 * planned positions, so that the same seed and the same file always give the same late records, causes and verdict.
 */
public final class Demo {
    private static final Duration SPAN = Duration.ofHours(2);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long MOST_EVENTS = 100_000;

    /**
     * What to show.
     *
     * @param input real records; empty for the generator
     * @param perSecond how fast generated records are fed; empty for as fast as their number asks for
     * @param out the report's folder
     */
    public record Request(
            Pipeline pipeline,
            Optional<Path> input,
            OptionalLong events,
            OptionalDouble perSecond,
            Optional<Duration> disorder,
            Optional<Long> seed,
            Path out,
            List<String> command) {}

    /** The result, and the path of the report. */
    public record Result(Report report, Path file) {}

    private final Workspace workspace;
    private final SparkMaster master;
    private final Clock clock;
    private final Narrator narrator;

    /** With servers of its own under {@code workspace}, and Spark's tasks run by {@code master}. */
    public Demo(Workspace workspace, SparkMaster master, Clock clock, Narrator narrator) {
        this.workspace = workspace;
        this.master = master;
        this.clock = clock;
        this.narrator = narrator;
    }

    /** Runs it all; {@code keep} continues with what an earlier demo left. */
    public Result run(Request request, Keep keep) throws InterruptedException {
        return workspace.whileClaimed(() -> {
            if (keep == Keep.NOTHING) {
                workspace.empty();
            }
            var pipeline = request.pipeline();
            narrator.tell("starting Spark");
            try (var job = Job.open(
                    Hosting.local(workspace).on(master),
                    pipeline,
                    Job.Servers.ANY,
                    DimensionFiles.Version.NOW,
                    clock,
                    narrator)) {
                return run(request, job);
            }
        });
    }

    /** Whether state of an earlier demo is used again. */
    public enum Keep {
        NOTHING,
        EVERYTHING
    }

    private Result run(Request request, Job job) throws InterruptedException {
        var round = new Round(job, narrator);
        var feeding = job.feeding();
        feeding.ensure();
        var truth = workspace.truth(request.pipeline().name());
        if (request.input().isPresent() || request.pipeline().source().asFiles().isPresent()) {
            var feed = feedRequest(request, events(request, feeding), new Pace.Unpaced());
            round.backlog(() -> feeding.send(feed, truth), feeding.bringsFiles(feed) ? "files" : "records");
        } else {
            var plan = plan(request, feeding);
            var feed = feedRequest(request, plan.events(), new Pace.Evenly(plan.perSecond()));
            round.planned(standing -> feeding.send(feed, truth, standing), plan.sizes());
        }
        return round.proven(request.command(), request.out());
    }

    static LivePlan plan(Request request, Feeding feeding) {
        long events = events(request, feeding);
        return LivePlan.of(
                events, spacing(request, events), request.pipeline().watermark().delay(), request.perSecond());
    }

    /** Two hours of events, or as many as the definition's generator has. */
    private static long events(Request request, Feeding feeding) {
        return request.events()
                .orElseGet(() -> feeding.usualEvents()
                        .orElse(Math.min(MOST_EVENTS, (long) (rate(request.pipeline()) * SPAN.toSeconds()))));
    }

    private static double rate(Pipeline pipeline) {
        return pipeline.generate().map(Generate::perSecond).orElse(100.0);
    }

    private static Duration spacing(Request request, long events) {
        var spacing = SPAN.dividedBy(Math.max(1, events));
        var own = Duration.ofNanos((long) (1e9 / rate(request.pipeline())));
        return spacing.compareTo(own) > 0 ? spacing : own;
    }

    static Feeding.Request feedRequest(Request request, long events, Pace pace) {
        return new Feeding.Request(
                request.input(),
                request.input().isEmpty() ? OptionalLong.of(events) : OptionalLong.empty(),
                Optional.of(spacing(request, events)),
                START,
                request.disorder(),
                request.seed(),
                pace);
    }
}
