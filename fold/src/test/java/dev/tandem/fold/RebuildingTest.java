package dev.tandem.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.fold.Made.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RebuildingTest {
    private static final long DELAY = 2 * Made.MINUTE;
    private static final FoldPlan WINDOWED = Made.plan(DELAY, Made.MINUTE, Made.TUMBLING, Made.SLIDING, Made.HOURS);
    private static final FoldPlan RUNNING = Made.plan(DELAY, Made.MINUTE, Made.GLOBAL, Made.TUMBLING);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    @Nested
    class ARestartAtAnyMicroBatch {
        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.RebuildingTest#seeds")
        void changesNothing(long seed) {
            var cut = new Feed(seed, DELAY, 8 * Made.MINUTE).microBatches(WINDOWED);
            var whole = continued(new StreamFold(WINDOWED), cut);
            for (int stop = 1; stop < cut.size(); stop++) {
                var restarted = rebuilt(WINDOWED, cut, whole.subList(0, stop));
                assertThat(told(continued(restarted, cut.subList(stop, cut.size()))))
                        .as("stop %d", stop)
                        .isEqualTo(told(whole.subList(stop, whole.size())));
            }
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.RebuildingTest#seeds")
        void changesNoRunningTotal(long seed) {
            var cut = new Feed(seed, DELAY, 8 * Made.MINUTE).microBatches(RUNNING);
            var whole = continued(new StreamFold(RUNNING), cut);
            for (int stop = 1; stop < cut.size(); stop++) {
                var restarted = rebuilt(RUNNING, cut, whole.subList(0, stop));
                assertThat(told(continued(restarted, cut.subList(stop, cut.size()))))
                        .as("stop %d", stop)
                        .isEqualTo(told(whole.subList(stop, whole.size())));
            }
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.RebuildingTest#seeds")
        void leavesTheStateAsLargeAsItWas(long seed) {
            var cut = new Feed(seed, DELAY, 8 * Made.MINUTE).microBatches(WINDOWED);
            var fold = new StreamFold(WINDOWED);
            var done = new ArrayList<Changes>();
            for (var records : cut) {
                done.add(fold.apply(records));
                assertThat(rebuilt(WINDOWED, cut, done).stateRows()).isEqualTo(fold.stateRows());
            }
        }
    }

    @Nested
    class ARebuiltStream {
        private final StreamFold fold = new StreamFold(RUNNING);

        /** Was written again with a new revision, because the rebuilt stream did not know what it had written. */
        @Test
        void writesNoRankThatDidNotChange() {
            var records = Made.records(RUNNING, liked("java", 9), liked("sql", 5));
            var more = rebuilt(RUNNING, List.of(records), List.of(fold.apply(records)))
                    .apply(Made.records(RUNNING, Message.of("x", 2, "c")));
            assertThat(more.rows())
                    .extracting(ResultRow::view, ResultRow::key)
                    .contains(tuple("best0", List.of(3L)))
                    .doesNotContain(tuple("best0", List.of(1L)));
        }

        /** Was a duplicate after a restart and accepted without one. */
        @Test
        void doesNotRememberRecordsThatWereLeftOut() {
            var records = Made.records(RUNNING, liked("java", 9).leftOut());
            var more = rebuilt(RUNNING, List.of(records), List.of(fold.apply(records)))
                    .apply(Made.records(RUNNING, liked("java", 9)));
            assertThat(more.duplicates()).isEmpty();
        }

        private static Message liked(String tag, int likes) {
            return Message.of(tag, 1, tag).liked(likes);
        }
    }

    static List<Changes> continued(StreamFold fold, List<List<Prepared>> cut) {
        var all = new ArrayList<Changes>();
        cut.forEach(records -> all.add(fold.apply(records)));
        all.add(fold.closeAll());
        return all;
    }

    /** From what {@code done} committed of {@code cut} and nothing else, reading no further back than the plan's reach. */
    static StreamFold rebuilt(FoldPlan plan, List<List<Prepared>> cut, List<Changes> done) {
        return rebuilt(plan, cut, done, new Known(0, new StreamFold(plan).state()));
    }

    /** The state after micro-batch {@code number}. */
    record Known(long number, StreamFold.State state) {}

    /** The same, but a state is known, and only what was landed later is read. */
    static StreamFold rebuilt(FoldPlan plan, List<List<Prepared>> cut, List<Changes> done, Known known) {
        var fold = new StreamFold(plan);
        fold.read(known.state());
        var ledger = new HashMap<Long, Watermarks>();
        done.forEach(it -> ledger.put(it.number(), it.watermarks()));
        var last = done.get(done.size() - 1);
        var prepared = new HashMap<Coordinates, Prepared>();
        cut.forEach(records -> records.forEach(it -> prepared.put(it.at(), it)));
        var rebuilding = new StreamFold.Rebuilding(fold, ledger, last.number(), last.watermarks(), last.highestEvent());
        for (var changes : done) {
            if (changes.number() <= known.number()) {
                continue;
            }
            changes.landed().stream()
                    .map(it -> Objects.requireNonNull(prepared.get(it.at())))
                    .filter(it -> reached(plan, it, last.watermarks().close()))
                    .forEach(it -> rebuilding.replay(it, changes.number()));
        }
        Table.of(done).open().forEach(row -> rebuilding.revision(row.view(), row.window(), row.key(), row.revision()));
        rebuilding.done();
        return fold;
    }

    private static boolean reached(FoldPlan plan, Prepared record, long close) {
        long reach = plan.reachMicros();
        return reach == Long.MAX_VALUE || close == Long.MIN_VALUE || record.eventMicros() >= close - reach;
    }

    /** All that was committed, in an order of its own inside a micro-batch. */
    static List<Object> told(List<Changes> all) {
        var told = new ArrayList<Object>();
        for (var it : all) {
            told.add(Set.copyOf(it.rows()));
            told.add(Set.copyOf(it.gone()));
            told.add(List.of(
                    it.number(), it.watermarks(), it.duplicates(), it.late(), it.fates(), it.waiting(), it.closed()));
        }
        return told;
    }
}
