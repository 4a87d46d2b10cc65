package dev.tandem.model.reading;

import dev.tandem.model.Output.What;
import dev.tandem.model.View;
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
        return what.asRecords().filter(it -> it.kind() == What.Kind.QUARANTINE).isPresent();
    }

    /** Empty if there is no such thing, which is a problem of its own. */
    Optional<List<String>> columns(What what) {
        return what.fold(it -> view(it.view()).map(this::identity), this::columns);
    }

    private Optional<List<String>> columns(What.Records what) {
        return switch (what.kind()) {
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
        return what.fold(it -> view(it.view()).flatMap(this::grouped), records -> Optional.empty());
    }

    private Optional<View.Grouped> grouped(View view) {
        return view.fold(Optional::of, top -> view(top.from()).flatMap(View::asGrouped));
    }

    private Optional<View> view(String name) {
        return views.stream().filter(view -> view.name().equals(name)).findFirst();
    }

    private List<String> identity(View view) {
        var columns = new ArrayList<String>();
        if (grouped(view).filter(it -> !it.window().isGlobal()).isPresent()) {
            columns.addAll(ViewReading.BOUNDS);
        }
        columns.addAll(view.fold(it -> it.by().stream().map(View.Key::name).toList(), top -> List.of(View.Top.RANK)));
        return columns;
    }
}
