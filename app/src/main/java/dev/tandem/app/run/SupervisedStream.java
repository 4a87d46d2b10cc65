package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.source.TopicStart;
import dev.tandem.engine.stream.StreamMeter;
import dev.tandem.model.Durations;
import dev.tandem.model.Pipeline;
import dev.tandem.sink.SinkException;
import dev.tandem.store.StoreException;
import java.time.Duration;
import java.util.Optional;

/**
 * A stream that outlives its servers' restarts. When a broker or a database is away, the failed run is closed and further ones are
 * started, with growing pauses, until one makes progress or the definition's {@code stream.retry_for} is over. Each run continues
 * from the ledger, so a micro-batch whose commit got no answer is neither lost nor written twice: the state in memory, which is
 * ahead of the database after a failed commit, goes with the failed run.
 */
final class SupervisedStream {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** What is done with a run; begun again with the next one where a server failed. */
    interface Work {
        void with(StreamJob stream) throws InterruptedException;
    }

    /** What all runs together have read, and in how many micro-batches. */
    record Done(long records, long microBatches) {
        private Done plus(StreamMeter.Reading reading) {
            return new Done(records + reading.fates().read(), microBatches + reading.microBatches());
        }
    }

    /** A time in which a server is away. */
    private static final class Outage {
        private final long begun = System.nanoTime();
        private Duration pause = FIRST_PAUSE;

        Duration lasted() {
            return Duration.ofNanos(System.nanoTime() - begun);
        }

        /** The pause before the next try, no longer than {@code left}; the one after it is twice as long. */
        Duration nextPause(Duration left) {
            var next = pause.compareTo(left) < 0 ? pause : left;
            var twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
            return next;
        }
    }

    private final Job job;
    private final StreamJob.Pace pace;
    private final String name;
    private final Duration retryFor;
    private final Narrator narrator;
    private Optional<Outage> outage = Optional.empty();
    private Done done = new Done(0, 0);

    SupervisedStream(Job job, Pipeline pipeline, StreamJob.Pace pace) {
        this.job = job;
        this.pace = pace;
        this.name = pipeline.name();
        this.retryFor = pipeline.stream().retryFor();
        this.narrator = job.wiring().narrator();
    }

    /** Runs {@code work} to its end, and writes {@code outcome} into the book of runs. */
    Done run(Work work, String outcome) throws InterruptedException {
        var stream = job.stream(pace);
        var failure = attempt(stream, work, outcome);
        while (failure.isPresent()) {
            stream = next(stream, failure.get());
            failure = attempt(stream, work, outcome);
        }
        return done;
    }

    /** What ended the run before its work was done. */
    private Optional<RuntimeException> attempt(StreamJob stream, Work work, String outcome)
            throws InterruptedException {
        try {
            stream.whenProgressing(this::goesOn);
            work.with(stream);
            done = done.plus(stream.finish(outcome));
            return Optional.empty();
        } catch (RuntimeException failure) {
            end(() -> stream.fail(failure), failure);
            done = done.plus(stream.stop());
            return Optional.of(failure);
        } catch (InterruptedException interrupted) {
            end(stream::close, interrupted);
            throw interrupted;
        }
    }

    /** The database that keeps the book may be what is away. */
    private static void end(Runnable ending, Exception reason) {
        try {
            ending.run();
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /** The run after {@code failed}, as soon as the servers let it start. What an operator accepted at the start holds for that start. */
    private StreamJob next(StreamJob failed, RuntimeException failure) throws InterruptedException {
        var reason = failure;
        while (true) {
            pause(reason);
            try {
                failed.requireLatestWriter();
                failed.close();
                return job.stream(pace.from(TopicStart.REFUSED));
            } catch (RuntimeException e) {
                reason = e;
            }
        }
    }

    private void pause(RuntimeException reason) throws InterruptedException {
        if (!passes(reason) || retryFor.isZero()) {
            throw reason;
        }
        if (outage.isEmpty()) {
            outage = Optional.of(new Outage());
            narrator.tell("the stream waits and tries again for up to %s: %s"
                    .formatted(Durations.told(retryFor), reason.getMessage()));
        }
        var away = outage.get();
        var left = retryFor.minus(away.lasted());
        if (left.isNegative()) {
            throw new EngineException(
                    "Cannot go on with the stream of '%s': a server was away for %s (stream.retry_for), and the last try said: %s. Bring the server back, check with ./tandem doctor, and start the stream again: it continues from the ledger"
                            .formatted(name, Durations.told(retryFor), reason.getMessage()),
                    reason);
        }
        Thread.sleep(away.nextPause(left).toMillis() + 1);
    }

    private static boolean passes(RuntimeException failure) {
        return (failure instanceof StoreException store && store.retryable())
                || (failure instanceof EngineException engine && engine.retryable())
                || (failure instanceof SinkException sink && sink.retryable());
    }

    private void goesOn() {
        outage.ifPresent(it -> narrator.tell("the stream goes on after %,d s without a server"
                .formatted(it.lasted().toSeconds())));
        outage = Optional.empty();
    }
}
