package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.source.TopicStart;
import dev.tandem.engine.stream.StreamRun;
import dev.tandem.feed.FeedSummary;
import dev.tandem.feed.Pace;
import dev.tandem.files.FilesLog;
import dev.tandem.files.Intake;
import dev.tandem.model.Generate;
import dev.tandem.model.Mode;
import dev.tandem.model.Pipeline;
import dev.tandem.parity.explain.Answer;
import dev.tandem.parity.explain.RecordTrace;
import dev.tandem.parity.explain.Trial;
import dev.tandem.servers.Lifetime;
import dev.tandem.servers.LocalService;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The pieces of the main job, each alone, for the verbs of the command line. */
public final class Operations {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final Hosting hosting;
    private final Workspace workspace;
    private final Pipeline pipeline;
    private final Clock clock;
    private final Narrator narrator;

    public Operations(Hosting hosting, Pipeline pipeline, Clock clock, Narrator narrator) {
        this.hosting = hosting;
        this.workspace = hosting.workspace();
        this.pipeline = pipeline;
        this.clock = clock;
        this.narrator = narrator;
    }

    /** Starts the pipeline's servers, which stay until {@link #down}; gives a line for each. */
    public List<String> up() {
        try (var services = Services.start(hosting, pipeline, Lifetime.UNTIL_STOPPED, narrator)) {
            new Feeding(pipeline, wiring(services)).ensure();
        }
        return Services.attached(workspace).stream()
                .map(it -> it.name() + "  " + it.address())
                .toList();
    }

    /** Stops every server that {@link #up} left running under {@code workspace}; gives their names. */
    public static List<String> down(Workspace workspace) {
        var services = Services.attached(workspace);
        services.forEach(LocalService::stop);
        return services.stream().map(LocalService::name).toList();
    }

    /** What to feed: real records or generated ones, how many, and how fast. */
    public record Feed(
            Optional<Path> input,
            OptionalLong events,
            Optional<Duration> disorder,
            Optional<Long> seed,
            Optional<Double> perSecond,
            boolean unpaced) {}

    /**
     * What was fed.
     *
     * @param what the summary's unit: {@code records}, or {@code files} where they were brought as they are
     */
    public record Fed(FeedSummary summary, String what) {}

    /** Sends records to the pipeline's topic or folder until they end or the thread is interrupted. */
    public Fed generate(Feed feed) {
        try (var services = Services.running(hosting, pipeline)) {
            var feeding = new Feeding(pipeline, wiring(services));
            feeding.ensure();
            var wish = wish(feed, feeding);
            return new Fed(
                    feeding.send(wish, workspace.truth(pipeline.name())),
                    feeding.bringsFiles(wish) ? "files" : "records");
        }
    }

    /**
     * Paced events happen as they are sent; unpaced ones are back-dated so that the last event is now. Without a seed each feed gets
     * its own, so that a second one sends other events and not the same ones again.
     */
    private Feeding.Request wish(Feed feed, Feeding feeding) {
        double rate = feed.perSecond()
                .orElse(pipeline.generate().map(Generate::perSecond).orElse(100.0));
        var spacing = Duration.ofNanos((long) (1e9 / rate));
        long seed = feed.seed().orElse(pipeline.generate().map(Generate::seed).orElse(1L) + feeding.before());
        var now = clock.instant();
        var events = feed.events().isPresent() || feed.input().isPresent() ? feed.events() : feeding.usualEvents();
        boolean past = feed.unpaced() && events.isPresent();
        return new Feeding.Request(
                feed.input(),
                events,
                Optional.of(spacing),
                past ? now.minus(spacing.multipliedBy(events.getAsLong())) : now,
                feed.disorder(),
                Optional.of(seed),
                feed.unpaced() ? new Pace.Unpaced() : Feeding.pace(pipeline.generate(), feed.perSecond()));
    }

    private Wiring wiring(Services services) {
        return new Wiring(workspace, services, clock, narrator);
    }

    /** What becomes of the windows that are open when a topic is drained. */
    public enum Open {
        /** They stay open for what comes later. */
        STAYS,
        /** They close: the input has ended, and what comes later is late. */
        CLOSES
    }

    /**
     * How a stream is started again.
     *
     * @param topic where it goes on if its topic does not fit the ledger any more
     */
    public record Resuming(State state, TopicStart topic) {}

    /** Where a stream that is started again takes its state from. */
    public enum State {
        /** From its state files and what was landed since, or, where they are missing or torn, from the landed log. */
        SAVED,
        /** From the landed log alone, and the results with it where the definition has changed. */
        REBUILT
    }

