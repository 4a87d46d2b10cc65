package dev.tandem.proof;

import dev.tandem.fold.ResultRow;
import dev.tandem.model.FieldType;
import dev.tandem.model.Window.Span;
import dev.tandem.proof.ViewComparison.RowId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A line for each view and window: the view's first numeric measure in both modes, and its largest keys. */
final class WindowLines {
    private final List<ViewComparison> views;

    WindowLines(List<ViewComparison> views) {
        this.views = views;
    }

    List<Report.WindowLine> lines(int bars) {
        var lines = new ArrayList<Report.WindowLine>();
        for (var view : views) {
            measure(view).ifPresent(index -> {
                for (var window : windows(view)) {
                    lines.add(line(view, window, index, bars));
                }
            });
        }
        return lines;
    }

    private static Optional<Integer> measure(ViewComparison view) {
        var measures = view.shape().measures();
        for (int index = 0; index < measures.size(); index++) {
            var type = measures.get(index).type();
            if (type instanceof FieldType.Whole
                    || type instanceof FieldType.Decimal
                    || type instanceof FieldType.Floating) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    private static Iterable<Span> windows(ViewComparison view) {
        var windows = new TreeSet<Span>();
        view.streamRows().keySet().forEach(id -> windows.add(id.window()));
        view.batchRows().keySet().forEach(id -> windows.add(id.window()));
        return windows;
    }

    private static Report.WindowLine line(ViewComparison view, Span window, int measure, int bars) {
        var ids = new HashSet<RowId>();
        view.streamRows().keySet().stream()
                .filter(id -> id.window().equals(window))
                .forEach(ids::add);
        view.batchRows().keySet().stream()
                .filter(id -> id.window().equals(window))
                .forEach(ids::add);
        var all = ids.stream()
                .map(id -> new Report.Bar(
                        label(id), value(view.streamRows(), id, measure), value(view.batchRows(), id, measure)))
                .sorted(Comparator.comparing(Report.Bar::batch).reversed().thenComparing(Report.Bar::key))
                .toList();
        long differing = view.differingKeys(window);
        var status = view.closed(window) ? differing == 0 ? "agree" : "explained" : "open";
        return new Report.WindowLine(
                view.shape().name(),
                view.shape().measures().get(measure).name(),
                ViewComparison.bound(window, window.start()),
                ViewComparison.bound(window, window.end()),
                view.broken(window) ? "unexplained" : status,
                all.stream().map(Report.Bar::stream).reduce(BigDecimal.ZERO, BigDecimal::add),
                all.stream().map(Report.Bar::batch).reduce(BigDecimal.ZERO, BigDecimal::add),
                ids.size(),
                differing,
                all.stream().limit(bars).toList());
    }

    private static String label(RowId id) {
        return String.join(" · ", id.key().stream().map(WindowLines::told).toList());
    }

    private static String told(@Nullable Object value) {
        return value == null ? "–" : Numbers.told(value);
    }

    private static BigDecimal value(Map<RowId, ResultRow> rows, RowId id, int measure) {
        var row = rows.get(id);
        return row == null
                ? BigDecimal.ZERO
                : Numbers.of(row.measures().get(measure)).orElse(BigDecimal.ZERO);
    }
}
