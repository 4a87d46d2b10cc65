package dev.tandem.app.schedule;

import dev.tandem.model.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs one job at each time of a timetable until the thread is interrupted. Runs never overlap: times that pass during a run are
 * skipped and counted, since one later run computes all that they would have. Runs missed while the machine was asleep or the
 * process was down are coalesced into one catch-up run. A run that fails does not stop the schedule.
 */
public final class BatchSchedule {
    /** What is run; throws to say why it could not. */
    @FunctionalInterface
    public interface Job {
        void run(Instant due) throws Exception;
    }

    /** Waits until a moment; may return early. */
    @FunctionalInterface
    public interface Waiting {
        /** Sleeps at most a minute at a time, because clocks are set and machines sleep. */
        static Waiting on(Clock clock) {
            return moment -> {
                var left = Duration.between(clock.instant(), moment);
                if (left.compareTo(Duration.ZERO) > 0) {
                    Thread.sleep(
                            Math.min(left.toMillis() + 1, Duration.ofMinutes(1).toMillis()));
                }
            };
        }

        void until(Instant moment) throws InterruptedException;

        /** The same; {@code listener} receives each moment before the wait for it begins, and again if a wait ended early. */
        default Waiting announcedTo(Consumer<Instant> listener) {
            return moment -> {
                listener.accept(moment);
                until(moment);
            };
        }
    }

    /**
     * One run.
     *
     * @param leftOut how many times before {@code due} passed without a run of their own
     * @param failure why it failed; empty if it did not
     */
    public record Run(Instant due, Instant started, Instant finished, long leftOut, Optional<String> failure) {
        public String told() {
            var late = Duration.between(due, started);
            return "%s due %s%s%s: %s"
                    .formatted(
                            started,
                            due,
                            late.toSeconds() > 0 ? ", %d s late".formatted(late.toSeconds()) : "",
                            leftOut > 0 ? ", %d earlier left out".formatted(leftOut) : "",
                            failure.map("failed: "::concat).orElse("done in %.1f s".formatted(seconds())));
        }

        /** How long it took. */
        public double seconds() {
            return Duration.between(started, finished).toMillis() / 1000.0;
        }
    }

    /** A time at which to run, and how many before it are left out. */
    record Due(Instant time, long leftOut) {}

    private final Timetable timetable;
    private final Clock clock;
    private final Waiting waiting;
    private final Consumer<Run> log;

    public BatchSchedule(Timetable timetable, Clock clock, Waiting waiting, Consumer<Run> log) {
        this.timetable = timetable;
        this.clock = clock;
        this.waiting = waiting;
        this.log = log;
    }

    /**
     * Runs {@code job} at each time after {@code last}, the time of the last run that is known; empty begins with the next one.
     * Ends with the interruption of its thread, or when no time is left.
     */
    public void run(Optional<Instant> last, Job job) throws InterruptedException {
        var done = last.orElse(clock.instant());
        for (var due = next(done, clock.instant()); due.isPresent(); due = next(done, clock.instant())) {
            var time = due.get().time();
            while (clock.instant().isBefore(time)) {
                waiting.until(time);
            }
            // More may have passed while this machine slept.
            var latest = next(done, clock.instant()).orElse(due.get());
            log.accept(run(latest, job));
            done = latest.time();
        }
    }

    /** Runs {@code job} now, whatever the time; a failure is logged and thrown. */
    public static Run once(Clock clock, Job job, Consumer<Run> log) throws Exception {
        var started = clock.instant();
        try {
            job.run(started);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            log.accept(new Run(started, started, clock.instant(), 0, Optional.of(Reason.of(e))));
            throw e;
        }
        var run = new Run(started, started, clock.instant(), 0, Optional.empty());
        log.accept(run);
        return run;
    }

    private Run run(Due due, Job job) throws InterruptedException {
        var started = clock.instant();
        Optional<String> failure = Optional.empty();
        try {
            job.run(due.time());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failure = Optional.of(Reason.of(e));
        }
        return new Run(due.time(), started, clock.instant(), due.leftOut(), failure);
    }

    /** The time to run at: the latest that has passed since {@code done} if any has, else the next one. */
    Optional<Due> next(Instant done, Instant now) {
        var found = after(done);
        long passed = 0;
        while (found.isPresent()) {
            var later = after(found.get());
            if (later.isEmpty() || later.get().isAfter(now)) {
                break;
            }
            found = later;
            passed++;
        }
        long leftOut = passed;
        return found.map(time -> new Due(time, leftOut));
    }

    private Optional<Instant> after(Instant instant) {
        return timetable.after(instant).map(ZonedDateTime::toInstant);
    }
}
