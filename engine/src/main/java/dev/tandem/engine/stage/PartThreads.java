package dev.tandem.engine.stage;

import dev.tandem.engine.EngineException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/** Threads for the partitions of state in this process, and the processor time that they use. */
public final class PartThreads implements AutoCloseable {
    private final ExecutorService threads;
    private final AtomicLong cpuNanos = new AtomicLong();

    /** {@code count} threads, under the settings of {@code session}. */
    public PartThreads(int count, SparkSession session) {
        threads = Executors.newFixedThreadPool(count, work -> {
            var thread = new Thread(
                    () -> {
                        // Derived columns are expressions of Spark's, which look for the session's settings.
                        SparkSession.setActiveSession(session);
                        work.run();
                    },
                    "tandem-state");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * What {@code work} gives for each of {@code parts} partitions; throws what one of them throws, when all have ended: a partition that
     * was still at work would change state that is made anew after a failure.
     */
    public <T> List<T> onEach(int parts, IntFunction<T> work) {
        var each = IntStream.range(0, parts)
                .<Callable<T>>mapToObj(part -> () -> metered(part, work))
                .toList();
        try {
            return threads.invokeAll(each).stream().map(PartThreads::result).toList();
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    private static EngineException stopped(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new EngineException("Stopped while records were counted; nothing of them was written", e);
    }

    private <T> T metered(int part, IntFunction<T> work) {
        var meter = ManagementFactory.getThreadMXBean();
        long before = meter.getCurrentThreadCpuTime();
        try {
            return work.apply(part);
        } finally {
            cpuNanos.addAndGet(meter.getCurrentThreadCpuTime() - before);
        }
    }

    private static <T> T result(Future<T> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            throw stopped(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Processor time since the last call, in nanoseconds. */
    public long cpuNanos() {
        return cpuNanos.getAndSet(0);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
