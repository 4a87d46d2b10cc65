package dev.tandem.fold.group;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.model.Dedup;
import dev.tandem.model.Window.Span;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a grouped view that is counted on trial, outside of any run: records can be added and taken back in any order, and the row can
 * be read in between. It remembers what taking back needs, so it is for one row at a time.
 */
public final class TrialRow {
    private final FoldPlan plan;
    private final int view;
    private final Group group;

    /**
     * An empty row of the grouped view with this number.
     *
     * @throws IllegalArgumentException if one of the view's measures cannot give back what it took in
     */
    public TrialRow(FoldPlan plan, int view) {
        this.plan = plan;
        this.view = view;
        for (var argument : plan.arguments().get(view)) {
            if (!argument.kind().isRetractable()) {
                throw new IllegalArgumentException(
                        "Cannot count '%s' of view '%s' on trial: a sketch cannot give back what it took in; use distinct"
                                .formatted(
                                        argument.name(),
                                        plan.grouped().get(view).name()));
            }
        }
        this.group = new Group(plan.arguments().get(view), Dedup.Keep.LAST);
    }

    /** Counts a record with these arguments of the measures. */
    public void add(List<@Nullable Object> arguments, long eventMicros, Coordinates at) {
        group.add(arguments, eventMicros, at);
    }

    /** Takes back one {@link #add} of the same arguments. */
    public void remove(List<@Nullable Object> arguments, long eventMicros, Coordinates at) {
        group.remove(arguments, eventMicros, at);
    }

    /** How many records it counts. */
    public long events() {
        return group.events();
    }

    /** The row's values as the view shows them, derived ones too; empty without records, or where {@code having} leaves it out. */
    public Optional<List<@Nullable Object>> values(Span window, List<@Nullable Object> key) {
        return group.events() == 0 ? Optional.empty() : plan.values(view, window, key, group.values());
    }
}
