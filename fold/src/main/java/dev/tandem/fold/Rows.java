package dev.tandem.fold;

import dev.tandem.fold.ResultRow.Status;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups as rows, each in its first revision; open or closed as watermarks say. */
record Rows(FoldPlan plan, Watermarks at) {
    /** Every row there is. */
    List<ResultRow> all(List<Groups> groups) {
        return rows(groups, List.of());
    }

    /** Without those that a stream does not write before their window closes. */
    List<ResultRow> written(List<Groups> groups) {
        var waiting = new ArrayList<String>();
        plan.grouped().stream().map(Shape::name).filter(plan::closedOnly).forEach(waiting::add);
        plan.tops().stream()
                .filter(plan::closedOnly)
                .forEach(it -> waiting.add(it.view().name()));
        return rows(groups, waiting);
    }

    private List<ResultRow> rows(List<Groups> groups, List<String> closedOnly) {
        var rows = new ArrayList<ResultRow>();
        for (int view = 0; view < groups.size(); view++) {
            int number = view;
            groups.get(view).forEach((window, inWindow) -> {
                var status = at.closes(window) ? Status.CLOSED : Status.OPEN;
                grouped(number, window, inWindow, status, rows);
                tops(number, window, inWindow, status, rows);
            });
        }
        rows.removeIf(row -> row.status() == Status.OPEN && closedOnly.contains(row.view()));
        return rows;
    }

    private void grouped(
            int view, Span window, Map<List<@Nullable Object>, Group> groups, Status status, List<ResultRow> into) {
        var name = plan.grouped().get(view).name();
        groups.forEach((key, group) -> plan.values(view, window, key, group)
                .ifPresent(values -> into.add(new ResultRow(name, window, key, values, status, 1, group.events()))));
    }

    private void tops(
            int view, Span window, Map<List<@Nullable Object>, Group> groups, Status status, List<ResultRow> into) {
        for (var ranked : plan.topsOf(view)) {
            long rank = 0;
            for (var best : new Ranking(plan, view, ranked).best(window, groups)) {
                var name = ranked.view().name();
                into.add(new ResultRow(name, window, List.of(++rank), best.values(), status, 1, best.events()));
            }
        }
    }
}
