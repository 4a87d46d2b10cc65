package dev.tandem.engine.spark;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.Stopwatch;
import dev.tandem.engine.expression.ProvidedFunctions;
import dev.tandem.model.JvmDefaults;
import dev.tandem.model.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A Spark session set up the way Tandem's promises need it: UTC, no language of the machine's, ANSI (an overflow is an error, never a wrong number), no SQL on
 * files, no interface on any port, as many shuffle partitions as cores. Lives as long as its block.
 */
public final class SparkRuntime implements AutoCloseable {
    private static final Duration EXECUTORS_WITHIN = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final String LOOPBACK = "127.0.0.1";

    private final SparkSession session;
    private final Path scratch;
    private final CostMeter costs;
    private final boolean owned;
    private volatile CostMeter.@Nullable Account current;

    private SparkRuntime(SparkSession session, Path scratch, CostMeter costs, boolean owned) {
        this.session = session;
        this.scratch = scratch;
        this.costs = costs;
        this.owned = owned;
    }

    /**
     * The Spark session that a run has started in this process, for queries beside the run; empty where there is none. Closing it
     * does not stop the run's session.
     */
    public static Optional<SparkRuntime> ofTheRun(Path scratch) {
        var running = SparkSession.getDefaultSession();
        return running.isEmpty() || running.get().sparkContext().isStopped()
                ? Optional.empty()
                : Optional.of(new SparkRuntime(
                        running.get(), scratch, CostMeter.idle(running.get().sparkContext()), false));
    }

    /** Starts Spark with its tasks in threads of this process, as {@code local[1]} says. */
    public static SparkRuntime open(String master, Path scratch) {
        return open(SparkMaster.of(master), scratch);
    }

    /**
     * Starts Spark; its scratch files go under {@code scratch}. On a cluster it returns when the first executor is there.
     *
     * @throws EngineException if the master cannot be reached or gives no executor
     */
    public static SparkRuntime open(SparkMaster master, Path scratch) {
        JvmDefaults.replace();
        ProvidedFunctions.register();
        master.requireReachable();
        var builder = builder(master, scratch);
        if (master.isLocal()) {
            builder.config("spark.default.parallelism", processors());
        } else {
            spreadOut(builder);
        }
        var session = started(builder, master);
        if (!master.isLocal()) {
            awaitExecutors(session, master);
        }
        return new SparkRuntime(session, scratch, CostMeter.of(session.sparkContext()), true);
    }

    private static SparkSession.Builder builder(SparkMaster master, Path scratch) {
        var host = Optional.ofNullable(System.getenv("SPARK_LOCAL_IP")).orElse(LOOPBACK);
        return SparkSession.builder()
                .master(master.url())
                .appName("tandem")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", host)
                .config("spark.driver.host", host)
                .config("spark.executor.extraJavaOptions", JvmDefaults.options())
                .config("spark.local.dir", scratch.toString())
                .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.ansi.enabled", "true")
                .config("spark.sql.runSQLOnFiles", "false")
                .config("spark.sql.adaptive.enabled", "false")
                .config("spark.sql.shuffle.partitions", processors())
                .config("spark.sql.optimizer.excludedRules", "org.apache.spark.sql.catalyst.optimizer.CollapseProject")
                .config("spark.sql.streaming.checkpointFileManagerClass", NioCheckpointFiles.class.getName())
                .config("spark.speculation", "false")
                .config("spark.driver.maxResultSize", "0")
                .config("spark.task.maxDirectResultSize", "100m")
                .config("spark.cleaner.periodicGC.interval", "10min")
                .config("spark.sql.streaming.metricsEnabled", "false")
                .config("spark.sql.streaming.stopTimeout", "60s")
                .config("spark.sql.streaming.pollingDelay", "5ms")
                .config(
                        "spark.redaction.regex",
                        "(?i)secret|passw|pwd|token|access[.]?key|credential|api[._]?key|jaas");
    }

    private static String processors() {
        return String.valueOf(Runtime.getRuntime().availableProcessors());
    }

