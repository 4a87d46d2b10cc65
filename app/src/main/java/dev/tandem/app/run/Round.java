package dev.tandem.app.run;

import dev.tandem.engine.source.PlannedSource;
import dev.tandem.feed.FeedSummary;
import dev.tandem.feed.Standing;
import dev.tandem.parity.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One round of a pipeline whose input comes to an end: the stream over all of it, the batch over the same records, the comparison. */
record Round(Job job, Narrator narrator) {
    private static final int MICRO_BATCHES = 50;
    /** A live feed that is cut by the clock; the stream must be able to catch up with what came while it was cold. */
    private static final int LIVE_MICRO_BATCHES = 10;
    /** How often a stream looks whether its next cut is reached. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

    /**
     * Streams what {@code feed} has left in the input when it ends, in micro-batches of a size that depends on nothing else: the same input
     * gives the same result.
     */
    void backlog(Supplier<FeedSummary> feed, String what) throws InterruptedException {
        tell(feed.get(), what);
        long records =
                job.input().end().values().stream().mapToLong(Long::longValue).sum();
        try (var stream = stream(records, StreamJob.Load.BACKLOG)) {
            drain(stream);
        }
    }

    /** Streams while {@code feed} sends about so many records, as in life: the clock cuts the micro-batches. */
    void live(Supplier<FeedSummary> feed, long records) throws InterruptedException {
        try (var stream = stream(records, StreamJob.Load.LIVE)) {
            tell(feed.get(), "records");
            drain(stream);
        }
    }

    /**
     * Streams while {@code feed} sends, and cuts the micro-batches by the number of its records: the same records give the same
     * result at any pace.
     */
    void planned(Function<Standing, FeedSummary> feed, FeedCuts.Sizes sizes) throws InterruptedException {
        var cuts = new FeedCuts(sizes);
        var pace = new StreamJob.Pace(
                Optional.of(BETWEEN_LOOKS),
                Optional.of(Integer.MAX_VALUE),
                StreamJob.Load.LIVE,
                source -> new PlannedSource(source, cuts));
        try (var stream = job.stream(pace)) {
            tell(feed.apply(cuts), "records");
            cuts.ended(job.input().end());
            drain(stream);
        }
    }

    private void tell(FeedSummary summary, String what) {
        narrator.tell(
                "fed %,d %s at %,.0f/s, every one acknowledged".formatted(summary.acked(), what, summary.perSecond()));
    }

    private StreamJob stream(long records, StreamJob.Load load) {
        int parts = load == StreamJob.Load.LIVE ? LIVE_MICRO_BATCHES : MICRO_BATCHES;
        var size =
                job.input() instanceof TopicInput ? Optional.of(microBatch(records, parts)) : Optional.<Integer>empty();
        return job.stream(new StreamJob.Pace(Optional.of(Duration.ZERO), size, load));
    }

    /**
     * At least so many micro-batches whatever the size, so that the watermark moves while the input is read. Files bring sizes of their
     * own, which the definition's {@code max_files} and {@code max_records} cut.
     */
    private static int microBatch(long records, int parts) {
        return (int) Math.max(100, Math.min(20_000, records / parts));
    }

    private void drain(StreamJob stream) throws InterruptedException {
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

    /** Counts the same records as a batch, compares, and writes the report into {@code out}; {@code command} leads there again. */
    Demo.Result proven(List<String> command, Path out) throws InterruptedException {
        var batch = job.batch().run();
        narrator.tell("batch: %,d records counted from the landed log in %.1f s"
                .formatted(batch.counts().fates().read(), batch.seconds()));
        Report report = job.comparison().run(command);
        narrator.tell("compared: " + report.verdict().word());
        var file = job.written(report, out);
        job.keep(file);
        narrator.tell("report written");
        return new Demo.Result(report, file);
    }
}
