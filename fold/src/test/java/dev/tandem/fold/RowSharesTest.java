package dev.tandem.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.recount.PartLog;
import dev.tandem.fold.recount.PartLog.Piece;
import dev.tandem.fold.recount.PartLog.Share;
import dev.tandem.fold.recount.Recount;
import dev.tandem.fold.recount.RowFilter;
import dev.tandem.fold.recount.RowShares;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a recount tells of the parts of rows, held against the rows and deviations that it counts on its own. */
class RowSharesTest {
    private static final long LATENESS = 15 * Made.MINUTE;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 150);
    }

    /** A stream over a log drawn from a seed, what it landed, and its ledger. */
    private static final class Run {
        private final FoldPlan plan;
        private final List<List<Prepared>> cut;
        private final List<Changes> changes = new ArrayList<>();
        private final Map<Long, Watermarks> ledger = new HashMap<>();

        Run(long seed) {
            var definition = new AnyDefinition(seed, LATENESS);
            plan = definition.plan();
            cut = definition.microBatches(plan);
            var fold = new StreamFold(plan);
            cut.forEach(records -> changes.add(fold.apply(records)));
            changes.add(fold.closeAll());
            changes.forEach(it -> ledger.put(it.number(), it.watermarks()));
        }

        Watermarks end() {
            return changes.get(changes.size() - 1).watermarks();
        }

        Recount recount(PartLog log, java.util.function.Predicate<Prepared> filter) {
            var recount = Recount.ofBoth(plan, ledger).tellingTo(log);
            for (int index = 0; index < cut.size(); index++) {
                var duplicates = new HashSet<Coordinates>();
                changes.get(index)
                        .duplicates()
                        .forEach(it -> duplicates.add(it.record().at()));
                for (var record : cut.get(index)) {
                    if (filter.test(record)) {
                        var as = record.rejection().isPresent()
                                ? Landed.As.QUARANTINED
                                : duplicates.contains(record.at()) ? Landed.As.DUPLICATE : Landed.As.KEPT;
                        recount.take(record, index + 1L, as);
                    }
                }
            }
            recount.tellRest(log);
            return recount;
        }
    }

    private static final class All implements PartLog {
        private final Map<RowKey, List<Map.Entry<Piece, Share>>> byRow = new HashMap<>();

        @Override
        public void take(Piece piece, Share share) {
            byRow.computeIfAbsent(piece.row(), row -> new ArrayList<>()).add(Map.entry(piece, share));
        }
    }

    private static Map<RowKey, ResultRow> byRow(FoldPlan plan, List<ResultRow> rows) {
        var byRow = new HashMap<RowKey, ResultRow>();
        for (int view = 0; view < plan.grouped().size(); view++) {
            var name = plan.grouped().get(view).name();
            for (var row : rows) {
                if (row.view().equals(name)) {
                    byRow.put(new RowKey(view, row.window(), row.key()), row);
                }
            }
        }
        return byRow;
    }

    private static Optional<List<@Nullable Object>> values(Map<RowKey, ResultRow> rows, RowKey row) {
        return Optional.ofNullable(rows.get(row)).map(ResultRow::measures);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSharesPutTogetherAreTheRowsOfBothModes(long seed) {
        var run = new Run(seed);
        var all = new All();
        var recount = run.recount(all, record -> true);
        var batch = byRow(run.plan, recount.batchRows(run.end()));
        var stream = byRow(run.plan, recount.streamRows(run.end()));
        var shares = new RowShares(run.plan, all.byRow.keySet(), new RowShares.Selection(at -> true, 5));
        all.byRow.values().forEach(its -> its.forEach(it -> shares.take(it.getKey(), it.getValue())));
        assertThat(all.byRow.keySet()).containsAll(batch.keySet()).containsAll(stream.keySet());
        for (var row : all.byRow.keySet()) {
            assertThat(shares.made(row, Share::inBatch).map(RowShares.RowValues::values))
                    .isEqualTo(values(batch, row));
            boolean written = run.end().closes(row.window())
                    || !run.plan.closedOnly(run.plan.grouped().get(row.view()).name());
            if (written) {
                assertThat(shares.made(row, Share::inStream).map(RowShares.RowValues::values))
                        .isEqualTo(values(stream, row));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachDeviationOfARowIsToldOnceForEachRecord(long seed) {
        var run = new Run(seed);
        var all = new All();
        var recount = run.recount(all, record -> true);
        all.byRow.forEach((row, its) -> {
            var view = run.plan.grouped().get(row.view());
            if (run.plan.gapMicros(row.view()) == 0) {
                var told = new TreeMap<Recount.Deviation, Set<Coordinates>>();
                its.forEach(it -> it.getValue()
                        .why()
                        .ifPresent(why -> told.computeIfAbsent(why, key -> new HashSet<>())
                                .add(it.getKey().at())));
                var noted = new TreeMap<Recount.Deviation, Set<Coordinates>>();
                recount.deviations(view.name(), row.window(), row.key())
                        .forEach((why, deviants) -> noted.put(why, new HashSet<>(deviants.examples())));
                assertThat(told).isEqualTo(noted);
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aFilteredLogGivesTheSameRow(long seed) {
        var run = new Run(seed);
        var whole = new All();
        run.recount(whole, record -> true);
        whole.byRow.keySet().stream().limit(12).forEach(row -> {
            var filter = RowFilter.of(run.plan, Set.of(row));
            var copies = new HashSet<Identity>();
            run.cut.forEach(records -> records.stream()
                    .filter(filter::contributes)
                    .forEach(it -> it.identity().ifPresent(copies::add)));
            var part = new All();
            run.recount(part, alike(filter.withCopies(copies)));
            assertThat(part.byRow.get(row)).containsExactlyInAnyOrderElementsOf(whole.byRow.get(row));
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aLogFilteredForSeveralRowsGivesTheSameRows(long seed) {
        var run = new Run(seed);
        var whole = new All();
        run.recount(whole, record -> true);
        var rows = whole.byRow.keySet().stream().limit(12).collect(Collectors.toSet());
        var filter = RowFilter.of(run.plan, rows);
        var copies = new HashSet<Identity>();
        run.cut.forEach(records -> records.stream()
                .filter(filter::contributes)
                .forEach(it -> it.identity().ifPresent(copies::add)));
        var part = new All();
        run.recount(part, alike(filter.withCopies(copies)));
        rows.forEach(row -> assertThat(part.byRow.get(row)).containsExactlyInAnyOrderElementsOf(whole.byRow.get(row)));
    }

    /** The filter, which must take a packed record as it takes the record. */
    private static Predicate<Prepared> alike(RowFilter filter) {
        var packed = filter.packed();
        return record -> {
            boolean taken = filter.takes(record);
            var bytes = new BlockWriter();
            PackedRecords.write(record, bytes);
            assertThat(packed.takes(new BlockReader(bytes.toByteArray()))).isEqualTo(taken);
            return taken;
        };
    }
}
