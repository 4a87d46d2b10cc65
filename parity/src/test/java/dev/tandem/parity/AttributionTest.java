package dev.tandem.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Derivation;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Identity;
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
import dev.tandem.model.Window.Span;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random plans of late records and copies over views of each kind of window that does not move. The truth is worked out beside the
 * recount: windows by division, lateness by comparing two numbers, copies by the plan. Each differing row must have exactly the causes
 * and records that the plan gives it, so precision and recall are 1. A stored row that somebody has changed must be told as such.
 */
class AttributionTest {
    private static final long MINUTE = 60_000_000L;
    private static final long NOON = Instants.micros(Instant.parse("2026-01-31T12:00:00Z"));
    private static final int MICRO_BATCHES = 12;
    private static final List<String> VIEWS = List.of("tumbling", "sliding", "hourly", "running");

    private static final Pipeline PIPELINE = DefinitionReader.parse("""
            pipeline: attributed
            time: { event: at }
            source: { kafka: raw, land: { table: raw, in: sqlite } }
            schema: id STRING, tag STRING, likes BIGINT, at TIMESTAMP
            steps:
              - watermark: { delay: 1 minute }
              - dedup: { by: [id], within: 5 minutes }
            views:
              tumbling: { window: { tumbling: 5 minutes }, by: [tag], measures: { n: count(*), likes: sum(likes) } }
              sliding: { window: { sliding: 6 minutes, every: 2 minutes }, by: [tag], measures: { n: count(*), likes: sum(likes) } }
              hourly: { window: { calendar: hour }, by: [tag], measures: { n: count(*), likes: sum(likes) } }
              running: { by: [tag], measures: { n: count(*), likes: sum(likes) } }
            outputs:
              - { view: tumbling, table: "${mode}_tumbling", in: sqlite }
              - { view: sliding, table: "${mode}_sliding", in: sqlite }
              - { view: hourly, table: "${mode}_hourly", in: sqlite }
              - { view: running, table: "${mode}_running", in: sqlite }
            """, "attributed.yaml");

    private static final FoldPlan PLAN = plan();

    private static FoldPlan plan() {
        var arguments = List.of(
                new Shape.Argument("n", Kind.COUNT, FieldType.LONG),
                new Shape.Argument("likes", Kind.SUM, FieldType.LONG));
        var shapes = PIPELINE.grouped().stream()
                .map(view -> Shape.ofGrouped(view, List.of(FieldType.TEXT), arguments, List.of()))
                .toList();
        return FoldPlan.of(
                PIPELINE,
                shapes,
                shapes.stream().map(it -> arguments).toList(),
                shapes.stream().map(it -> Optional.<Derivation>empty()).toList(),
                List.of(),
                List.of());
    }

    /** The windows of a view that hold a time. */
    private static List<Span> windows(String view, long time) {
        return switch (view) {
            case "tumbling" -> List.of(span(Math.floorDiv(time, 5 * MINUTE) * 5 * MINUTE, 5));
            case "sliding" -> {
                long last = Math.floorDiv(time, 2 * MINUTE) * 2 * MINUTE;
                yield List.of(span(last - 4 * MINUTE, 6), span(last - 2 * MINUTE, 6), span(last, 6));
            }
            case "hourly" -> List.of(span(Math.floorDiv(time, 60 * MINUTE) * 60 * MINUTE, 60));
            default -> List.of(Span.ALL);
        };
    }

    private static Span span(long start, int minutes) {
        return new Span(Instants.ofMicros(start), Instants.ofMicros(start + minutes * MINUTE));
    }

    private static boolean ended(Span window, long watermark) {
        return !window.equals(Span.ALL) && Instants.micros(window.end()) <= watermark;
    }

    /** A row of a view. */
    private record Id(String view, Span window, String tag) {}

    /** What one mode holds in a row. */
    private record Sums(long n, long likes) {
        Sums plus(long more) {
            return new Sums(n + 1, likes + more);
        }
    }

