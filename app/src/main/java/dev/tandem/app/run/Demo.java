package dev.tandem.app.run;

import dev.tandem.engine.SparkMaster;
import dev.tandem.feed.Pace;
import dev.tandem.model.Generate;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.proof.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The whole job from nothing to a verdict, in a workspace of its own: servers, feed, stream, batch, comparison, report. Generated
 * records are fed while the stream runs, as in life; a file is loaded first and then drained in micro-batches of a fixed size, so
 * that the same file always gives the same result.
 */
public final class Demo {
    private static final Duration SPAN = Duration.ofHours(2);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long MOST_EVENTS = 100_000;

    /**
     * What to show.
     *
     * @param input real records; empty for the generator
     * @param perSecond how fast generated records are fed
     * @param out the report's folder
     */
    public record Wish(
            Pipeline pipeline,
            Optional<Path> input,
            OptionalLong events,
            double perSecond,
            Optional<Duration> disorder,
            Optional<Long> seed,
            Path out,
            List<String> command) {}

    /** What came of it, and where the report lies. */
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
    public Result run(Wish wish, Keep keep) throws InterruptedException {
        return workspace.whileClaimed(() -> {
            if (keep == Keep.NOTHING) {
                workspace.empty();
            }
            var pipeline = wish.pipeline();
            narrator.tell("starting Spark");
            try (var job = Job.open(
                    Hosting.local(workspace).on(master),
                    pipeline,
                    Job.Servers.ANY,
                    DimensionFiles.Version.NOW,
                    clock,
                    narrator)) {
                return run(wish, job);
            }
        });
    }

    /** Whether state of an earlier demo is used again. */
    public enum Keep {
        NOTHING,
        EVERYTHING
    }

    private Result run(Wish wish, Job job) throws InterruptedException {
        var round = new Round(job, narrator);
        var feeding = job.feeding();
        feeding.ensure();
        var truth = workspace.truth(wish.pipeline().name());
        boolean waits = wish.input().isPresent() || wish.pipeline().source() instanceof Source.Files;
        var feed = feedWish(wish, feeding, waits);
        if (waits) {
            round.backlog(() -> feeding.send(feed, truth), feeding.bringsFiles(feed) ? "files" : "records");
        } else {
            round.live(() -> feeding.send(feed, truth), feed.events().orElse(0));
        }
        return round.proven(wish.command(), wish.out());
    }

    /** Two hours of events, or as many as the definition's generator has; what waits before the stream begins needs no pace. */
    private static Feeding.Wish feedWish(Wish wish, Feeding feeding, boolean waits) {
        var generate = wish.pipeline().generate();
        double rate = generate.map(Generate::perSecond).orElse(100.0);
        long events = wish.events()
                .orElseGet(() -> feeding.usualEvents().orElse(Math.min(MOST_EVENTS, (long) (rate * SPAN.toSeconds()))));
        var spacing = SPAN.dividedBy(Math.max(1, events));
        var own = Duration.ofNanos((long) (1e9 / rate));
        return new Feeding.Wish(
                wish.input(),
                wish.input().isEmpty() ? OptionalLong.of(events) : OptionalLong.empty(),
                Optional.of(spacing.compareTo(own) > 0 ? spacing : own),
                START,
                wish.disorder(),
                wish.seed(),
                waits ? new Pace.Unpaced() : new Pace.Evenly(wish.perSecond()));
    }
}
