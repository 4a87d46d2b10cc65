package dev.tandem.fold;

import dev.tandem.fold.Changes.Gone;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.model.Window.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands written of the top views, so that only ranks that changed are written again. */
final class WrittenTops {
    private final FoldPlan plan;
    private final Map<String, Map<Span, List<Ranking.Ranked>>> written = new HashMap<>();
    private final Map<String, Map<Span, int[]>> revisions = new HashMap<>();

    WrittenTops(FoldPlan plan) {
        this.plan = plan;
    }

    /** Adds the ranks of grouped view number {@code view} that changed, all of them when the window closes, and those that are none now. */
    void write(int view, Span window, Map<List<@Nullable Object>, Group> groups, Status status, RowChanges into) {
        for (var ranked : plan.topsOf(view)) {
            if (status == Status.CLOSED || !plan.closedOnly(ranked)) {
                write(ranked, window, new Ranking(plan, view, ranked).best(window, groups), status, into);
            }
        }
    }

    private void write(Shape.Ranked ranked, Span window, List<Ranking.Ranked> best, Status status, RowChanges into) {
        var name = ranked.view().name();
        var before = writtenOf(ranked).getOrDefault(window, List.of());
        var counts = revisionsOf(ranked, window);
        for (int rank = 0; rank < best.size(); rank++) {
            if (status == Status.CLOSED
                    || rank >= before.size()
                    || !before.get(rank).equals(best.get(rank))) {
                var it = best.get(rank);
                into.rows()
                        .add(new ResultRow(name, window, key(rank), it.values(), status, ++counts[rank], it.events()));
            }
        }
        for (int rank = best.size(); rank < before.size(); rank++) {
            into.gone().add(new Gone(name, window, key(rank)));
            counts[rank] = 0;
        }
        if (status == Status.CLOSED || best.isEmpty()) {
            writtenOf(ranked).remove(window);
            revisions.getOrDefault(name, Map.of()).remove(window);
        } else {
            writtenOf(ranked).put(window, best);
        }
    }

    private static List<@Nullable Object> key(int rank) {
        return List.of(rank + 1L);
    }

    /** Continues the revision of a rank that was written before a restart. */
    void continueRevision(String view, Span window, long rank, int revision) {
        for (var ranked : plan.tops()) {
            if (ranked.view().name().equals(view)) {
                revisionsOf(ranked, window)[(int) rank - 1] = revision;
            }
        }
    }

    /** Ends a rebuilding: what is best now is what was written last. */
    void settle(int view, Groups groups) {
        for (var ranked : plan.topsOf(view)) {
            if (!plan.closedOnly(ranked)) {
                var ranking = new Ranking(plan, view, ranked);
                groups.forEach((window, inWindow) -> writtenOf(ranked).put(window, ranking.best(window, inWindow)));
            }
        }
    }

    private Map<Span, List<Ranking.Ranked>> writtenOf(Shape.Ranked ranked) {
        return written.computeIfAbsent(ranked.view().name(), key -> new HashMap<>());
    }

    private int[] revisionsOf(Shape.Ranked ranked, Span window) {
        return revisions
                .computeIfAbsent(ranked.view().name(), key -> new HashMap<>())
                .computeIfAbsent(window, key -> new int[ranked.view().count()]);
    }
}
