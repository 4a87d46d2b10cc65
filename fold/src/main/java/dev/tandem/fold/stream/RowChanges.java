package dev.tandem.fold.stream;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.group.Group;
import dev.tandem.fold.group.Ranking;
import dev.tandem.fold.group.TopRanks;
import dev.tandem.model.Dedup;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which rows a micro-batch changes: those whose groups changed, all of the windows that close, and those that are none any more. */
final class RowChanges implements OpenViews.Witness {
    private final FoldPlan plan;
    private final OpenViews views;
    private final Watermarks watermarks;
    private final Map<RowKey, Group> touched = new LinkedHashMap<>();
    /** Written rows whose group has left the window, with their revision. */
    private final Map<RowKey, Integer> departed = new LinkedHashMap<>();

    private final List<ResultRow> rows = new ArrayList<>();
    private final List<ResultRow.Id> gone = new ArrayList<>();
    private final Set<Span> closed = new HashSet<>();
    private final List<TopRanks.Local> tops = new ArrayList<>();

    RowChanges(FoldPlan plan, OpenViews views, Watermarks watermarks) {
        this.plan = plan;
        this.views = views;
        this.watermarks = watermarks;
    }

    @Override
    public void changed(int view, Span window, List<@Nullable Object> key, Group group) {
        touched.put(new RowKey(view, window, key), group);
    }

    @Override
    public void departed(int view, Span window, List<@Nullable Object> key, Group group) {
        var row = new RowKey(view, window, key);
        touched.remove(row);
        if (group.written()) {
            departed.put(row, group.revision());
        }
    }

    List<ResultRow> rows() {
        return rows;
    }

    List<ResultRow.Id> gone() {
        return gone;
    }

    Set<Span> closed() {
        return closed;
    }

    /** What top views have to choose from here, in the windows that changed. */
    List<TopRanks.Local> tops() {
        return tops;
    }

    /** Offers what top views have to choose from in every open window, as after a restart. */
    void offerAll(int view) {
        views.of(view).forEach((window, groups) -> candidates(view, window, Status.OPEN));
    }

    private void candidates(int view, Span window, Status status) {
        for (int index = 0; index < plan.tops().size(); index++) {
            var top = plan.tops().get(index);
            if (top.view().from().equals(plan.grouped().get(view).name())
                    && (status == Status.CLOSED || !plan.closedOnly(top))) {
                var candidates = new Ranking(plan, view, top)
                        .candidates(window, views.of(view).in(window));
                tops.add(new TopRanks.Local(index, window, candidates));
            }
        }
    }

    /** Ends the micro-batch: makes the rows and forgets the windows that close. */
    void settle() {
        dropEmpty();
        var windows = new HashMap<Integer, Set<Span>>();
        touched.forEach((it, group) -> {
            windows.computeIfAbsent(it.view(), key -> new HashSet<>()).add(it.window());
            if (!watermarks.closes(it.window())) {
                write(it, group, Status.OPEN);
            }
        });
        departed.keySet()
                .forEach(it -> windows.computeIfAbsent(it.view(), key -> new HashSet<>())
                        .add(it.window()));
        for (int view = 0; view < plan.grouped().size(); view++) {
            settle(view, windows.getOrDefault(view, Set.of()));
        }
        departed.keySet().forEach(this::erase);
    }

    private void settle(int view, Set<Span> changed) {
        var ended = views.of(view).endedBy(watermarks.close());
        for (var window : changed) {
            if (!watermarks.closes(window) || views.of(view).in(window).isEmpty()) {
                candidates(view, window, Status.OPEN);
            }
        }
        for (var window : ended) {
            var groups = views.of(view).in(window);
            candidates(view, window, Status.CLOSED);
            groups.forEach((key, group) -> write(new RowKey(view, window, key), group, Status.CLOSED));
            views.close(view, window, watermarks);
            closed.add(window);
        }
    }

    private void write(RowKey row, Group group, Status status) {
        var name = plan.grouped().get(row.view()).name();
        if (status == Status.OPEN && plan.closedOnly(name)) {
            return;
        }
        var values = plan.values(row.view(), row.window(), row.key(), group.values());
        if (values.isPresent()) {
            var before = departed.remove(row);
            if (before != null) {
                group.follow(before);
            }
            rows.add(new ResultRow(
                    name, row.window(), row.key(), values.get(), status, group.nextRevision(), group.events()));
        } else {
            if (group.written()) {
                erase(row);
            }
            group.erased();
        }
    }

    private void dropEmpty() {
        if (plan.keep() == Dedup.Keep.LAST) {
            touched.entrySet().removeIf(it -> {
                boolean empty = it.getValue().events() == 0;
                if (empty) {
                    views.of(it.getKey().view())
                            .remove(it.getKey().window(), it.getKey().key());
                    if (it.getValue().written()) {
                        departed.put(it.getKey(), it.getValue().revision());
                    }
                }
                return empty;
            });
        }
    }

    private void erase(RowKey row) {
        gone.add(new ResultRow.Id(plan.grouped().get(row.view()).name(), row.window(), row.key()));
    }
}
