package dev.tandem.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.SlowModel.Sum;
import dev.tandem.fold.recount.Recount;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The promise of the whole product, on its smallest scale: what a stream and a batch make of one log. */
class StreamAgainstBatchTest {
    private static final long DELAY = 2 * Made.MINUTE;
    private static final FoldPlan PLAN =
            Made.plan(DELAY, Made.FOREVER, Made.TUMBLING, Made.SLIDING, Made.HOURS, Made.GLOBAL);
    private static final FoldPlan FORGETFUL =
            Made.plan(DELAY, Made.MINUTE, Made.TUMBLING, Made.SLIDING, Made.HOURS, Made.GLOBAL);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @Nested
    class WithinTheDelay {
        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.StreamAgainstBatchTest#seeds")
        void anySplitAndAnyOrderGivesTheBatch(long seed) {
            var run = new Run(PLAN, new Feed(seed, DELAY, 0));
            assertSame(run.table().withoutRevisions(), run.batch(PLAN).batchRows(run.watermarks()));
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.StreamAgainstBatchTest#seeds")
        void nothingIsLate(long seed) {
            assertThat(new Run(PLAN, new Feed(seed, DELAY, 0)).total().late()).isZero();
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.StreamAgainstBatchTest#seeds")
        void bothModesTellTheSameFates(long seed) {
            var run = new Run(PLAN, new Feed(seed, DELAY, 0));
            assertThat(run.batch(PLAN).fates()).isEqualTo(run.total());
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.StreamAgainstBatchTest#seeds")
        void theBatchIsWhatTheSlowModelSays(long seed) {
            var feed = new Feed(seed, DELAY, 0);
            var rows = new Run(PLAN, feed).batch(PLAN).batchRows(Watermarks.NONE);
            assertThat(sums(rows, "view0"))
                    .isEqualTo(SlowModel.of(Duration.ofMinutes(5), Duration.ofMinutes(5))
                            .batch(feed.messages()));
        }
    }

    @Nested
    class BeyondTheDelay {
        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.StreamAgainstBatchTest#seeds")
        void theRecountKnowsEachRowThatTheStreamWrote(long seed) {
            var run = new Run(FORGETFUL, new Feed(seed, DELAY, 15 * Made.MINUTE));
            assertSame(run.table().withoutRevisions(), run.recount(FORGETFUL).streamRows(run.watermarks()));
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.StreamAgainstBatchTest#seeds")
        void everyRowThatDiffersHasItsRecords(long seed) {
            var run = new Run(FORGETFUL, new Feed(seed, DELAY, 15 * Made.MINUTE));
            var recount = run.recount(FORGETFUL);
            assertThat(different(recount, run.watermarks()))
                    .allMatch(row -> !recount.deviations(row.view(), row.window(), row.key())
                            .isEmpty());
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.StreamAgainstBatchTest#seeds")
        void theDifferenceInEventsIsTheRecordsTold(long seed) {
            var run = new Run(FORGETFUL, new Feed(seed, DELAY, 15 * Made.MINUTE));
            var recount = run.recount(FORGETFUL);
            var stream = events(recount.streamRows(run.watermarks()));
            assertThat(grouped(recount.batchRows(run.watermarks())))
                    .allMatch(row -> row.events() - stream.getOrDefault(key(row), 0L) == lostLessGained(recount, row));
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.StreamAgainstBatchTest#seeds")
        void tumblingWindowsRefuseWhatTheSlowModelRefuses(long seed) {
            var feed = new Feed(seed, DELAY, 15 * Made.MINUTE);
            var run = new Run(PLAN, feed);
            assertThat(sums(run.table().withoutRevisions(), "view0"))
                    .isEqualTo(SlowModel.of(Duration.ofMinutes(5), Duration.ofMinutes(5)).stream(
                            run.messages(feed), DELAY));
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.StreamAgainstBatchTest#seeds")
        void theArrivalsOfAWindowAddUpToWhatEachModeCounts(long seed) {
            var run = new Run(PLAN, new Feed(seed, DELAY, 15 * Made.MINUTE));
            var recount = run.recount(PLAN);
            var stream = bySpan(recount.streamRows(run.watermarks()), "view0");
            var batch = bySpan(recount.batchRows(run.watermarks()), "view0");
            var arrivals = recount.arrivals().windows();
            arrivals.forEach((window, coming) -> {
                if (window.view() == 0) {
                    assertThat(coming.batch()).isEqualTo(batch.getOrDefault(window.span(), 0L));
                    assertThat(coming.stream().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum())
                            .isEqualTo(stream.getOrDefault(window.span(), 0L));
                }
            });
        }

        /** The seconds told are the least: with so much more delay nothing is late, with a second less something is. */
        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.StreamAgainstBatchTest#seeds")
        void theMissingDelayIsJustEnough(long seed) {
            var feed = new Feed(seed, DELAY, 15 * Made.MINUTE);
            var missed = new Run(PLAN, feed).recount(PLAN).arrivals().missedBy();
            if (missed.isEmpty()) {
                return;
            }
            assertThat(lateWith(DELAY + missed.lastKey() * Made.SECOND, feed)).isZero();
            assertThat(lateWith(DELAY + (missed.lastKey() - 1) * Made.SECOND, feed))
                    .isPositive();
        }

        private static long lateWith(long delay, Feed feed) {
            var plan = Made.plan(delay, Made.FOREVER, Made.TUMBLING, Made.SLIDING, Made.HOURS, Made.GLOBAL);
            var total = new Run(plan, feed).total();
            return total.late() + total.latePartial();
        }

        private static Map<Span, Long> bySpan(List<ResultRow> rows, String view) {
            var events = new HashMap<Span, Long>();
            rows.stream()
                    .filter(row -> row.view().equals(view))
                    .forEach(row -> events.merge(row.window(), row.events(), Long::sum));
            return events;
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.StreamAgainstBatchTest#seeds")
        void fatesBalanceInEveryMicroBatch(long seed) {
            var run = new Run(FORGETFUL, new Feed(seed, DELAY, 15 * Made.MINUTE));
            assertThat(run.changes).allSatisfy(it -> it.total().requireBalance("micro-batch " + it.number()));
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.StreamAgainstBatchTest#seeds")
        void recountsOfPartsMergeIntoTheWhole(long seed) {
            var run = new Run(FORGETFUL, new Feed(seed, DELAY, 15 * Made.MINUTE));
            assertThat(told(run.merged(FORGETFUL, 3), run)).isEqualTo(told(run.recount(FORGETFUL), run));
        }
    }

    @Nested
    class TheSeeds {
        @Test
        void meetEveryDeviation() {
            var met = new HashSet<Deviation>();
            seeds().forEach(seed -> {
                var run = new Run(FORGETFUL, new Feed(seed, DELAY, 15 * Made.MINUTE));
                met.addAll(run.recount(FORGETFUL).deviantRecords().keySet());
            });
            assertThat(met).contains(Deviation.LATE, Deviation.LATE_PARTIAL, Deviation.DUP_HORIZON);
        }
    }

    /** A stream over a feed to its end, with what it landed. */
    private static final class Run {
        private final List<Changes> changes = new ArrayList<>();
        private final List<List<Prepared>> cut;

        Run(FoldPlan plan, Feed feed) {
            var fold = new StreamFold(plan);
            cut = feed.microBatches(plan);
            cut.forEach(records -> changes.add(fold.apply(records)));
            changes.add(fold.closeAll());
        }

        Table table() {
            return Table.of(changes);
        }

        Watermarks watermarks() {
            return changes.get(changes.size() - 1).watermarks();
        }

        Fates total() {
            return changes.stream().map(Changes::total).reduce(Fates.NONE, Fates::plus);
        }

        List<List<Made.Message>> messages(Feed feed) {
            var messages = feed.messages();
            return cut.stream()
                    .map(records -> records.stream()
                            .map(record -> messages.get((int) record.at().position()))
                            .toList())
                    .toList();
        }

        Recount batch(FoldPlan plan) {
            var recount = Recount.ofBatch(plan);
            cut.forEach(records -> records.forEach(record -> recount.take(record, 0, Landed.As.KEPT)));
            return recount;
        }

        Recount recount(FoldPlan plan) {
            return merged(plan, 1);
        }

        /** The recounts of {@code parts} by identity, merged. */
        Recount merged(FoldPlan plan, int parts) {
            var ledger = new HashMap<Long, Watermarks>();
            changes.forEach(it -> ledger.put(it.number(), it.watermarks()));
            var recounts = new ArrayList<Recount>();
            for (int part = 0; part < parts; part++) {
                recounts.add(Recount.ofBoth(plan, ledger));
            }
            for (int index = 0; index < cut.size(); index++) {
                var as = as(changes.get(index));
                for (var record : cut.get(index)) {
                    int part = Math.floorMod(record.identity().orElseThrow().hashCode(), parts);
                    recounts.get(part).take(record, index + 1L, as.getOrDefault(record.at(), Landed.As.KEPT));
                }
            }
            return recounts.stream().reduce(Recount.ofBoth(plan, ledger), Run::plus);
        }

        private static Recount plus(Recount all, Recount part) {
            all.merge(part);
            return all;
        }

        private static Map<Coordinates, Landed.As> as(Changes changes) {
            var as = new HashMap<Coordinates, Landed.As>();
            changes.quarantined().forEach(it -> as.put(it.at(), Landed.As.QUARANTINED));
            changes.duplicates().forEach(it -> as.put(it.record().at(), Landed.As.DUPLICATE));
            return as;
        }
    }

    private static void assertSame(Collection<ResultRow> left, Collection<ResultRow> right) {
        assertThat(byKey(left)).isEqualTo(byKey(right));
    }

    private static Map<String, ResultRow> byKey(Collection<ResultRow> rows) {
        var byKey = new TreeMap<String, ResultRow>();
        rows.forEach(row -> byKey.put(key(row), row));
        assertThat(byKey).hasSameSizeAs(rows);
        return byKey;
    }

    private static String key(ResultRow row) {
        return row.view() + row.window() + row.key();
    }

    private static List<ResultRow> grouped(List<ResultRow> rows) {
        return rows.stream().filter(row -> row.view().startsWith("view")).toList();
    }

    /** Rows of either mode that the other does not have alike. */
    private static List<ResultRow> different(Recount recount, Watermarks at) {
        var stream = new HashSet<>(grouped(recount.streamRows(at)));
        var batch = new HashSet<>(grouped(recount.batchRows(at)));
        var all = new ArrayList<>(stream);
        all.addAll(batch);
        all.removeIf(row -> stream.contains(row) && batch.contains(row));
        return all;
    }

    private static Map<String, Long> events(List<ResultRow> rows) {
        var events = new HashMap<String, Long>();
        rows.forEach(row -> events.put(key(row), row.events()));
        return events;
    }

    private static long lostLessGained(Recount recount, ResultRow row) {
        return recount.deviations(row.view(), row.window(), row.key()).entrySet().stream()
                .mapToLong(it -> it.getKey() == Deviation.DUP_HORIZON
                        ? -it.getValue().records()
                        : it.getValue().records())
                .sum();
    }

    private static Map<String, Sum> sums(Collection<ResultRow> rows, String view) {
        var sums = new TreeMap<String, Sum>();
        for (var row : rows) {
            if (row.view().equals(view) && row.measures().get(1) instanceof Long likes) {
                long start = Instants.micros(row.window().start());
                sums.put(SlowModel.row(start, (String) row.key().get(0)), new Sum(row.events(), likes));
            }
        }
        return sums;
    }

    /** Everything that a recount says. */
    private static List<Object> told(Recount recount, Run run) {
        var rows = byKey(recount.batchRows(run.watermarks()));
        var deviations = new TreeMap<String, Object>();
        rows.forEach((key, row) -> deviations.put(key, recount.deviations(row.view(), row.window(), row.key())));
        return List.of(
                rows,
                byKey(recount.streamRows(run.watermarks())),
                deviations,
                recount.deviantRecords(),
                recount.reasons(),
                recount.fates(),
                recount.waiting(Made.NOON));
    }
}
