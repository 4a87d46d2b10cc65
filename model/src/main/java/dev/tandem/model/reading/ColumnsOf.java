package dev.tandem.model.reading;

import dev.tandem.model.Output.What;
import dev.tandem.model.View;
import dev.tandem.model.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The columns by which what a pipeline makes can be told apart: of records all, of a view its window and keys. */
final class ColumnsOf {
    private final List<View> views;
    private final StepReading steps;

    ColumnsOf(List<View> views, StepReading steps) {
        this.views = views;
        this.steps = steps;
    }

    boolean isQuarantine(What what) {
        return what instanceof What.Records records && records.kind() == What.Kind.QUARANTINE;
    }

    /** Empty if there is no such thing, which is a problem of its own. */
    Optional<List<String>> columns(What what) {
        if (what instanceof What.OfView it) {
            return view(it.view()).map(this::identity);
        }
        return switch (((What.Records) what).kind()) {
            case EVENTS ->
                Optional.of(steps.columns().names())
                        .filter(names -> steps.columns().whole());
            case QUARANTINE -> Optional.of(List.of("reason"));
            case BRANCH ->
                Optional.ofNullable(steps.branches().get(what.name()))
                        .filter(names -> steps.columns().whole());
        };
    }

    /** The view whose columns the rows of {@code what} have; empty for records. */
    Optional<View.Grouped> grouped(What what) {
        return what instanceof What.OfView it
                ? view(it.view())
                        .flatMap(view -> view instanceof View.Top top ? view(top.from()) : Optional.of(view))
                        .filter(View.Grouped.class::isInstance)
                        .map(View.Grouped.class::cast)
                : Optional.empty();
    }

    private Optional<View> view(String name) {
        return views.stream().filter(view -> view.name().equals(name)).findFirst();
    }

    private List<String> identity(View view) {
        var columns = new ArrayList<String>();
        var grouped = view instanceof View.Top top ? view(top.from()) : Optional.of(view);
        if (grouped.isPresent() && grouped.get() instanceof View.Grouped it) {
            if (!(it.window() instanceof Window.Global)) {
                columns.addAll(ViewReading.BOUNDS);
            }
            it.by().stream().filter(key -> view == it).forEach(key -> columns.add(key.name()));
        }
        if (view instanceof View.Top) {
            columns.add(View.Top.RANK);
        }
        return columns;
    }
}
