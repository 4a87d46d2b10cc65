package dev.tandem.engine.stream;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.Stopwatch;
import dev.tandem.engine.output.RowOutput;
import dev.tandem.engine.source.Upstream;
import dev.tandem.engine.spark.CostMeter;
import dev.tandem.engine.spark.RunCost;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.stage.ReadBlocks;
import dev.tandem.engine.stage.Stages;
import dev.tandem.engine.stage.StateShare;
import dev.tandem.fold.StreamLedger;
import dev.tandem.model.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * A definition running as a Spark Structured Streaming query: Spark reads the topic and remembers how far, the compiled
 * definition prepares each micro-batch, the fold decides every record's fate, and one database transaction takes all of it. The
 * topic is read once however many views and outputs there are.
 *
 * <p>One micro-batch at a time. After any failure the run is over: start a new one, which continues from the ledger.
 */
public final class StreamRun implements AutoCloseable {
    private final StreamSetup setup;
    private final RunLock lock;
    private final StreamState state;
    private final OffsetLog offsets;
    private final CommittedPositions positions;
    private final Upstream upstream;
    private final int tasks;
    private final StreamMeter meter = new StreamMeter();
    private final CostMeter.Account account;
    private final ReentrantLock turn = new ReentrantLock();
    private final Condition moved = turn.newCondition();
    private final boolean resumed;
    private volatile long lastDataMillis;
    private volatile boolean progressed;
    private Optional<RestoredState> restored = Optional.empty();
    private Optional<String> damage = Optional.empty();
    private @Nullable StreamingQuery query;
    private boolean over;

    private StreamRun(SparkRuntime spark, StreamSetup setup, RunLock lock, StreamLedger.Resumption from) {
        this.setup = setup;
        this.lock = lock;
        account = spark.costs().account();
        offsets = new OffsetLog(setup.checkpoint(), setup.source().name());
        positions = new CommittedPositions(setup.source(), from.positions());
        resumed = from.lastNumber() > 0;
        state = new StreamState(spark, setup);
        tasks = spark.tasks();
        upstream = new Upstream(positions);
        lastDataMillis = setup.clock().millis();
    }

    /** Throws if a process runs the stream of {@code pipeline} on this checkpoint; costs nothing, so it is asked before all else. */
    public static void requireFree(Path checkpoint, String pipeline) {
        RunLock.take(checkpoint, pipeline).close();
    }

    /**
     * Takes over from the writer before it and starts the query, which runs until closed or until it fails; {@link #drained} and
     * {@link #check} report that. Closes what {@code setup} holds if it cannot.
     */
    public static StreamRun start(SparkRuntime spark, StreamSetup setup) {
        var opened = opened(spark, setup);
        try {
            opened.run().begin(spark, opened.from());
            return opened.run();
        } catch (RuntimeException e) {
            opened.run().close();
            throw e;
        }
    }

    private record Opened(StreamRun run, StreamLedger.Resumption from) {}

    private static Opened opened(SparkRuntime spark, StreamSetup setup) {
        try {
            var lock =
                    RunLock.take(setup.checkpoint(), setup.compiled().pipeline().name());
            try {
                var from = setup.ledger().takeOver();
                return new Opened(new StreamRun(spark, setup, lock, from), from);
            } catch (RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (RuntimeException e) {
            setup.outputs().forEach(RowOutput::close);
            setup.source().close();
            setup.ledger().close();
            throw e;
        }
    }

    private void begin(SparkRuntime spark, StreamLedger.Resumption from) {
        damage = new CheckpointFolder(setup.checkpoint())
                .setAsideIfDamaged(setup.clock().instant());
        offsets.requireNotAhead(from, pipelineName());
        restored = state.restore(from);
        positions.resume();
        if (resumed) {
            positions.acknowledge();
        }
        lastDataMillis = setup.clock().millis();
        query = query(spark);
    }

    private StreamingQuery query(SparkRuntime spark) {
        try {
            return upstream.frame(spark.session())
                    .writeStream()
                    .option("checkpointLocation", setup.checkpoint().toString())
                    .trigger(Trigger.ProcessingTime(setup.trigger().toMillis()))
                    .foreachBatch(this::microBatch)
                    .start();
        } catch (TimeoutException e) {
            throw new EngineException("Cannot start the stream of '%s': %s".formatted(pipelineName(), Reason.of(e)), e);
        }
    }

    private void microBatch(Dataset<Row> frame, Long engineBatch) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            account.charge();
            var queryId = frame.sparkSession().sparkContext().getLocalProperty("sql.streaming.queryId");
            if (!setup.ledger().knows(queryId, engineBatch)) {
                take(queryId, engineBatch);
            }
            account.thread();
            account.add(state.cpuNanos());
        } finally {
            turn.unlock();
        }
    }

    private void take(String queryId, long engineBatch) {
        long readMillis = setup.clock().millis();
        var ranges = positions.ranges(offsets.until(engineBatch));
        if (ranges.isEmpty()) {
            // Another run has committed what this checkpoint had planned.
            return;
        }
        var taken = state.take(Long.MIN_VALUE, setup.source().divide(ranges, tasks));
        if (state.progress().number() == 1) {
            ArrivalCheck.require(
                    setup.source().name(), taken.arrivals(), setup.clock().instant());
        }
        long first = taken.arrivals().stream()
                .mapToLong(ReadBlocks.Arrival::millis)
                .min()
                .orElse(0);
        var entry = new StreamLedger.Entry(queryId, engineBatch, ranges, readMillis, first, taken.files());
        commit(taken, entry);
        meter.took(new StreamMeter.Stages(taken.preparedMillis(), taken.countedMillis(), 0, 0));
        positions.committed(ranges);
        lastDataMillis = setup.clock().millis();
        moved.signalAll();
    }

