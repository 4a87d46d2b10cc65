package dev.tandem.engine;

import dev.tandem.model.JvmDefaults;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A Spark session set up the way Tandem's promises need it: UTC, no language of the machine's, ANSI (an overflow is an error, never a wrong number), no SQL on
 * files, no interface on any port, as many shuffle partitions as cores. Lives as long as its block.
 */
public final class SparkRuntime implements AutoCloseable {
    private final SparkSession session;
    private final Path scratch;
    private final CostMeter costs;
    private volatile CostMeter.@Nullable Account current;

    private SparkRuntime(SparkSession session, Path scratch) {
        this.session = session;
        this.scratch = scratch;
        this.costs = CostMeter.of(session.sparkContext());
    }

    /** Starts Spark at {@code master}; its scratch files go under {@code scratch}. */
    public static SparkRuntime open(String master, Path scratch) {
        JvmDefaults.replace();
        var cores = String.valueOf(Runtime.getRuntime().availableProcessors());
        var session = SparkSession.builder()
                .master(master)
                .appName("tandem")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.executor.extraJavaOptions", JvmDefaults.options())
                .config("spark.local.dir", scratch.toString())
                .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.ansi.enabled", "true")
                .config("spark.sql.runSQLOnFiles", "false")
                .config("spark.sql.adaptive.enabled", "false")
                .config("spark.sql.shuffle.partitions", cores)
                .config("spark.default.parallelism", cores)
                .config("spark.sql.optimizer.excludedRules", "org.apache.spark.sql.catalyst.optimizer.CollapseProject")
                .config("spark.sql.streaming.checkpointFileManagerClass", NioCheckpointFiles.class.getName())
                .config("spark.speculation", "false")
                .config("spark.driver.maxResultSize", "0")
                .config("spark.task.maxDirectResultSize", "100m")
                .config("spark.cleaner.periodicGC.interval", "10min")
                .config("spark.sql.streaming.metricsEnabled", "false")
                .config("spark.sql.streaming.stopTimeout", "60s")
                .config("spark.sql.streaming.pollingDelay", "5ms")
                .config("spark.redaction.regex", "(?i)secret|passw|pwd|token|access[.]?key|credential|api[._]?key|jaas")
                .getOrCreate();
        return new SparkRuntime(session, scratch);
    }

    SparkSession session() {
        return session;
    }

    /** What came of some work, and what the work used; see {@link RunCost}. */
    public record Costed<T>(T result, RunCost cost) {}

    /** Does {@code work} in this thread and tells what it used; {@code records} says how many it read. */
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
    void charge(long cpuNanos) {
        var measured = current;
        if (measured != null) {
            measured.add(cpuNanos);
        }
    }

    /** Where files may lie that are of no use after the run. */
    Path scratch() {
        return scratch;
    }

    /** How many tasks run at once. */
    int cores() {
        return session.sparkContext().defaultParallelism();
    }

    CostMeter costs() {
        return costs;
    }

    public String version() {
        return session.version();
    }

    @Override
    public void close() {
        session.stop();
    }
}
