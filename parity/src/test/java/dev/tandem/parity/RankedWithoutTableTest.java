package dev.tandem.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Derivation;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.Recount;
import dev.tandem.model.FieldType;
import dev.tandem.model.Instants;
import dev.tandem.model.Measure.Kind;
import dev.tandem.model.Pipeline;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A top view with a table over a view that has none: the comparison then knows the ranked view from the definition alone. */
class RankedWithoutTableTest {
    private static final long NOON = Instants.micros(Instant.parse("2026-01-31T12:00:00Z"));
    private static final long MINUTE = 60_000_000L;

    /** A random definition of that shape and what both modes make of random records, some of them late. */
    private record Trial(Pipeline pipeline, FoldPlan plan, Recount recount, Watermarks at) {
        static Trial of(long seed) {
            var random = new SplittableRandom(seed);
            int keys = random.nextInt(1, 4);
            var pipeline = pipeline(keys, random);
            var plan = plan(pipeline, keys);
            var batches = new ArrayList<List<Long>>();
            var ledger = new HashMap<Long, Watermarks>();
            var watermarks = Watermarks.NONE;
            long highest = Long.MIN_VALUE;
            for (long number = 1; number <= 12; number++) {
                ledger.put(number, watermarks);
                var times = times(number, random);
                batches.add(times);
                highest = Math.max(
                        highest, times.stream().mapToLong(it -> it).max().orElseThrow());
                watermarks = watermarks.next(highest - MINUTE);
            }
            var recount = Recount.ofBoth(plan, ledger);
            long position = 0;
            for (int index = 0; index < batches.size(); index++) {
                for (var time : batches.get(index)) {
                    recount.take(record(position++, time, keys, random), index + 1, Landed.As.KEPT);
                }
            }
            return new Trial(pipeline, plan, recount, watermarks);
        }

        private static List<Long> times(long number, SplittableRandom random) {
            var times = new ArrayList<Long>();
            for (int index = 0; index < 8; index++) {
                long late = random.nextInt(4) == 0 ? random.nextLong(20 * MINUTE) : random.nextLong(MINUTE);
                times.add(NOON + number * 3 * MINUTE - late);
            }
            return times;
        }

        private static Pipeline pipeline(int keys, SplittableRandom random) {
            var windows = List.of(
                    "{ tumbling: 5 minutes }", "{ sliding: 6 minutes, every: 2 minutes }", "{ calendar: hour }");
            var names = List.of("k0", "k1", "k2").subList(0, keys);
            return DefinitionReader.parse(
                    """
                    pipeline: ranks
                    time: { event: at }
                    source: { kafka: raw, land: { table: raw, in: sqlite } }
                    schema: k0 STRING, k1 STRING, k2 STRING, likes BIGINT, at TIMESTAMP
                    steps:
                      - watermark: { delay: 1 minute }
                    views:
                      tags: { window: %s, by: %s, measures: { n: count(*), likes: sum(likes) } }
                      best: { from: tags, top: { n: %d, per: window, order: [%s] } }
                    outputs: [ { view: best, table: "${mode}_best", in: sqlite } ]
                    """.formatted(
                                    windows.get(random.nextInt(windows.size())),
                                    names,
                                    random.nextInt(1, 5),
                                    random.nextBoolean() ? "n desc" : "likes desc, n asc"),
                    "ranks.yaml");
        }

        private static FoldPlan plan(Pipeline pipeline, int keys) {
            var arguments = List.of(
                    new Shape.Argument("n", Kind.COUNT, FieldType.LONG),
                    new Shape.Argument("likes", Kind.SUM, FieldType.LONG));
            var types = Collections.nCopies(keys, FieldType.TEXT);
            var shape = Shape.ofGrouped(pipeline.grouped().get(0), types, arguments, List.of());
            return FoldPlan.of(
                    pipeline,
                    List.of(shape),
                    List.of(arguments),
                    List.of(Optional.<Derivation>empty()),
                    pipeline.tops(),
                    List.of());
        }

        private static Prepared record(long position, long time, int keys, SplittableRandom random) {
            var key = new ArrayList<Object>();
            for (int index = 0; index < keys; index++) {
                key.add("t" + random.nextInt(3));
            }
            return new Prepared(
                    new Coordinates(0, position),
                    0,
                    new Prepared.Raw(new byte[0]),
                    Optional.empty(),
                    Optional.empty(),
                    time,
                    Optional.empty(),
                    List.of(),
                    List.of(new Prepared.Contribution(0, new ArrayList<>(key), List.of(1L, random.nextLong(5)))),
                    List.of(),
                    List.of());
        }

        private List<ResultRow> best(List<ResultRow> rows) {
            return rows.stream().filter(it -> it.view().equals("best")).toList();
        }

        Report compared() {
            var facts = new Evidence.Facts(
                    new EndOffsets(12, Map.of()),
                    12,
                    new Evidence.RunVersions(pipeline.hash(), Map.of()),
                    new Evidence.RunVersions(pipeline.hash(), Map.of()),
                    new TreeMap<>(),
                    Report.Runs.NOT_MEASURED,
                    Report.Refusals.NONE,
                    new Report.Provenance(Instants.ofMicros(NOON), Map.of(), List.of()));
            var shapes = plan.shapes().stream()
                    .filter(it -> it.name().equals("best"))
                    .toList();
            var stored = new InMemory(recount, at, best(recount.streamRows(at)), best(recount.batchRows(at)));
            return Comparison.of(new Evidence(pipeline, shapes, stored, at, facts), Path.of("nothing is written here"));
        }

        /** Ranks of closed windows whose rows are not the same in both modes, by comparing the rows themselves. */
        long differing() {
            var stream = byRank(best(recount.streamRows(at)));
            var batch = byRank(best(recount.batchRows(at)));
            var all = new HashSet<>(stream.keySet());
            all.addAll(batch.keySet());
            return all.stream()
                    .filter(it -> !Objects.equals(stream.get(it), batch.get(it)))
                    .count();
        }

        private Map<List<Object>, List<Object>> byRank(List<ResultRow> rows) {
            Function<ResultRow, List<Object>> id = row -> List.of(row.window(), row.key());
            return rows.stream()
                    .filter(row -> at.closes(row.window()))
                    .collect(Collectors.toMap(id, row -> List.copyOf(row.measures())));
        }
    }

    /** Was a NoSuchElementException as soon as a rank differed. */
    @Test
    void isComparedAndExplainedByTheKeysThatWereRanked() {
        long differing = 0;
        for (long seed = 1; seed <= 200; seed++) {
            var trial = Trial.of(seed);
            var report = trial.compared();
            var accuracy = report.agreement().accuracy();
            assertThat(accuracy.comparedRows() - accuracy.agreeingRows())
                    .as("seed %d", seed)
                    .isEqualTo(trial.differing());
            assertThat(report.unexplained()).as("seed %d", seed).isZero();
            differing += trial.differing();
        }
        assertThat(differing).isPositive();
    }
}
