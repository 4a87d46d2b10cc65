package dev.tandem.app.run;

import dev.tandem.feed.FeedSummary;
import dev.tandem.feed.Pace;
import dev.tandem.model.Generate;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.proof.Report;
import dev.tandem.proof.report.ReportWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    private static final int MICRO_BATCHES = 50;
    /** A live feed is cut by its own time; the stream must be able to catch up with what came while it was cold. */
    private static final int LIVE_MICRO_BATCHES = 10;

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
    private final Clock clock;
    private final Narrator narrator;

    public Demo(Workspace workspace, Clock clock, Narrator narrator) {
        this.workspace = workspace;
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
                    Hosting.local(workspace), pipeline, Job.Servers.ANY, DimensionFiles.Version.NOW, clock, narrator)) {
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
        stream(wish, job);
        var batch = job.batch().run();
        narrator.tell("batch: %,d records counted from the landed log in %.1f s"
                .formatted(batch.recount().fates().read(), batch.seconds()));
        var report = job.comparison().run(wish.command());
        narrator.tell("compared: " + report.verdict().word());
        var file = ReportWriter.write(report, wish.out());
        new LatestReport(workspace, wish.pipeline().name()).keep(file);
        narrator.tell("report written");
        return new Result(report, file);
    }

    private void stream(Wish wish, Job job) throws InterruptedException {
        var feeding = job.feeding();
        feeding.ensure();
        var truth = workspace.truth(wish.pipeline().name());
        boolean waits = wish.input().isPresent() || wish.pipeline().source() instanceof Source.Files;
        var feed = feedWish(wish, feeding, waits);
        if (waits) {
            told(feeding.send(feed, truth), whole(wish) ? "files" : "records");
        }
        long records = waits ? sum(job.input().end()) : feed.events().orElse(0);
        var pace = new StreamJob.Pace(
                Optional.of(Duration.ZERO),
                Optional.of(microBatch(records, waits ? MICRO_BATCHES : LIVE_MICRO_BATCHES)),
                waits ? StreamJob.Load.BACKLOG : StreamJob.Load.LIVE);
        try (var stream = job.stream(pace)) {
            if (!waits) {
                told(feeding.send(feed, truth), "records");
            }
            stream.drainTo(job.input().end());
            stream.run().closeWindows();
            var reading = stream.finish("drained");
            narrator.tell(
                    "stream: %,d records in %,d micro-batches, %,d late, %,d duplicate, %,d quarantined; windows closed"
                            .formatted(
                                    reading.fates().read(),
                                    reading.microBatches(),
                                    reading.fates().late(),
                                    reading.fates().duplicate(),
                                    reading.fates().quarantined()));
        }
    }

    private static boolean whole(Wish wish) {
        return wish.input().isPresent()
                && wish.disorder().isEmpty()
                && wish.pipeline().source() instanceof Source.Files;
    }

    private void told(FeedSummary summary, String what) {
        narrator.tell(
                "fed %,d %s at %,.0f/s, every one acknowledged".formatted(summary.acked(), what, summary.perSecond()));
    }

    /** At least so many micro-batches whatever the size, so that the watermark moves while the input is read. */
    private static int microBatch(long records, int parts) {
        return (int) Math.max(100, Math.min(20_000, records / parts));
    }

    private static long sum(Map<Integer, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
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
