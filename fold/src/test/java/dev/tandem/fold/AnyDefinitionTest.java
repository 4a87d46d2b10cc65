package dev.tandem.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.ResultRow.Status;
import dev.tandem.fold.recount.PartedRecount;
import dev.tandem.fold.recount.Recount;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.model.Dedup.Keep;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The promise over everything that a definition can say, mixed at random; see {@link AnyDefinition}. */
class AnyDefinitionTest {
    private static final long LATENESS = 15 * Made.MINUTE;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("tandem.seeds", 60));
    }

    static LongStream fewSeeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @Nested
    class WithinTheDelay {
        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.AnyDefinitionTest#seeds")
        void anySplitAndAnyOrderGivesTheBatch(long seed) {
            var run = new Run(seed, 0, Until.THE_END);
            assertSame(run.table(), run.dueBatchRows());
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.AnyDefinitionTest#seeds")
        void asManyRecordsWaitInBothModes(long seed) {
            var run = new Run(seed, 0, Until.SOMEWHERE);
            if (run.plan.keep() == Keep.FIRST) {
                assertThat(run.last().waiting())
                        .isEqualTo(run.recount().waiting(run.watermarks().close()));
            }
        }
    }

    @Nested
    class BeyondTheDelay {
        /** Of one run, since making it is what takes time. */
        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.AnyDefinitionTest#seeds")
        void theRecountKnowsEachRowThatTheStreamWroteAndTheRecordsOfEachThatDiffers(long seed) {
            for (var until : Until.values()) {
                var run = new Run(seed, LATENESS, until);
                var recount = run.recount();
                assertSame(run.table(), recount.streamRows(run.watermarks()));
                assertThat(different(recount, run))
                        .allMatch(row -> !recount.deviations(row.view(), row.window(), row.key())
                                .isEmpty());
                assertThat(run.changes).allSatisfy(it -> it.total().requireBalance("micro-batch " + it.number()));
                recount.fates().requireBalance("the batch");
            }
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.AnyDefinitionTest#fewSeeds")
        void recountsOfPartsMergeIntoTheWhole(long seed) {
            var run = new Run(seed, LATENESS, Until.SOMEWHERE);
            assertThat(told(run.merged(3), run)).isEqualTo(told(run.recount(), run));
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.AnyDefinitionTest#seeds")
        void isTheSameInPartsOfKeysAndRows(long seed) {
            var run = new Run(seed, LATENESS, Until.SOMEWHERE);
            assertThat(run.parted().told()).isEqualTo(told(run.recount(), run));
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.AnyDefinitionTest#fewSeeds")
        void tellsWhyRankedRowsDeviateToWhomRanksThem(long seed) {
            var run = new Run(seed, LATENESS, Until.THE_END);
            var recount = run.recount();
            var parted = run.parted();
            for (var top : run.plan.tops()) {
                var of = top.view().from();
                int keys = run.plan.grouped().get(run.plan.viewOf(top)).keys().size();
                for (var row : recount.batchRows(run.watermarks())) {
                    if (row.view().equals(top.view().name())) {
                        assertThat(parted.asked(row, of, row.window(), keys))
                                .isEqualTo(recount.deviations(
                                        of, row.window(), row.measures().subList(0, keys)));
                    }
                }
            }
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.AnyDefinitionTest#fewSeeds")
        void theCopiesThatCountAreTheBatch(long seed) {
            var run = new Run(seed, LATENESS, Until.THE_END);
            var whole = run.recount();
            var superseded = whole.superseded();
            var alone = Recount.ofBatch(run.plan);
            run.landed(record -> {
                if (!superseded.contains(record.at())) {
                    alone.take(record, 0, Landed.As.KEPT);
                }
            });
            assertSame(alone.batchRows(run.watermarks()), whole.batchRows(run.watermarks()));
        }
    }

    @Nested
    class APartitionedBatch {
        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.AnyDefinitionTest#seeds")
        void hasTheRowsAndTheCountsOfTheRecount(long seed) {
            var run = new Run(seed, LATENESS, Until.SOMEWHERE);
            var batch = run.batch();
            var recount = run.recount();
            assertSame(batch.rows(), recount.batchRows(run.watermarks()));
            var totals = batch.totals();
            assertThat(List.of(totals.fates(), totals.reasons(), totals.splits(), totals.unmatched()))
                    .isEqualTo(List.of(recount.fates(), recount.reasons(), recount.splits(), recount.unmatched()));
            assertThat(batch.waiting())
                    .isEqualTo(recount.waiting(run.watermarks().close()));
        }
    }

    @Nested
    class ARestartAtAnyMicroBatch {
        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.AnyDefinitionTest#fewSeeds")
        void changesNothing(long seed) {
            var run = new Run(seed, LATENESS, Until.THE_END);
            for (int stop = 1; stop < run.cut.size(); stop += 3) {
                var restarted = RebuildingTest.rebuilt(run.plan, run.cut, run.changes.subList(0, stop));
                var more = RebuildingTest.continued(restarted, run.cut.subList(stop, run.cut.size()));
                assertThat(RebuildingTest.told(more))
                        .as("stop %d", stop)
                        .isEqualTo(RebuildingTest.told(run.changes.subList(stop, run.changes.size())));
            }
        }
    }

    @Nested
    class ARestartFromAState {
        @ParameterizedTest(name = "seed {0}")
        @MethodSource("dev.tandem.fold.AnyDefinitionTest#fewSeeds")
        void changesNothing(long seed) {
            var run = new Run(seed, LATENESS, Until.THE_END);
            for (int stop = 1; stop < run.cut.size(); stop += 3) {
                for (int known : new TreeSet<>(List.of(stop, stop / 2))) {
                    var before = new StreamFold(run.plan);
                    run.cut.subList(0, known).forEach(before::apply);
                    var state = new RebuildingTest.Known(known, before.state());
                    var restarted = RebuildingTest.rebuilt(run.plan, run.cut, run.changes.subList(0, stop), state);
                    var more = RebuildingTest.continued(restarted, run.cut.subList(stop, run.cut.size()));
                    assertThat(RebuildingTest.told(more))
                            .as("stop %d, state of %d", stop, known)
                            .isEqualTo(RebuildingTest.told(run.changes.subList(stop, run.changes.size())));
                }
            }
        }
    }

    @Nested
    class TheSeeds {
        @Test
        void meetEveryDeviation() {
            var met = new HashSet<Deviation>();
            seeds().limit(60)
                    .forEach(seed -> met.addAll(new Run(seed, LATENESS, Until.THE_END)
                            .recount()
                            .deviantRecords()
                            .keySet()));
            assertThat(met).containsExactlyInAnyOrder(Deviation.values());
        }

        @Test
        void makeRowsGo() {
            assertThat(seeds().limit(20).mapToObj(seed -> new Run(seed, LATENESS, Until.THE_END)))
                    .anyMatch(run ->
                            run.changes.stream().anyMatch(it -> !it.gone().isEmpty()));
        }
    }

    enum Until {
        THE_END,
        SOMEWHERE
    }

    /** A stream over a log, with what it landed. */
    private static final class Run {
        private final FoldPlan plan;
        private final List<Changes> changes = new ArrayList<>();
        private final List<List<Prepared>> cut;

        Run(long seed, long lateness, Until until) {
            var definition = new AnyDefinition(seed, lateness);
            plan = definition.plan();
            var fold = new StreamFold(plan);
            var all = definition.microBatches(plan);
            cut = until == Until.THE_END ? all : all.subList(0, all.size() * 2 / 3);
            cut.forEach(records -> changes.add(fold.apply(records)));
            if (until == Until.THE_END) {
                changes.add(fold.closeAll());
            }
        }

        Collection<ResultRow> table() {
            return Table.of(changes).withoutRevisions();
        }

        /** Without running totals that a stream is to write when they are final: they never are. */
        List<ResultRow> dueBatchRows() {
            var tops = plan.tops().stream()
                    .filter(plan::closedOnly)
                    .map(it -> it.view().name())
                    .toList();
            return recount().batchRows(watermarks()).stream()
                    .filter(row -> row.status() == Status.CLOSED
                            || !(plan.closedOnly(row.view()) || tops.contains(row.view())))
                    .toList();
        }

        Changes last() {
            return changes.get(changes.size() - 1);
        }

        Watermarks watermarks() {
            return last().watermarks();
        }

        void landed(java.util.function.Consumer<Prepared> action) {
            cut.forEach(records -> records.forEach(action));
        }

        Recount recount() {
            var recount = Recount.ofBoth(plan, ledger());
            for (int index = 0; index < cut.size(); index++) {
                take(index, cut.get(index), List.of(recount));
            }
            return recount;
        }

        /** The same in parts. */
        PartedRecount parted() {
            var parted = new PartedRecount(plan, ledger(), watermarks());
            for (int index = 0; index < cut.size(); index++) {
                var as = as(changes.get(index));
                for (var record : cut.get(index)) {
                    parted.take(record, index + 1L, as.getOrDefault(record.at(), Landed.As.KEPT));
                }
            }
            parted.end();
            return parted;
        }

        BatchFold batch() {
            var batch = new BatchFold(plan, watermarks());
            cut.forEach(batch::take);
            return batch.end();
        }

        /** The recounts of {@code parts} by identity, sent over and merged. */
        Recount merged(int parts) {
            var recounts = new ArrayList<Recount>();
            for (int part = 0; part < parts; part++) {
                recounts.add(Recount.ofBoth(plan, ledger()));
            }
            for (int index = 0; index < cut.size(); index++) {
                take(index, cut.get(index), recounts);
            }
            var whole = Recount.ofBoth(plan, ledger());
            recounts.forEach(part -> whole.merge(sent(part)));
            return whole;
        }

        private void take(int index, List<Prepared> records, List<Recount> parts) {
            var as = as(changes.get(index));
            for (var record : records) {
                int part = Math.floorMod(record.identity().orElseThrow().hashCode(), parts.size());
                parts.get(part).take(record, index + 1L, as.getOrDefault(record.at(), Landed.As.KEPT));
            }
        }

        private Map<Long, Watermarks> ledger() {
            var ledger = new HashMap<Long, Watermarks>();
            changes.forEach(it -> ledger.put(it.number(), it.watermarks()));
            return ledger;
        }

        private static Map<Coordinates, Landed.As> as(Changes changes) {
            var as = new HashMap<Coordinates, Landed.As>();
            changes.quarantined().forEach(it -> as.put(it.at(), Landed.As.QUARANTINED));
            changes.duplicates().forEach(it -> as.put(it.record().at(), Landed.As.DUPLICATE));
            return as;
        }
    }

    private static Recount sent(Recount recount) {
        try {
            var bytes = new ByteArrayOutputStream();
            try (var out = new ObjectOutputStream(bytes)) {
                out.writeObject(recount);
            }
            try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (Recount) in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertSame(Collection<ResultRow> left, Collection<ResultRow> right) {
        var onlyLeft = byKey(left);
        var onlyRight = byKey(right);
        byKey(left).forEach((key, row) -> {
            if (onlyRight.remove(key, row)) {
                onlyLeft.remove(key);
            }
        });
        assertThat(onlyLeft).isEqualTo(onlyRight);
    }

    private static Map<String, ResultRow> byKey(Collection<ResultRow> rows) {
        var byKey = new TreeMap<String, ResultRow>();
        rows.forEach(row -> byKey.put(row.view() + row.window() + row.key(), row));
        assertThat(byKey).hasSameSizeAs(rows);
        return byKey;
    }

    /** Rows of either mode that the other does not have alike, but for those that the stream has yet to write. */
    private static List<ResultRow> different(Recount recount, Run run) {
        var stream = grouped(recount.streamRows(run.watermarks()));
        var batch = grouped(recount.batchRows(run.watermarks()));
        var all = new ArrayList<>(stream);
        all.addAll(batch);
        all.removeIf(row -> stream.contains(row) && batch.contains(row));
        all.removeIf(row -> row.status() == Status.OPEN && run.plan.closedOnly(row.view()));
        return all;
    }

    private static Set<ResultRow> grouped(List<ResultRow> rows) {
        var grouped = new HashSet<ResultRow>();
        rows.stream().filter(row -> row.view().startsWith("view")).forEach(grouped::add);
        return grouped;
    }

    /** Everything that a recount says. */
    private static List<Object> told(Recount recount, Run run) {
        var rows = byKey(recount.batchRows(run.watermarks()));
        var streamed = byKey(recount.streamRows(run.watermarks()));
        var deviations = new TreeMap<String, Object>();
        rows.forEach((key, row) -> deviations.put(key, recount.deviations(row.view(), row.window(), row.key())));
        streamed.forEach((key, row) -> deviations.put(key, recount.deviations(row.view(), row.window(), row.key())));
        return List.of(
                rows,
                streamed,
                deviations,
                recount.deviantRecords(),
                recount.reasons(),
                recount.splits(),
                recount.unmatched(),
                recount.fates(),
                recount.waiting(run.watermarks().close()));
    }
}
