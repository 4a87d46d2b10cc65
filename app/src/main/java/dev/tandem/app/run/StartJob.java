package dev.tandem.app.run;

import dev.tandem.app.run.Operations.Live;
import dev.tandem.engine.EngineException;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
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
                var comparisons = new Comparisons(job);
                var guard = new FeedGuard(Thread.currentThread());
                beside(
                        job,
                        guard,
                        List.of(
                                new Thread(() -> guard.run(() -> feed.accept(feeding)), "tandem-feed"),
                                new Thread(() -> first(job, note, comparisons), "tandem-first"),
                                new Thread(() -> scheduled(note, comparisons, live), "tandem-schedule")));
            }
        }
    }

    private void beside(Job job, FeedGuard guard, List<Thread> threads) throws InterruptedException {
        try {
            stream(job, threads);
        } catch (InterruptedException e) {
            guard.requireWhole(pipeline.name());
            throw e;
        } finally {
            guard.ends();
            threads.forEach(Thread::interrupt);
            for (var thread : threads) {
                thread.join();
            }
        }
    }

    /** The feed and the batches begin when the stream has. */
    private void stream(Job job, List<Thread> threads) throws InterruptedException {
        var pace = new StreamJob.Pace(Optional.empty(), Optional.empty(), StreamJob.Load.LIVE);
        new SupervisedStream(job, pipeline, pace)
                .run(
                        stream -> {
                            threads.stream()
                                    .filter(it -> it.getState() == Thread.State.NEW)
                                    .forEach(Thread::start);
                            stream.live();
                        },
                        "stopped");
    }

    /** Ends a start whose feed breaks off: its stream would wait for records that never come. */
    private static final class FeedGuard {
        private final Thread start;
        private Optional<RuntimeException> failure = Optional.empty();
        private boolean ending;

        FeedGuard(Thread start) {
            this.start = start;
        }

        void run(Runnable feed) {
            try {
                feed.run();
            } catch (RuntimeException e) {
                failed(e);
            }
        }

        private synchronized void failed(RuntimeException reason) {
            if (!ending) {
                failure = Optional.of(reason);
                start.interrupt();
            }
        }

        /** From here on the feed is stopped. */
        synchronized void ends() {
            ending = true;
        }

        synchronized void requireWhole(String pipeline) {
            if (failure.isPresent()) {
                throw new EngineException(
                        "Cannot go on with '%1$s': its feed broke off: %2$s. What was sent is safe in the source; put that right and run ./tandem start %1$s again"
                                .formatted(pipeline, Reason.of(failure.get())),
                        failure.get());
            }
        }
    }

    /** One batch and comparison at a time; whether there was one is remembered. */
    private final class Comparisons {
        private final Job job;
        private boolean any;

        Comparisons(Job job) {
            this.job = job;
        }

        synchronized void next() {
            any = true;
            compared(job);
        }

        synchronized void firstIfNone() {
            if (!any) {
                next();
            }
        }

        synchronized boolean any() {
            return any;
        }
    }

    private void scheduled(RunNote note, Comparisons comparisons, Live live) {
        if (pipeline.batch().schedule().isEmpty()) {
            narrator.tell("no comparison after the first is scheduled: batch.schedule in the definition gives times");
        }
        live.schedule(comparisons::next, moment -> {
            if (note.next(moment)) {
                narrator.tell("next comparison at " + told(moment));
            }
        });
    }

    /** The first comparison does not wait for the schedule, which may be a day away. If it fails, the start goes on. */
    private void first(Job job, RunNote note, Comparisons comparisons) {
        note.doing("waiting for the first window to close, at most two minutes");
        narrator.tell("the first comparison comes when a window has closed, or after two minutes");
        try {
            new FirstClose(pipeline, clock).await(job.store().ledgerReader()::microBatchesFrom, comparisons::any);
            note.doing("running the first batch and comparison");
            comparisons.firstIfNone();
            note.up();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            narrator.tell("the first comparison failed: " + Reason.of(e));
            note.up();
        }
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
