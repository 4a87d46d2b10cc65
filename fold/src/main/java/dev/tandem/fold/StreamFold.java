package dev.tandem.fold;

import dev.tandem.fold.Changes.Duplicate;
import dev.tandem.fold.Changes.Late;
import dev.tandem.fold.Prepared.Contribution;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stream's whole state and the one function that moves it: a micro-batch of records in, {@link Changes} out. It is a function
 * of the records and of where the micro-batches were cut, nothing else, so the same log and ledger always give the same state:
 * that is how it is rebuilt after a crash, and how every number can be proven.
 *
 * <p>Why not Spark's stateful operators: they commit apart from the database, drop late rows and duplicates without saying which,
 * and refuse session windows, exact distinct counts and several of them in a row in update mode. The price is that a pipeline's
 * open windows and remembered keys live in one process.
 *
 * <p>One thread. After a failed commit the state is ahead of the database: throw it away and rebuild.
 */
public final class StreamFold {

    private final FoldPlan plan;
    private final List<Groups> groups;
    private final SeenKeys seen;
    private final Map<String, Map<Span, List<Ranking.Ranked>>> writtenTops = new HashMap<>();
    private final Map<String, Map<Span, int[]>> topRevisions = new HashMap<>();
    private final TreeMap<Long, Long> waiting = new TreeMap<>();
    private Watermarks watermarks = Watermarks.NONE;
    private long highestEvent = Long.MIN_VALUE;
    private long number;

    public StreamFold(FoldPlan plan) {
        this.plan = plan;
        this.groups = plan.emptyGroups();
        this.seen = new SeenKeys(plan.horizonMicros());
    }

    /** Takes in the next micro-batch. */
    public Changes apply(List<Prepared> records) {
        return apply(records, Long.MIN_VALUE);
    }

    /** Moves the watermark to {@code micros} without records, as when the source has been silent for the stated time. */
    public Changes closeUntil(long micros) {
        return apply(List.of(), micros);
    }

    /** Closes every window that is open, as when the source has ended. */
    public Changes closeAll() {
        long end = groups.stream().mapToLong(Groups::lastEnd).max().orElse(Long.MIN_VALUE);
        return apply(List.of(), end);
    }

    private Changes apply(List<Prepared> records, long atLeast) {
        number++;
        var reached = highestEvent == Long.MIN_VALUE ? Long.MIN_VALUE : highestEvent - plan.delayMicros();
        watermarks = watermarks.next(Math.max(reached, atLeast));
        var batch = new MicroBatch();
        for (var record : records) {
            batch.take(record);
        }
        var rows = batch.rows();
        seen.forgetBefore(watermarks.close());
        waiting.headMap(watermarks.close(), true).clear();
        return new Changes(
                number,
                watermarks,
                batch.landed,
                batch.quarantined,
                batch.duplicates,
                batch.late,
                rows,
                batch.fates,
                highestEvent,
                waitingNow(),
                batch.closed);
    }

    public long number() {
        return number;
    }

    public Watermarks watermarks() {
        return watermarks;
    }