    /** A plan with its records given to a recount, and what is true of it. */
    private static final class Planned {
        private final SplittableRandom random;
        private final Recount recount;
        private final Map<Id, Sums> stream = new HashMap<>();
        private final Map<Id, Sums> batch = new HashMap<>();
        private final Map<Id, Map<String, Set<Coordinates>>> causes = new HashMap<>();
        private final List<Long> ids = new ArrayList<>();
        private long position;
        private Watermarks watermarks = Watermarks.NONE;

        Planned(long seed) {
            random = new SplittableRandom(seed);
            var ledger = new HashMap<Long, Watermarks>();
            recount = Recount.ofBoth(PLAN, ledger);
            long highest = Long.MIN_VALUE;
            for (long number = 1; number <= MICRO_BATCHES; number++) {
                ledger.put(number, watermarks);
                long lateUntil = watermarks.late();
                for (int index = 0; index < 8; index++) {
                    highest = Math.max(highest, take(number, lateUntil));
                }
                watermarks = watermarks.next(highest - MINUTE);
            }
        }

        private long take(long number, long lateUntil) {
            boolean copy = !ids.isEmpty() && random.nextInt(6) == 0;
            long id = copy ? ids.get(random.nextInt(ids.size())) : position;
            boolean remembered = copy && random.nextBoolean();
            ids.add(id);
            long late = random.nextInt(4) == 0 ? random.nextLong(20 * MINUTE) : random.nextLong(MINUTE);
            long time = NOON + number * 3 * MINUTE - late;
            var tag = "t" + random.nextInt(2);
            long likes = random.nextLong(1, 9);
            var at = new Coordinates(0, position++);
            recount.take(record(at, time, id, tag, likes), number, remembered ? Landed.As.DUPLICATE : Landed.As.KEPT);
            for (var view : VIEWS) {
                var windows = windows(view, time);
                boolean allEnded = windows.stream().allMatch(it -> ended(it, lateUntil));
                for (var window : windows) {
                    var row = new Id(view, window, tag);
                    boolean streamed = !remembered && !ended(window, lateUntil);
                    count(row, likes, !copy, streamed);
                    if (!copy && !streamed) {
                        cause(row, allEnded ? "late" : "late_partial", at);
                    } else if (copy && streamed) {
                        cause(row, "dup_horizon", at);
                    }
                }
            }
            return time;
        }

        private void count(Id row, long likes, boolean counted, boolean streamed) {
            if (counted) {
                batch.put(row, batch.getOrDefault(row, new Sums(0, 0)).plus(likes));
            }
            if (streamed) {
                stream.put(row, stream.getOrDefault(row, new Sums(0, 0)).plus(likes));
            }
        }

        private void cause(Id row, String cause, Coordinates at) {
            causes.computeIfAbsent(row, key -> new TreeMap<>())
                    .computeIfAbsent(cause, key -> new TreeSet<>())
                    .add(at);
        }

        private static Prepared record(Coordinates at, long time, long id, String tag, long likes) {
            var contributions = new ArrayList<Prepared.Contribution>();
            for (int view = 0; view < VIEWS.size(); view++) {
                contributions.add(new Prepared.Contribution(view, new ArrayList<>(List.of(tag)), List.of(1L, likes)));
            }
            return new Prepared(
                    at,
                    0,
                    new Prepared.Raw(new byte[0]),
                    Optional.empty(),
                    Optional.empty(),
                    time,
                    Optional.of(new Identity(0, id)),
                    List.of(),
                    contributions,
                    List.of(),
                    List.of());
        }

        /** Rows that can be compared and are not the same. */
        Map<Id, Map<String, Set<Coordinates>>> differing() {
            var differing = new HashMap<Id, Map<String, Set<Coordinates>>>();
            causes.forEach((row, its) -> {
                boolean compared = row.window().equals(Span.ALL) || ended(row.window(), watermarks.close());
                if (compared && !Optional.ofNullable(stream.get(row)).equals(Optional.ofNullable(batch.get(row)))) {
                    differing.put(row, its);
                }
            });
            return differing;
        }

