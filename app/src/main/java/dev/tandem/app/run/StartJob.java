package dev.tandem.app.run;

import dev.tandem.app.run.Operations.Live;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Feed, stream, batches and a comparison after each, all at once, in one process. Tells what it is at, here and on the page. */
record StartJob(Hosting hosting, Pipeline pipeline, Clock clock, Narrator narrator) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /** Until the thread is interrupted. */
    void run(Consumer<Feeding> feed, Live live) throws InterruptedException {
        var workspace = hosting.workspace();
        workspace.note(pipeline.name());
        try (var note = RunNote.begin(workspace, pipeline.name(), RunNote.Verb.START)) {
            note.doing("starting Spark and the servers");
            try (var job = Job.open(hosting, pipeline, Job.Servers.ANY, DimensionFiles.Version.NOW, clock, narrator)) {
                note.doing("opening the stream");
                var feeding = job.feeding();
                feeding.ensure();
                var producer = new Thread(() -> fed(() -> feed.accept(feeding)), "tandem-feed");
                var batches = new Thread(() -> batches(job, note, live), "tandem-schedule");
                try {
                    stream(job, producer, batches);
                } finally {
                    producer.interrupt();
                    batches.interrupt();
                    producer.join();
                    batches.join();
                }
            }
        }
    }

    /** The feed and the batches begin when the stream has. */
    private void stream(Job job, Thread producer, Thread batches) throws InterruptedException {
        var pace = new StreamJob.Pace(Optional.empty(), Optional.empty(), StreamJob.Load.LIVE);
        new SupervisedStream(job, pipeline, pace)
                .run(
                        stream -> {
                            if (producer.getState() == Thread.State.NEW) {
                                producer.start();
                                batches.start();
                            }
                            stream.live();
                        },
                        "stopped");
    }

    /** A feed that breaks off leaves stream and batches running, and is told. */
    private void fed(Runnable feed) {
        try {
            feed.run();
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            narrator.tell("the feed broke off: %s; the stream goes on without it".formatted(Reason.of(e)));
        }
    }

    private void batches(Job job, RunNote note, Live live) {
        try {
            first(job, note);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (pipeline.batch().schedule().isEmpty()) {
            narrator.tell(
                    "no further comparison is scheduled: give the definition a batch.schedule, or run ./tandem start %s again"
                            .formatted(pipeline.name()));
        }
        live.schedule(() -> compared(job), moment -> {
            if (note.next(moment)) {
                narrator.tell("next comparison at " + told(moment));
            }
        });
    }

    /** The first batch and comparison do not wait for the schedule, which may be a day away. One that fails is told and no more. */
    private void first(Job job, RunNote note) throws InterruptedException {
        note.doing("waiting for the first window to close, at most two minutes");
        narrator.tell("the first comparison comes when a window has closed, or after two minutes");
        try {
            new FirstClose(pipeline, clock)
                    .await(() -> job.store().ledgerReader().microBatches());
            note.doing("running the first batch and comparison");
            compared(job);
        } catch (RuntimeException e) {
            narrator.tell("the first comparison failed: " + Reason.of(e));
        }
        note.up();
    }

    /** What a batch has just counted beside what the stream has by now, for whoever looks at the page. */
    private void compared(Job job) {
        var name = pipeline.name();
        narrator.tell(Operations.told(job.batch().run()));
        var result = new Reporting(hosting, job, narrator)
                .write(hosting.workspace().report(name).resolve("page"));
        narrator.tell(
                "compared: %s; report %s".formatted(result.report().verdict().word(), result.file()));
    }

    /** As in {@code 12:40 UTC, in 9 min}. */
    private String told(Instant moment) {
        var zone = pipeline.zone();
        var now = clock.instant().atZone(zone);
        var then = moment.atZone(zone);
        return "%s %s, in %s".formatted(form(now, then).format(then), zone, left(Duration.between(now, then)));
    }

    private static DateTimeFormatter form(ZonedDateTime now, ZonedDateTime then) {
        return then.toLocalDate().equals(now.toLocalDate()) ? TIME : DAY;
    }

    private static String left(Duration left) {
        return left.compareTo(Duration.ofHours(1)) >= 0
                ? "%d h %d min".formatted(left.toHours(), left.toMinutesPart())
                : left.compareTo(Duration.ofMinutes(1)) >= 0
                        ? "%d min".formatted(left.toMinutes())
                        : "%d s".formatted(Math.max(0, left.toSeconds()));
    }
}
