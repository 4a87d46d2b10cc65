package dev.tandem.engine;

import dev.tandem.fold.Changes;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.GroupPart;
import dev.tandem.fold.KeyPart;
import dev.tandem.fold.StreamDetail;
import dev.tandem.fold.StreamProgress;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * The stages of a micro-batch that have state, in this process: records by dedup key, then groups by key, a thread for each
 * partition. What Spark would send through a shuffle is handed over as it is.
 *
 * <p>For one caller at a time.
 */
final class LocalStages implements AutoCloseable {
    private final FoldPlan plan;
    private final StreamDetail detail;
    private final StreamProgress progress;
    private final List<KeyPart> keyParts = new ArrayList<>();
    private final List<GroupPart> groupParts = new ArrayList<>();
    private final ExecutorService threads;
    private final AtomicLong cpuNanos = new AtomicLong();

    /** With {@code parts} partitions of either kind. */
    LocalStages(FoldPlan plan, StreamDetail detail, int parts, SparkSession session) {
        this.plan = plan;
        this.detail = detail;
        this.progress = new StreamProgress(plan);
        for (int part = 0; part < parts; part++) {
            keyParts.add(new KeyPart(plan));
            groupParts.add(new GroupPart(plan));
        }
        threads = Executors.newFixedThreadPool(parts, work -> {
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

    StreamProgress progress() {
        return progress;
    }

    int parts() {
        return keyParts.size();
    }

    /** Takes in a micro-batch, what each task has read of it in landed order; its watermark is at least {@code atLeast}, microseconds since 1970. */
    Changes apply(List<ReadBlocks> read, long atLeast) {
        var watermarks = progress.begin(atLeast);
        var task = new KeyPart.Task(progress.number(), watermarks, groupParts.size(), detail, KeyPart.Task.STREAM);
        var sent = onEach(part -> keyParts.get(part).take(blocks(read, part), task));
        var reports = onEach(part -> groupParts.get(part).take(ofGroups(sent, part), watermarks));
        return progress.end(sent.stream().map(KeyPart.Sent::report).toList(), reports);
    }

    private static List<byte[]> blocks(List<ReadBlocks> read, int part) {
        return read.stream().map(it -> it.blocks().get(part)).toList();
    }

    private static List<byte[]> ofGroups(List<KeyPart.Sent> sent, int part) {
        return sent.stream().map(it -> it.groups().get(part)).toList();
    }

    /** What {@code work} gives for each partition, each in a thread of its own. */
    <T> List<T> onEach(IntFunction<T> work) {
        var running = IntStream.range(0, parts())
                .mapToObj(part -> threads.submit(() -> metered(part, work)))
                .toList();
        return running.stream().map(LocalStages::result).toList();
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
            Thread.currentThread().interrupt();
            throw new EngineException("Stopped while a micro-batch was computed; nothing of it was written", e);
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

    /** Puts the state of new partitions together again. */
    <T> List<T> replays(Function<KeyPart, T> begin) {
        return keyParts.stream().map(begin).toList();
    }

    GroupPart groupPart(int part) {
        return groupParts.get(part);
    }

    /** Processor time since the last call, in nanoseconds. */
    long cpuNanos() {
        return cpuNanos.getAndSet(0);
    }

    /** Open groups and remembered keys. */
    long stateRows() {
        return progress.groups() + keyParts.stream().mapToLong(KeyPart::size).sum();
    }

    FoldPlan plan() {
        return plan;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