    public long waitingNow() {
        return waiting.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether a window is open that the passing of time could close. */
    public boolean anyOpen() {
        return groups.stream().anyMatch(it -> it.lastEnd() != Long.MIN_VALUE);
    }

    /** How many groups are open and keys remembered. */
    public long stateRows() {
        return groups.stream().mapToLong(Groups::size).sum() + seen.size();
    }

    /** Puts the position back after a restart; see {@link Rebuilding}. */
    void continueFrom(long lastNumber, Watermarks last, long highest) {
        number = lastNumber;
        watermarks = last;
        highestEvent = highest;
    }

    SeenKeys seen() {
        return seen;
    }

    /** Counts again a record that was accepted before the restart, in the windows that took it then and are still open. */
    void recount(Prepared record, Watermarks then) {
        for (var contribution : record.contributions()) {
            for (var window : plan.window(contribution.view()).spansOf(Instants.ofMicros(record.eventMicros()))) {
                if (!then.refuses(window) && !watermarks.closes(window)) {
                    groups.get(contribution.view()).add(window, contribution);
                }
            }
        }
        countWaiting(record);
    }

    void continueRevision(String view, Span window, List<@Nullable Object> key, int revision) {
        for (int index = 0; index < groups.size(); index++) {
            if (plan.grouped().get(index).name().equals(view)) {
                var group = groups.get(index).in(window).get(key);
                if (group != null) {
                    group.continueFrom(revision);
                }
            }
        }
        for (var ranked : plan.tops()) {
            if (ranked.view().name().equals(view) && key.get(0) instanceof Long rank) {
                revisionsOf(ranked, window)[rank.intValue() - 1] = revision;
            }
        }
    }

    /** Ends a rebuilding: forgets the keys that were forgotten, and knows again which ranks stand written. */
    void settle() {
        seen.forgetBefore(watermarks.close());
        for (int view = 0; view < groups.size(); view++) {
            for (var ranked : plan.topsOf(view)) {
                var ranking = new Ranking(ranked);
                groups.get(view).forEach((window, inWindow) -> writtenOf(ranked).put(window, ranking.best(inWindow)));
            }
        }
    }

    private Map<Span, List<Ranking.Ranked>> writtenOf(Shape.Ranked ranked) {
        return writtenTops.computeIfAbsent(ranked.view().name(), key -> new HashMap<>());
    }

    private int[] revisionsOf(Shape.Ranked ranked, Span window) {
        return topRevisions
                .computeIfAbsent(ranked.view().name(), key -> new HashMap<>())
                .computeIfAbsent(window, key -> new int[ranked.view().count()]);
    }

    private void countWaiting(Prepared record) {
        long last = plan.lastEnd(record);
        if (last > watermarks.close()) {
            waiting.merge(last, 1L, Long::sum);
        }
    }

    /** The taking in of one micro-batch. */
    private final class MicroBatch {
        private final List<Prepared> landed = new ArrayList<>();
        private final List<Prepared> quarantined = new ArrayList<>();
        private final List<Duplicate> duplicates = new ArrayList<>();
        private final List<Late> late = new ArrayList<>();
        private final Map<Integer, Fates> fates = new TreeMap<>();
        private final Map<Recount.RowOf, Group> touched = new LinkedHashMap<>();
        private final Set<Span> closed = new HashSet<>();

        void take(Prepared record) {
            fates.merge(record.at().partition(), fateOf(record), Fates::plus);
        }

        private Fates fateOf(Prepared record) {
            if (record.rejection().isPresent()) {
                quarantined.add(record);
                return new Fates(1, 0, 1, 0, 0, 0, 0);
            }
            highestEvent = Math.max(highestEvent, record.eventMicros());
            if (record.filtered()) {
                landed.add(record);
                return new Fates(1, 0, 0, 0, 0, 1, 0);
            }
            var first = seen.firstOf(record);
            if (first.isPresent()) {
                duplicates.add(new Duplicate(record, first.get()));
                return new Fates(1, 0, 0, 1, 0, 0, 0);
            }
            landed.add(record);
            return count(record);
        }

        private Fates count(Prepared record) {
            int refusedFrom = late.size();
            int taken = 0;
            for (var contribution : record.contributions()) {
                taken += place(record, contribution);
            }
            boolean refused = late.size() > refusedFrom;
            if (refused && taken == 0) {
                return new Fates(1, 0, 0, 0, 1, 0, 0);
            }
            for (int index = refusedFrom; index < late.size(); index++) {
                var entry = late.get(index);
                late.set(index, new Late(entry.record(), entry.view(), entry.window(), false));
            }
            countWaiting(record);
            return new Fates(1, 1, 0, 0, 0, 0, refused ? 1 : 0);
        }

        private int place(Prepared record, Contribution contribution) {
            int taken = 0;
            int view = contribution.view();
            for (var window : plan.window(view).spansOf(Instants.ofMicros(record.eventMicros()))) {
                if (watermarks.refuses(window)) {
                    late.add(new Late(record, plan.grouped().get(view).name(), window, true));
                } else {
                    touched.put(
                            new Recount.RowOf(view, window, contribution.key()),
                            groups.get(view).add(window, contribution));
                    taken++;
                }
            }
            return taken;
        }

        /** The rows that changed, and all rows of the windows that close now. */
        List<ResultRow> rows() {
            var rows = new ArrayList<ResultRow>();
            var windows = new HashMap<Integer, Set<Span>>();
            touched.forEach((it, group) -> {
                windows.computeIfAbsent(it.view(), key -> new HashSet<>()).add(it.window());
                if (!watermarks.closes(it.window())) {
                    rows.add(row(it.view(), it.window(), it.key(), group, Status.OPEN));
                }
            });
            for (int view = 0; view < groups.size(); view++) {
                var changed = windows.computeIfAbsent(view, key -> new HashSet<>());
                var ended = groups.get(view).endedBy(watermarks.close());
                changed.addAll(ended);
                for (var ranked : plan.topsOf(view)) {
                    for (var window : changed) {
                        topRows(ranked, view, window, rows);
                    }
                }
                for (var window : ended) {
                    close(view, window, rows);
                }
            }
            return rows;
        }

        private void close(int view, Span window, List<ResultRow> rows) {
            groups.get(view).in(window).forEach((key, group) -> rows.add(row(view, window, key, group, Status.CLOSED)));
            groups.get(view).forget(window);
            closed.add(window);
        }

        private ResultRow row(int view, Span window, List<@Nullable Object> key, Group group, Status status) {
            var name = plan.grouped().get(view).name();
            return new ResultRow(name, window, key, group.values(), status, group.nextRevision(), group.events());
        }

        /** The ranks that changed; all of them when the window closes. */
        private void topRows(Shape.Ranked ranked, int view, Span window, List<ResultRow> rows) {
            boolean closing = watermarks.closes(window);
            var best = new Ranking(ranked).best(groups.get(view).in(window));
            var written = writtenOf(ranked);
            var before = written.getOrDefault(window, List.of());
            var revisions = revisionsOf(ranked, window);
            for (int rank = 0; rank < best.size(); rank++) {
                if (closing || rank >= before.size() || !before.get(rank).equals(best.get(rank))) {
                    rows.add(new ResultRow(
                            ranked.view().name(),
                            window,
                            List.of((long) rank + 1),
                            best.get(rank).values(),
                            closing ? Status.CLOSED : Status.OPEN,
                            ++revisions[rank],
                            best.get(rank).events()));
                }
            }
            if (closing) {
                written.remove(window);
                topRevisions.getOrDefault(ranked.view().name(), Map.of()).remove(window);
            } else {
                written.put(window, best);
            }
        }
    }
}
