package dev.tandem.fold.group;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Shape;
import dev.tandem.model.ValueOrder;
import dev.tandem.model.View;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first N groups of a window in the order a top view asks for; what that order leaves equal is ordered by the whole key. */
public final class Ranking {
    /** A ranked row: the keys and measures of the view it is of, and how many records it counts. */
    record Ranked(List<@Nullable Object> values, long events) {}

    /** A row that may be ranked: keys and measures, the key alone, and how many records it counts. */
    public record Candidate(List<@Nullable Object> columns, List<@Nullable Object> key, long events) {}

    private final FoldPlan plan;
    private final int of;
    private final View.Top view;
    private final Comparator<Candidate> order;

    /** Of the grouped view number {@code of}. */
    public Ranking(FoldPlan plan, int of, Shape.Ranked top) {
        this.plan = plan;
        this.of = of;
        view = top.view();
        Comparator<Candidate> byKey = (left, right) -> ValueOrder.ASCENDING.compare(left.key(), right.key());
        order = view.order().stream()
                .map(column -> by(column, top.shape().measures()))
                .reduce(Comparator::thenComparing)
                .map(asked -> asked.thenComparing(byKey))
                .orElse(byKey);
    }

    private static Comparator<Candidate> by(View.Order column, List<Shape.Column> columns) {
        int index = indexOf(columns, column.column());
        Comparator<Candidate> ascending = (left, right) -> ValueOrder.ASCENDING.compare(
                left.columns().get(index), right.columns().get(index));
        return column.descending() ? ascending.reversed() : ascending;
    }

    /** Best first, among the groups that have a row. */
    List<Ranked> best(Span window, Map<List<@Nullable Object>, Group> groups) {
        return best(candidates(window, groups));
    }

    /** The first N of these groups, which are candidates among all groups of the window. */
    public List<Candidate> candidates(Span window, Map<List<@Nullable Object>, Group> groups) {
        var candidates = new ArrayList<Candidate>(groups.size());
        groups.forEach((key, group) -> plan.values(of, window, key, group.values())
                .ifPresent(values -> candidates.add(candidate(key, values, group.events()))));
        candidates.sort(order);
        return List.copyOf(candidates.subList(0, Math.min(view.count(), candidates.size())));
    }

    /** The first N of the candidates of several parts. */
    public List<Ranked> best(List<Candidate> candidates) {
        return candidates.stream()
                .sorted(order)
                .limit(view.count())
                .map(it -> new Ranked(it.columns(), it.events()))
                .toList();
    }

    private static Candidate candidate(List<@Nullable Object> key, List<@Nullable Object> values, long events) {
        var columns = new ArrayList<@Nullable Object>(key);
        columns.addAll(values);
        return new Candidate(columns, key, events);
    }

    private static int indexOf(List<Shape.Column> columns, String name) {
        for (int index = 0; index < columns.size(); index++) {
            if (columns.get(index).name().equals(name)) {
                return index;
            }
        }
        throw new IllegalArgumentException("Cannot rank by '%s': the ranked view has no such column".formatted(name));
    }
}
