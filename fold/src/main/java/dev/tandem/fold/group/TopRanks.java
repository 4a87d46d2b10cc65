package dev.tandem.fold.group;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.WindowBounds;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of top views: merges what the partitions by group key offer, and remembers what is written, so that only ranks that
 * changed are written again. Holds N candidates for each partition and open window.
 */
public final class TopRanks {
    /** What one partition offers to the top view number {@code top} in a window: its first N groups. */
    public record Local(int top, Span window, List<Ranking.Candidate> candidates) {
        public void write(BlockWriter out) {
            out.writeByte(top);
            out.writeLong(WindowBounds.start(window));
            out.writeLong(Watermarks.endMicros(window));
            out.writeInt(candidates.size());
            for (var candidate : candidates) {
                out.sizedValues(candidate.key());
                out.sizedValues(candidate.columns());
                out.writeLong(candidate.events());
            }
        }

        public static Local read(BlockReader in) {
            int top = in.readByte();
            var window = WindowBounds.span(in.readLong(), in.readLong());
            var candidates = new ArrayList<Ranking.Candidate>();
            for (int left = in.readInt(); left > 0; left--) {
                var key = in.sizedValues();
                candidates.add(new Ranking.Candidate(in.sizedValues(), key, in.readLong()));
            }
            return new Local(top, window, candidates);
        }
    }

    private record Place(int top, Span window) {}

    private final FoldPlan plan;
    private final Map<Place, Map<Integer, List<Ranking.Candidate>>> offered = new HashMap<>();
    private final Map<Place, List<Ranking.Ranked>> written = new HashMap<>();
    private final Map<Place, int[]> revisions = new HashMap<>();
    private final Set<Place> touched = new LinkedHashSet<>();

    public TopRanks(FoldPlan plan) {
        this.plan = plan;
    }

    /** Takes what partition number {@code part} offers. */
    public void offer(int part, Local local) {
        var place = new Place(local.top(), local.window());
        var parts = offered.computeIfAbsent(place, key -> new TreeMap<>());
        if (local.candidates().isEmpty()) {
            parts.remove(part);
        } else {
            parts.put(part, local.candidates());
        }
        touched.add(place);
    }

    /** Adds the ranks that changed to {@code rows}, all of them where the window closes, and those that are none now to {@code gone}. */
    public void settle(Watermarks watermarks, List<ResultRow> rows, List<ResultRow.Id> gone) {
        for (var place : touched) {
            write(place, watermarks.closes(place.window()) ? Status.CLOSED : Status.OPEN, rows, gone);
        }
        touched.clear();
    }

    private List<Ranking.Ranked> best(Place place) {
        var top = plan.tops().get(place.top());
        var all = new ArrayList<Ranking.Candidate>();
        offered.getOrDefault(place, Map.of()).values().forEach(all::addAll);
        return new Ranking(plan, plan.viewOf(top), top).best(all);
    }

    private void write(Place place, Status status, List<ResultRow> rows, List<ResultRow.Id> gone) {
        var name = plan.tops().get(place.top()).view().name();
        var best = best(place);
        var before = written.getOrDefault(place, List.of());
        var counts = revisionsOf(place);
        for (int rank = 0; rank < best.size(); rank++) {
            if (status == Status.CLOSED
                    || rank >= before.size()
                    || !before.get(rank).equals(best.get(rank))) {
                var it = best.get(rank);
                rows.add(new ResultRow(
                        name, place.window(), key(rank), it.values(), status, ++counts[rank], it.events()));
            }
        }
        for (int rank = best.size(); rank < before.size(); rank++) {
            gone.add(new ResultRow.Id(name, place.window(), key(rank)));
            counts[rank] = 0;
        }
        if (status == Status.CLOSED || best.isEmpty()) {
            written.remove(place);
            revisions.remove(place);
            offered.remove(place);
        } else {
            written.put(place, best);
        }
    }

    private static List<@Nullable Object> key(int rank) {
        return List.of(rank + 1L);
    }

    /** Continues the revision of a rank that was written before a restart; other views have none. */
    public void continueRevision(String view, Span window, List<@Nullable Object> key, int revision) {
        for (int top = 0; top < plan.tops().size(); top++) {
            if (plan.tops().get(top).view().name().equals(view) && key.get(0) instanceof Long rank) {
                revisionsOf(new Place(top, window))[rank.intValue() - 1] = revision;
            }
        }
    }

    /** Ends a rebuilding: what is best of what was offered is what was written last. */
    public void settleRebuilt() {
        for (var place : touched) {
            written.put(place, best(place));
        }
        touched.clear();
    }

    private int[] revisionsOf(Place place) {
        return revisions.computeIfAbsent(
                place, key -> new int[plan.tops().get(place.top()).view().count()]);
    }
}