    /** What executors in other processes need. Spark itself adds the options that its use of Java's modules needs. */
    private static void spreadOut(SparkSession.Builder builder) {
        builder.config("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
                // A free executor reads at once what another one has read before.
                .config("spark.locality.wait", "100ms")
                // State is on its executor and nowhere else; a task of a batch may keep it busy for a moment.
                .config("spark.locality.wait.process", "5s")
                .config("spark.scheduler.mode", "FAIR");
        if (SparkMaster.submitted().isPresent()) {
            return;
        }
        var classPath = ExecutorClassPath.ofThisProcess();
        if (classPath.isOfJars()) {
            builder.config("spark.jars", classPath.jars());
        } else {
            builder.config("spark.executor.extraClassPath", classPath.paths());
        }
    }

    private static SparkSession started(SparkSession.Builder builder, SparkMaster master) {
        try {
            return builder.getOrCreate();
        } catch (Exception e) { // Spark's own are checked, and Scala does not declare them
            throw new EngineException(
                    "Cannot start Spark at %s: %s; check that a Spark 4.2 master answers there"
                            .formatted(master.url(), Reason.of(e)),
                    e);
        }
    }

    private static void awaitExecutors(SparkSession session, SparkMaster master) {
        long until = System.nanoTime() + EXECUTORS_WITHIN.toNanos();
        try {
            while (executors(session) == 0) {
                if (session.sparkContext().isStopped() || System.nanoTime() > until) {
                    throw new EngineException(
                            "Cannot run at %s: it gave no executor within %d s; start a worker with a free core and %s of memory, or see the log of the master"
                                    .formatted(
                                            master.url(),
                                            EXECUTORS_WITHIN.toSeconds(),
                                            session.conf().get("spark.executor.memory", "1g")));
                }
                Thread.sleep(50);
            }
            awaitOthers(session);
        } catch (InterruptedException e) {
            session.stop();
            Thread.currentThread().interrupt();
            throw new EngineException("Stopped while waiting for an executor of " + master.url(), e);
        } catch (RuntimeException e) {
            session.stop();
            throw e;
        }
    }

    private static int executors(SparkSession session) {
        // The driver is among the infos.
        return session.sparkContext().statusTracker().getExecutorInfos().length - 1;
    }

    /** The first executor's fellows come within a moment; state is spread over those that are there when it is begun. */
    private static void awaitOthers(SparkSession session) throws InterruptedException {
        int seen = 0;
        long quietSince = System.nanoTime();
        while (System.nanoTime() - quietSince < QUIET.toNanos()) {
            int now = executors(session);
            if (now != seen) {
                seen = now;
                quietSince = System.nanoTime();
            }
            Thread.sleep(50);
        }
    }

    public SparkSession session() {
        return session;
    }

    /** What came of some work, and what the work used; see {@link RunCost}. */
    public record Costed<T>(T result, RunCost cost) {}

    /** Does {@code work} in this thread and returns what it used; {@code records} says how many records it read. */
    public <T> Costed<T> costOf(Supplier<T> work, ToLongFunction<T> records) {
        var account = costs.account();
        var watch = new Stopwatch();
        current = account;
        var result = account.of(work);
        current = null;
        double seconds = watch.lap() / 1e3;
        return new Costed<>(result, RunCost.of(account.used(), seconds, records.applyAsLong(result)));
    }

    /** Counts the processor time of other threads for the work that {@link #costOf} is measuring, if there is any. */
    public void charge(long cpuNanos) {
        var measured = current;
        if (measured != null) {
            measured.add(cpuNanos);
        }
    }

    /** The folder for files that are of no use after the run. */
    public Path scratch() {
        return scratch;
    }

    /** How many threads this process can keep busy. */
    public int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** How many tasks run at once, here or on the executors that there are now. */
    public int tasks() {
        return session.sparkContext().defaultParallelism();
    }

    public CostMeter costs() {
        return costs;
    }

    /** Whether it accepts no more work because its owner has closed it. */
    public boolean stopped() {
        return session.sparkContext().isStopped();
    }

    public String version() {
        return session.version();
    }

    @Override
    public void close() {
        if (owned) {
            session.stop();
        }
    }
}