        Report compared() {
            var facts = new Evidence.Facts(
                    new EndOffsets(MICRO_BATCHES, Map.of()),
                    MICRO_BATCHES,
                    new Evidence.RunVersions(PIPELINE.hash(), Map.of()),
                    new Evidence.RunVersions(PIPELINE.hash(), Map.of()),
                    new TreeMap<>(),
                    Report.Runs.NOT_MEASURED,
                    Report.Refusals.NONE,
                    new Report.Provenance(Instants.ofMicros(NOON), Map.of(), List.of()));
            var stored = new InMemory(recount, watermarks, rows(stream), rows(batch));
            return Comparison.of(
                    new Evidence(PIPELINE, PLAN.grouped(), stored, watermarks, facts),
                    Path.of("nothing is written here"));
        }

        private List<ResultRow> rows(Map<Id, Sums> rows) {
            return rows.entrySet().stream()
                    .map(it -> new ResultRow(
                            it.getKey().view(),
                            it.getKey().window(),
                            new ArrayList<>(List.of(it.getKey().tag())),
                            List.of(it.getValue().n(), it.getValue().likes()),
                            ended(it.getKey().window(), watermarks.close())
                                    ? ResultRow.Status.CLOSED
                                    : ResultRow.Status.OPEN,
                            1,
                            it.getValue().n()))
                    .toList();
        }

        /** Changes one stored row of a mode, or deletes it; gives the row. */
        Id tamper() {
            var rows = random.nextBoolean() ? stream : batch;
            var closed = rows.keySet().stream()
                    .filter(it -> ended(it.window(), watermarks.close()))
                    .sorted((left, right) -> left.toString().compareTo(right.toString()))
                    .toList();
            var row = closed.get(random.nextInt(closed.size()));
            switch (random.nextInt(3)) {
                case 0 -> rows.remove(row);
                case 1 -> rows.computeIfPresent(row, (id, it) -> new Sums(it.n() + 1, it.likes()));
                default -> rows.computeIfPresent(row, (id, it) -> new Sums(it.n(), it.likes() - 1));
            }
            return row;
        }
    }

    private static Id id(Report.Difference difference) {
        var window = difference.start().isPresent()
                ? new Span(difference.start().get(), difference.end().orElseThrow())
                : Span.ALL;
        return new Id(difference.view(), window, difference.key().getOrDefault("tag", ""));
    }

    @Test
    void everyCauseHasTheRecordsOfThePlanAndNoOthers() {
        var kinds = new TreeMap<String, Integer>();
        for (long seed = 1; seed <= 100; seed++) {
            var planned = new Planned(seed);
            var differing = planned.differing();
            var found = new HashMap<Id, Map<String, Long>>();
            for (var difference : planned.compared().differences()) {
                var row = id(difference);
                found.put(row, difference.causes());
                var all = new TreeSet<Coordinates>();
                differing.getOrDefault(row, Map.of()).values().forEach(all::addAll);
                assertThat(difference.records())
                        .as("seed %d, %s", seed, row)
                        .containsExactlyElementsOf(
                                all.stream().map(Object::toString).toList());
            }
            var expected = new HashMap<Id, Map<String, Long>>();
            differing.forEach((row, its) -> {
                var counts = new TreeMap<String, Long>();
                its.forEach((cause, records) -> counts.put(cause, (long) records.size()));
                counts.keySet().forEach(cause -> kinds.merge(cause, 1, Integer::sum));
                expected.put(row, counts);
            });
            assertThat(found).as("seed %d", seed).isEqualTo(expected);
        }
        assertThat(kinds).containsOnlyKeys("late", "late_partial", "dup_horizon");
    }

    @Test
    void aStoredRowThatSomebodyChangedIsToldAsSuch() {
        for (long seed = 1; seed <= 30; seed++) {
            var planned = new Planned(seed);
            var tampered = planned.tamper();
            var report = planned.compared();
            assertThat(report.verdict()).as("seed %d", seed).isEqualTo(Verdict.DISAGREE);
            var sinks = new TreeSet<String>();
            report.differences().stream()
                    .filter(it -> it.causes().containsKey("sink"))
                    .forEach(it -> sinks.add(id(it).toString()));
            assertThat(sinks).as("seed %d", seed).containsExactly(tampered.toString());
            assertThat(report.causes()).doesNotContainKey(Cause.UNEXPLAINED);
        }
    }
}