    /** Runs the stream until all that the topic holds now is committed. */
    public String drain(Open windows, Resuming resuming) throws InterruptedException {
        StreamRun.requireFree(workspace.checkpoint(pipeline.name()), pipeline.name());
        try (var job = Job.open(hosting, pipeline, Job.Servers.RUNNING, DimensionFiles.Version.NOW, clock, narrator)) {
            job.feeding().ensure();
            rebuild(job, resuming.state());
            var done = drained(job, windows, atOnce().from(resuming.topic()));
            var held = job.input().heldBack();
            return "drained: %,d records in %,d micro-batches%s%s"
                    .formatted(
                            done.records(),
                            done.microBatches(),
                            windows == Open.CLOSES ? "; windows closed" : "",
                            held.isEmpty() ? "" : "; " + String.join("; ", held));
        }
    }

    private SupervisedStream.Done drained(Job job, Open windows, StreamJob.Pace pace) throws InterruptedException {
        var end = new TreeMap<Integer, Long>();
        return new SupervisedStream(job, pipeline, pace)
                .run(
                        stream -> {
                            if (end.isEmpty()) {
                                end.putAll(job.input().end());
                            }
                            stream.drainTo(end);
                            if (windows == Open.CLOSES) {
                                stream.run().closeWindows();
                            }
                        },
                        "drained");
    }

    private static void rebuild(Job job, State state) throws InterruptedException {
        if (state == State.REBUILT) {
            job.rebuilding().run();
        }
    }

    /** Runs the stream until the thread is interrupted. */
    public void stream(Resuming resuming) throws InterruptedException {
        StreamRun.requireFree(workspace.checkpoint(pipeline.name()), pipeline.name());
        try (var job = Job.open(hosting, pipeline, Job.Servers.RUNNING, DimensionFiles.Version.NOW, clock, narrator)) {
            job.feeding().ensure();
            rebuild(job, resuming.state());
            live(job, asDefined(StreamJob.Load.LIVE).from(resuming.topic()));
        }
    }

    private void live(Job job, StreamJob.Pace pace) throws InterruptedException {
        new SupervisedStream(job, pipeline, pace).run(StreamJob::live, "stopped");
    }

    /** What lies waiting is not worth a trigger's wait between two micro-batches. */
    private static StreamJob.Pace atOnce() {
        return new StreamJob.Pace(Optional.of(Duration.ZERO), Optional.empty(), StreamJob.Load.BACKLOG);
    }

    private static StreamJob.Pace asDefined(StreamJob.Load load) {
        return new StreamJob.Pace(Optional.empty(), Optional.empty(), load);
    }

    /**
     * What a batch counts.
     *
     * @param other something else than what the stream has landed
     * @param from the windows that begin before it keep the rows they have; empty for all
     * @param until the same for those that begin at or after it
     */
    public record Counting(Optional<Input> other, Optional<Instant> from, Optional<Instant> until) {
        /** Where records may come from besides the landed log. */
        public sealed interface Input {
            /** A file or a folder of files in the source's format. */
            record InFiles(Path path) implements Input {}

            /** A table of the ledger's database, whose columns are named as the schema's fields. */
            record InTable(String table) implements Input {}

            /** Parquet files under a folder, whose columns are named as the schema's fields. */
            record InLake(Path folder) implements Input {}
        }