    private void commit(Stages.Taken taken, StreamLedger.Entry entry) {
        var changes = taken.changes();
        var arrivals = taken.arrivals();
        changes.total().requireBalance("micro-batch %d of '%s'".formatted(changes.number(), pipelineName()));
        long read = arrivals.stream().mapToLong(ReadBlocks.Arrival::records).sum();
        if (changes.total().read() != read) {
            throw new EngineException("Cannot commit micro-batch %d: it holds %d records but %d have a fate"
                    .formatted(changes.number(), read, changes.total().read()));
        }
        var watch = new Stopwatch();
        for (var output : setup.outputs()) {
            output.write(changes);
        }
        double written = watch.lap();
        var committed = setup.ledger().commit(changes, entry);
        progressed = true;
        double stored = watch.lap();
        meter.took(new StreamMeter.Stages(0, 0, written, stored));
        meter.committed(changes, entry, arrivals, new StreamMeter.Commit(committed.toEpochMilli(), written + stored));
        state.committed(changes.total().read());
        setup.listener()
                .committed(changes, state.shares(), Duration.ofMillis(committed.toEpochMilli() - entry.readMillis()));
    }

    /** Waits at most {@code patience} until every record before {@code end} (by partition) is committed; throws if the query failed. */
    public boolean drained(Map<Integer, Long> end, Duration patience) throws InterruptedException {
        check();
        turn.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (!positions.reached(end) && left > 0) {
                left = moved.awaitNanos(left);
            }
            return positions.reached(end);
        } finally {
            turn.unlock();
        }
    }

    /** Throws what ended the query, if something did. */
    public void check() {
        var running = query;
        if (running == null) {
            return;
        }
        if (running.exception().isDefined()) {
            throw Failures.of(pipelineName(), running.exception().get());
        }
        if (!running.isActive() && !over) {
            throw new EngineException("The stream of '%s' ended by itself; see the log".formatted(pipelineName()));
        }
    }

    /** What ended the query, in words; empty while it runs and after it was stopped. */
    public Optional<String> failure() {
        var running = query;
        return running == null || running.exception().isEmpty()
                ? Optional.empty()
                : Optional.of(String.valueOf(
                        Failures.of(pipelineName(), running.exception().get()).getMessage()));
    }

    /** Closes every open window: the input has ended. */
    public void closeWindows() throws InterruptedException {
        tick(state.progress().lastEnd());
    }

    /** Closes what the passing of time has ended, if the source has been silent for the definition's {@code idle_close}. */
    public void closeIdle() throws InterruptedException {
        var idle = setup.compiled().pipeline().watermark().idleClose();
        long now = setup.clock().millis();
        if (idle.isPresent()
                && now - lastDataMillis >= idle.get().toMillis()
                && state.progress().anyOpen()) {
            long until = (now - setup.compiled().pipeline().watermark().delay().toMillis()) * 1_000;
            if (until > state.progress().watermarks().close() + 1_000_000) {
                tick(until);
            }
        }
    }

    /** A micro-batch without records that moves the watermark. */
    private void tick(long atLeast) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            var entry = new StreamLedger.Entry("", -1, Map.of(), setup.clock().millis(), 0);
            account.of(() -> {
                commit(state.take(atLeast, List.of()), entry);
                return entry;
            });
        } finally {
            turn.unlock();
        }
    }

    /** Whether it has committed a micro-batch, or found nothing that waits to be read: its broker and its databases work. */
    public boolean progressed() {
        return progressed || positions.caughtUp();
    }

    public StreamMeter meter() {
        return meter;
    }

    /** What it used so far. */
    public RunCost cost() {
        var reading = meter.reading();
        return RunCost.of(account.used(), reading.seconds(), reading.fates().read())
                .withState(state.size().rows(), state.size().bytes());
    }

    /** How its state was put together again; empty for a stream that begins. */
    public Optional<RestoredState> restored() {
        return restored;
    }

    /** What was wrong with the checkpoint, and where it is now; empty if nothing was. */
    public Optional<String> damage() {
        return damage;
    }

    /** Whether the ledger had something to continue from. */
    public boolean resumed() {
        return resumed;
    }

    /** How many rows of state are held: open groups and remembered keys. */
    public long stateRows() {
        return stateShares().stream().mapToLong(StateShare::rows).sum();
    }

    /** What each partition of the state holds after the last commit. */
    public List<StateShare> stateShares() {
        return state.shares();
    }

    /** The number of the last committed micro-batch. */
    public long lastMicroBatch() {
        return state.progress().number();
    }

    private String pipelineName() {
        return setup.compiled().pipeline().name();
    }

    /** Lets the running micro-batch commit, then stops the query. */
    @Override
    public void close() {
        turn.lock();
        try {
            over = true;
            if (query != null) {
                query.stop();
            }
        } catch (TimeoutException e) {
            throw new EngineException(
                    "Cannot stop the stream of '%s' in time; nothing is lost, run it again to continue"
                            .formatted(pipelineName()),
                    e);
        } finally {
            turn.unlock();
            letGo();
        }
    }

    /** The lock last, and whatever the others throw. */
    private void letGo() {
        var ledger = setup.ledger();
        var source = setup.source();
        try (lock;
                ledger;
                state;
                source;
                upstream) {
            setup.outputs().forEach(RowOutput::close);
        }
    }
}
