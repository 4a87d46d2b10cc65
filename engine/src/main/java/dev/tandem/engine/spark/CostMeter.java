package dev.tandem.engine.spark;

import dev.tandem.engine.EngineException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What each run uses of the machine: the processor time and the bytes of its tasks as Spark measures them, and the processor time
 * of the thread that drives it. Left out is what belongs to no run: the compiler and the collector of the virtual machine.
 */
public final class CostMeter extends SparkListener {
    private static final String RUN = "tandem.run";
    private static final long PATIENCE_MILLIS = 5_000;

    /** A run's use; {@code movedBytes} were written to shuffles and sent to the driver. */
    record Used(long cpuNanos, long movedBytes, long peakHeapBytes) {
        static final Used NOTHING = new Used(0, 0, 0);

        Used plus(Used other) {
            return new Used(
                    cpuNanos + other.cpuNanos,
                    movedBytes + other.movedBytes,
                    Math.max(peakHeapBytes, other.peakHeapBytes));
        }
    }

    private final SparkContext spark;
    private final Map<Integer, String> runsOfStages = new ConcurrentHashMap<>();
    private final Map<String, Used> used = new ConcurrentHashMap<>();

    private CostMeter(SparkContext spark) {
        this.spark = spark;
    }

    /** One that listens to nothing, for work that is not measured. */
    static CostMeter idle(SparkContext spark) {
        return new CostMeter(spark);
    }

    static CostMeter of(SparkContext spark) {
        var meter = new CostMeter(spark);
        spark.addSparkListener(meter);
        return meter;
    }

    public Account account() {
        return new Account(UUID.randomUUID().toString());
    }

    @Override
    public void onJobStart(SparkListenerJobStart job) {
        var run = job.properties() == null ? null : job.properties().getProperty(RUN);
        if (run != null) {
            CollectionConverters.asJava(job.stageInfos()).forEach(stage -> runsOfStages.put(stage.stageId(), run));
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        var run = runsOfStages.get(task.stageId());
        var metrics = task.taskMetrics();
        if (run != null && metrics != null) {
            used.merge(
                    run,
                    new Used(
                            metrics.executorCpuTime() + metrics.executorDeserializeCpuTime(),
                            metrics.shuffleWriteMetrics().bytesWritten() + metrics.resultSize(),
                            heap()),
                    Used::plus);
        }
    }

    private static long heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What one run uses. Safe to use from any thread. */
    public final class Account {
        private final String name;
        private final Map<Long, Long> cpuOfThreads = new HashMap<>();
        private Used ofThreads = Used.NOTHING;

        private Account(String name) {
            this.name = name;
        }

        /** From here on this thread's jobs are this run's. */
        public void charge() {
            spark.setLocalProperty(RUN, name);
        }

        /** Counts what this thread has used since it began, or since the last call: for a thread that works for this run only. */
        public synchronized void thread() {
            long now = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long before = cpuOfThreads.getOrDefault(Thread.currentThread().getId(), 0L);
            cpuOfThreads.put(Thread.currentThread().getId(), now);
            ofThreads = ofThreads.plus(new Used(now - before, 0, heap()));
        }

        /** Does {@code work} at this run's cost. */
        public <T> T of(Supplier<T> work) {
            var threads = ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadCpuTime();
            charge();
            try {
                return work.get();
            } finally {
                spark.setLocalProperty(RUN, null);
                add(new Used(threads.getCurrentThreadCpuTime() - before, 0, heap()));
            }
        }

        /** Counts what other threads have used for this run. */
        public void add(long cpuNanos) {
            add(new Used(cpuNanos, 0, 0));
        }

        private synchronized void add(Used more) {
            ofThreads = ofThreads.plus(more);
        }

        /** All of it so far. */
        public synchronized Used used() {
            try {
                spark.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
            } catch (TimeoutException e) {
                throw new EngineException("Cannot tell what the run used: Spark's events did not end", e);
            }
            return ofThreads.plus(used.getOrDefault(name, Used.NOTHING));
        }
    }
}
