package dev.tandem.engine.stage;

import dev.tandem.engine.stage.PartReport.Outcome;
import dev.tandem.fold.NamedFile;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of state that this process holds from one task to the next. This is the one thing that must be static: Spark gives
 * a task nothing else that outlives it.
 */
final class HeldStates {
    private static final Logger LOG = LoggerFactory.getLogger(HeldStates.class);
    private static final HeldStates HERE = new HeldStates();

    private final Map<Id, Slot> slots = new ConcurrentHashMap<>();
    private final HeapGuard heap = HeapGuard.ofExecutor("the stream");

    record Id(String pipeline, StateKind kind, int part) {}

    /**
     * What came of a task's work.
     *
     * @param share what the partition holds after it; nothing unless the outcome is {@link Outcome#DONE}
     * @param result there if the outcome is {@link Outcome#DONE}
     */
    record Answer<R>(
            StateShare share,
            Outcome outcome,
            String message,
            @Nullable R result) {
        /** Of a task whose state is not what it needs. */
        static <R> Answer<R> lost(StateKind kind, int part, String message) {
            return without(kind, part, Outcome.LOST, message);
        }

        private static <R> Answer<R> without(StateKind kind, int part, Outcome outcome, String message) {
            return new Answer<>(new StateShare(kind, part, 0, 0, place()), outcome, message, null);
        }

        PartReport report(byte[] report, List<byte[]> heads, List<NamedFile> files) {
            return new PartReport(share, outcome, message, report, heads, files);
        }
    }

    /** One partition. Two attempts of a task may meet here. */
    private static final class Slot {
        private long generation = Long.MIN_VALUE;
        private long turn;
        private boolean changing;
        private @Nullable HeldState state;

        /** Whether this is what the task of {@code turn} changes. */
        boolean isBefore(Turn next) {
            return next.generation() == generation && turn == next.number() - 1 && !changing && state != null;
        }

        boolean begins(Turn next) {
            return next.generation() > generation && next.number() == 1;
        }
    }

    static HeldStates here() {
        return HERE;
    }

    /** This process, as Spark writes locations. */
    static String place() {
        var env = SparkEnv.get();
        return "executor_%s_%s".formatted(env.blockManager().blockManagerId().host(), env.executorId());
    }

    /**
     * Does {@code work} on a partition, which it changes. The first turn of a generation begins with {@code fresh} state. What the
     * work throws becomes the answer, because a second attempt could not find out any more.
     */
    <S extends HeldState, R> Answer<R> change(
            Turn turn, StateKind kind, int part, Supplier<S> fresh, Function<S, R> work) {
        var own = slots.computeIfAbsent(new Id(turn.pipeline(), kind, part), id -> new Slot());
        synchronized (own) {
            if (own.begins(turn)) {
                own.generation = turn.generation();
                own.turn = 0;
                own.changing = false;
                own.state = fresh.get();
            }
            if (!own.isBefore(turn)) {
                return lost(kind, part);
            }
            own.changing = true;
            var answer = answer(own, kind, part, work);
            own.turn = turn.number();
            own.changing = answer.outcome() != Outcome.DONE;
            return answer;
        }
    }

    /** Does {@code work} on a partition as {@code turn} has left it; the work changes nothing. */
    <S extends HeldState, R> Answer<R> look(Turn turn, StateKind kind, int part, Function<S, R> work) {
        var own = slots.computeIfAbsent(new Id(turn.pipeline(), kind, part), id -> new Slot());
        synchronized (own) {
            return own.isBefore(turn.next()) ? answer(own, kind, part, work) : lost(kind, part);
        }
    }

    private static <R> Answer<R> lost(StateKind kind, int part) {
        return Answer.lost(kind, part, "%s is not at %s any more".formatted(kind.file(part), place()));
    }

    @SuppressWarnings("unchecked") // the kind tells the type
    private <S extends HeldState, R> Answer<R> answer(Slot own, StateKind kind, int part, Function<S, R> work) {
        try {
            var state = Objects.requireNonNull(own.state);
            var result = work.apply((S) state);
            var share = new StateShare(kind, part, state.rows(), state.bytes(), place());
            heap.require(this::rows);
            return new Answer<>(share, Outcome.DONE, "", result);
        } catch (UncheckedIOException e) {
            return Answer.without(kind, part, Outcome.TORN, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("The state partition {} failed", kind.file(part), e);
            return Answer.without(kind, part, Outcome.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private long rows() {
        return slots.values().stream()
                .mapToLong(it -> it.state == null ? 0 : it.state.rows())
                .sum();
    }
}