        private Optional<BatchJob.Range> range() {
            return from.isEmpty() && until.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new BatchJob.Range(from.orElse(EARLIEST), until.orElse(LATEST)));
        }
    }

    /** Runs the batch once. Over files it needs no stream before it and no server but the database. */
    public String batch(Counting counting) throws InterruptedException {
        var servers = counting.other().isPresent() && pipeline.topics().isEmpty()
                ? Job.Servers.DATABASES
                : Job.Servers.RUNNING;
        boolean inFiles =
                counting.other().map(Counting.Input.InFiles.class::isInstance).orElse(true);
        var counted = inFiles ? pipeline : pipeline.ofRows();
        try (var job = Job.open(hosting, counted, servers, DimensionFiles.Version.KEPT, clock, narrator)) {
            var batch = job.batch();
            var over = counting.other().map(input -> over(input, job)).orElseGet(batch::landed);
            return told(batch.run(over, counting.range()));
        }
    }

    private BatchJob.Over over(Counting.Input input, Job job) {
        if (input instanceof Counting.Input.InTable it) {
            var log = job.store().table(it.table());
            return BatchJob.Over.whole(log, log.cut());
        }
        if (input instanceof Counting.Input.InLake it) {
            var rows = job.rowsOf(it.folder());
            var log = FilesLog.of(rows.toString(), Intake.of(FolderInput.form(pipeline.ofRows())));
            return BatchJob.Over.whole(log, log.cut());
        }
        var place = ((Counting.Input.InFiles) input).path().toString();
        var log = FilesLog.of(place, FolderInput.intake(pipeline));
        new LeftOutFiles(narrator).tell(place, log.leftOut());
        return BatchJob.Over.whole(log, log.cut());
    }

    static String told(BatchJob.Done done) {
        return Summary.of(done.counts()).told()
                + "batch: %,d records counted in %.1f s"
                        .formatted(done.counts().fates().read(), done.seconds());
    }

    /** Compares the last stream with the last batch and writes the report into {@code out}. */
    public Demo.Result compare(Path out) throws InterruptedException {
        try (var job = Job.open(hosting, pipeline, Job.Servers.RUNNING, DimensionFiles.Version.KEPT, clock, narrator)) {
            var reporting = new Reporting(hosting, job, narrator);
            var result = reporting.write(out);
            reporting.awaitAlert();
            return result;
        }
    }

    /** The end of the last window that the last comparison has compared. */
    public Optional<Instant> comparedUntil() {
        return new ComparisonLog(workspace.report(pipeline.name())).until();
    }

    /** A thing to do at each time of the schedule, with Spark and servers at hand. */
    public interface Scheduled {
        void at(Instant due) throws InterruptedException;
    }

    /** Feed, stream, scheduled batches and a comparison after each, all at once, until the thread is interrupted. */
    public void start(Feed feed, Live live) throws InterruptedException {
        new StartJob(hosting, pipeline, clock, narrator)
                .run(feeding -> feeding.send(wish(feed, feeding), workspace.truth(pipeline.name())), live);
    }

    /** Runs a batch at the times it knows, until its thread is interrupted. */
    public interface Live {
        /** {@code next} receives the time of each batch before the wait for it begins. */
        void schedule(Runnable batch, Consumer<Instant> next);
    }

    /** Writes a view's rows in {@code format} to {@code out}, sorted by window and key. */
    public void export(String view, Mode mode, ExportJob.Format format, PrintStream out) throws InterruptedException {
        requireStored(view, "export");
        try (var job = reading()) {
            job.store().definition().requireSame("export rows of");
            var shape = job.store().stored().stream()
                    .filter(it -> it.name().equals(view))
                    .findFirst()
                    .orElseThrow();
            try (var rows = job.store().rows(shape, mode)) {
                if (!rows.hasNext()) {
                    throw new EngineException(
                            "There is nothing to export: the %1$s has stored no row of '%2$s'; run ./tandem %1$s %3$s"
                                    .formatted(mode.word(), view, pipeline.name()));
                }
                new ExportJob(shape, format).write(rows, out);
            }
        }
    }

    /** Explains a row as the last runs have left it. */
    public Answer explain(RowQuestion question) throws InterruptedException {
        question.view().ifPresent(view -> requireStored(view, "explain"));
        try (var job = reading()) {
            return job.explanation().run(question);
        }
    }

    /** Counts rows again as the stream would have with another watermark delay. */
    public Trial tryDelay(RowQuestion question, Duration delay) throws InterruptedException {
        question.view().ifPresent(view -> requireStored(view, "try another delay with"));
        try (var job = reading()) {
            return job.trial().run(question, delay);
        }
    }

    /** Follows a record through both modes as the last runs have left it. */
    public RecordTrace trace(RecordQuestion question) throws InterruptedException {
        try (var job = reading()) {
            return job.trace().run(question);
        }
    }

    /** The pipeline where it ran last, to be read. */
    private Job reading() throws InterruptedException {
        requireRun();
        var latest = new Hosting(workspace.latest(pipeline.name()), hosting.environment(), hosting.master());
        return Job.open(latest, pipeline, Job.Servers.DATABASES, DimensionFiles.Version.KEPT, clock, narrator);
    }

    /** Told before a server or Spark is started for it. What lies in others' databases may come from another machine. */
    private void requireRun() {
        if (hosting.environment().databases().isEmpty()
                && pipeline.databases().stream().noneMatch(workspace.latest(pipeline.name())::holds)) {
            throw new EngineException(
                    "There is nothing to read: '%1$s' has stored nothing in %2$s; run ./tandem stream %1$s, or name another state folder with --home"
                            .formatted(pipeline.name(), workspace.home()));
        }
    }

    /** Told before a server is started for it. */
    private void requireStored(String view, String verb) {
        var stored = pipeline.outputs().stream()
                .filter(output -> output.asTable().isPresent() && output.what().isView())
                .map(output -> output.what().name())
                .distinct()
                .toList();
        if (!stored.contains(view)) {
            throw new EngineException("Cannot %s '%s': '%s' stores no view of that name in a table; use one of %s"
                    .formatted(verb, view, pipeline.name(), String.join(", ", stored)));
        }
    }
}
