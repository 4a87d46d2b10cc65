package dev.tandem.engine.stream;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.source.RecordRange;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.stage.HeapGuard;
import dev.tandem.engine.stage.SegmentLanding;
import dev.tandem.engine.stage.Stages;
import dev.tandem.engine.stage.StateLostException;
import dev.tandem.engine.stage.StateShare;
import dev.tandem.fold.StreamLedger;
import dev.tandem.fold.stream.StreamProgress;
import dev.tandem.segments.StateFolder;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream's state: the stages that hold it, the files in which it is saved, and the way back after a restart or after an executor
 * was lost. The database decides: a state that is ahead of it is never used again.
 *
 * <p>For one caller at a time.
 */
final class StreamState implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamState.class);
    private static final int TRIES = 4;

    private final StreamSetup setup;
    private final String pipeline;
    private final Stages stages;
    private final SavedState saved;
    private final Restart restart;
    private final HeapGuard heap;
    private final StateSize size = new StateSize();
    private volatile List<StateShare> shares = List.of();
    /** Whether the state is that of the last commit. */
    private boolean whole;

    StreamState(SparkRuntime spark, StreamSetup setup) {
        this.setup = setup;
        var compiled = setup.compiled();
        pipeline = compiled.pipeline().name();
        stages = StreamContents.of(compiled, setup.segments().isEmpty()).stages(spark, compiled);
        saved = new SavedState(
                new StateFolder(setup.state(), pipeline),
                setup.ledger(),
                compiled.pipeline().hash(),
                stages.parts(),
                setup.clock());
        restart = new Restart(spark.session(), compiled, setup.history());
        heap = new HeapGuard("the stream of '%s'".formatted(pipeline));
    }

    private Optional<SegmentLanding> landing() {
        return setup.segments()
                .map(it -> new SegmentLanding(
                        it.place(), pipeline, it.run(), stages.progress().number()));
    }

    /** Puts the state of a stream that has stopped together again; empty for one that begins. */
    Optional<RestoredState> restore(StreamLedger.Resumption from) {
        for (int attempt = 1; ; attempt++) {
            try {
                var restored = restart.rebuild(stages, saved, from);
                whole = true;
                return restored;
            } catch (StateLostException e) {
                giveUp(e, attempt);
                stages.reset();
            }
        }
    }

    /**
     * Takes in the next micro-batch, whose watermark is at least {@code atLeast}, microseconds since 1970. Until {@link #committed}
     * is called, the state is ahead of the database.
     */
    Stages.Taken take(long atLeast, List<RecordRange> ranges) {
        requireWhole();
        whole = false;
        for (int attempt = 1; ; attempt++) {
            try {
                stages.progress().begin(atLeast);
                return stages.take(ranges, ranges.isEmpty() ? Optional.empty() : landing());
            } catch (StateLostException e) {
                giveUp(e, attempt);
                restoreAgain(e);
                whole = false;
            } catch (OutOfMemoryError e) {
                throw heap.full(stages.stateRows(), e);
            }
        }
    }

    private void giveUp(StateLostException lost, int attempt) {
        if (attempt == TRIES) {
            throw EngineException.passing(
                    "Cannot go on with the stream of '%s': executors were lost %d times in one micro-batch, the last time because %s; see the logs of the executors, and start the stream again to continue from the ledger"
                            .formatted(pipeline, TRIES, lost.getMessage()),
                    lost);
        }
    }

    private void restoreAgain(StateLostException lost) {
        LOG.warn("The state of '{}' is put together again: {}", pipeline, lost.getMessage());
        stages.reset();
        restore(setup.ledger().resumption())
                .ifPresent(it -> LOG.warn(
                        "The state of '{}' is back after {} s: {} records of the landed log were read again",
                        pipeline,
                        "%.1f".formatted(it.seconds()),
                        it.records()));
    }

    /** The database has what was taken, {@code records} of them. */
    void committed(long records) {
        whole = true;
        saved.committed(stages, records);
        shares = stages.shares();
        size.seen(shares);
        stages.requireRoom();
    }

    /** A state that is ahead of the database would give the next micro-batch the wrong number and the wrong rows. */
    private void requireWhole() {
        if (!whole) {
            throw new EngineException(
                    "Cannot go on with the stream of '%s': a micro-batch failed before; start it again, and it continues from the ledger"
                            .formatted(pipeline));
        }
    }

    StreamProgress progress() {
        return stages.progress();
    }

    /** What each partition holds after the last commit. */
    List<StateShare> shares() {
        return shares;
    }

    /** The most that was held at once. */
    StateSize size() {
        return size;
    }

    /** Processor time since the last call, in nanoseconds, of threads that are not Spark's. */
    long cpuNanos() {
        return stages.cpuNanos();
    }

    /** Saves the state if it is that of the last commit. */
    @Override
    public void close() {
        try (stages) {
            if (whole) {
                saved.save(stages);
            }
        }
    }
}
