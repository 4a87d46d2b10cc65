package dev.tandem.engine.stage;

import dev.tandem.engine.EngineException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Stops a run before the heap is full of state: the virtual machine would otherwise collect for minutes and then fail somewhere. What
 * counts is what was left after the last collection of the largest pool, since the rest is garbage.
 */
public final class HeapGuard {
    private static final double FULL = 0.85;
    private static final double MEGABYTE = 1 << 20;

    private static final String DRIVER = "TANDEM_JAVA_OPTIONS=-Xmx4g";
    private static final String EXECUTOR = "spark.executor.memory=4g";

    private final String run;
    private final String setting;
    private final Optional<MemoryPoolMXBean> pool;

    /** Of this process; {@code run} is what is run, as in "the stream of 'orders'". */
    public HeapGuard(String run) {
        this(run, DRIVER);
    }

    private HeapGuard(String run, String setting) {
        this.run = run;
        this.setting = setting;
        this.pool = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(it -> it.getType() == MemoryType.HEAP && it.isCollectionUsageThresholdSupported())
                .filter(it -> it.getUsage().getMax() > 0)
                .max(Comparator.comparingLong(it -> it.getUsage().getMax()));
    }

    /** Of an executor. */
    public static HeapGuard ofExecutor(String run) {
        return new HeapGuard(run, EXECUTOR);
    }

    /** Throws if the state leaves too little of the heap; {@code rows} are its open groups and remembered keys. */
    public void require(LongSupplier rows) {
        pool.filter(it -> it.getCollectionUsage() != null).ifPresent(it -> {
            double used = it.getCollectionUsage().getUsed();
            double most = it.getUsage().getMax();
            if (used > FULL * most) {
                throw new EngineException(message(rows.getAsLong(), used));
            }
        });
    }

    /** The same once the heap has run out. */
    public EngineException full(long rows, OutOfMemoryError failure) {
        return new EngineException(message(rows, (double) Runtime.getRuntime().maxMemory()), failure);
    }

    private String message(long rows, double used) {
        return "Cannot go on with %s: its state of %,d groups and keys leaves no room in the heap (%,.0f of %,.0f MB in use); nothing of this step was written. Give it more memory (%s), or keep less: a shorter 'within' of the dedup, a shorter watermark delay, fewer keys in the views"
                .formatted(run, rows, used / MEGABYTE, Runtime.getRuntime().maxMemory() / MEGABYTE, setting);
    }
}
