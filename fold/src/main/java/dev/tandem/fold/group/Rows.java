package dev.tandem.fold.group;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Groups as rows, each in its first revision; open or closed as watermarks say. */
public record Rows(FoldPlan plan, Watermarks at) {
    /** Every row there is. */
    public List<ResultRow> all(List<Groups> groups) {
        var rows = new ArrayList<ResultRow>();
        for (int view = 0; view < groups.size(); view++) {
            int number = view;
            groups.get(view).forEach((window, inWindow) -> {
                grouped(number, window, inWindow, rows);
                for (var top : plan.topsOf(number)) {
                    ranks(top, window, new Ranking(plan, number, top).best(window, inWindow), rows);
                }
            });
        }
        return rows;
    }

    /** The rows of the grouped views that are among {@code views}; {@code groups} may be a part of all. */
    public List<ResultRow> grouped(List<Groups> groups, Set<String> views) {
        var rows = new ArrayList<ResultRow>();
        for (int view = 0; view < groups.size(); view++) {
            if (views.contains(plan.grouped().get(view).name())) {
                int number = view;
                groups.get(view).forEach((window, inWindow) -> grouped(number, window, inWindow, rows));
            }
        }
        return rows;
    }

    /** Those of {@code rows} that a stream writes: of some views not before their window closes. */
    public List<ResultRow> written(List<ResultRow> rows) {
        var waiting = new HashSet<String>();
        plan.grouped().stream().map(Shape::name).filter(plan::closedOnly).forEach(waiting::add);
        plan.tops().stream()
                .filter(plan::closedOnly)
                .forEach(it -> waiting.add(it.view().name()));
        rows.removeIf(row -> row.status() == Status.OPEN && waiting.contains(row.view()));
        return rows;
    }

    private void grouped(int view, Span window, Map<List<@Nullable Object>, Group> groups, List<ResultRow> into) {
        var name = plan.grouped().get(view).name();
        var status = status(window);
        groups.forEach((key, group) -> plan.values(view, window, key, group.values())
                .ifPresent(values -> into.add(new ResultRow(name, window, key, values, status, 1, group.events()))));
    }

    /** The rows of a top view in a window, best first. */
    public void ranks(Shape.Ranked top, Span window, List<Ranking.Ranked> best, List<ResultRow> into) {
        var name = top.view().name();
        long rank = 0;
        for (var it : best) {
            into.add(new ResultRow(name, window, List.of(++rank), it.values(), status(window), 1, it.events()));
        }
    }

    private Status status(Span window) {
        return at.closes(window) ? Status.CLOSED : Status.OPEN;
    }
}
