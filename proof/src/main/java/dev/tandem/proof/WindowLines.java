package dev.tandem.proof;

import dev.tandem.fold.ResultRow;
import dev.tandem.model.FieldType;
import dev.tandem.model.ValueOrder;
import dev.tandem.model.Window;
import dev.tandem.model.Window.Span;
import dev.tandem.proof.ViewComparison.RowId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A line for each view and window (one for all sessions of a view): the view's first numeric measure in both modes, and its largest keys. */
final class WindowLines {
    private final List<ViewComparison> views;

    WindowLines(List<ViewComparison> views) {
        this.views = views;
    }

    List<Report.WindowLine> lines(int bars) {
        var lines = new ArrayList<Report.WindowLine>();
        for (var view : views) {
            measure(view).ifPresent(index -> {
                if (view.shape().window() instanceof Window.Session) {
                    lines.add(line(view, Span.ALL, sessions(view), index, bars));
                } else {
                    byWindow(view).forEach((window, ids) -> lines.add(line(view, window, ids, index, bars)));
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

    private static Set<RowId> ids(ViewComparison view) {
        var ids = new HashSet<>(view.streamRows().keySet());
        ids.addAll(view.batchRows().keySet());
        return ids;
    }

    /** Those that have closed, if any has: an open one is no difference. */
    private static Set<RowId> sessions(ViewComparison view) {
        var closed = new HashSet<>(ids(view));
        closed.removeIf(id -> !view.closed(id.window()));
        return closed.isEmpty() ? ids(view) : closed;
    }

    private static Map<Span, Set<RowId>> byWindow(ViewComparison view) {
        var byWindow = new TreeMap<Span, Set<RowId>>();
        ids(view)
                .forEach(id -> byWindow.computeIfAbsent(id.window(), window -> new HashSet<>())
                        .add(id));
        return byWindow;
    }

    /** Of a window; of all sessions together, since each is a key's own. */
    private static Report.WindowLine line(ViewComparison view, Span window, Set<RowId> ids, int measure, int bars) {
        var all = ids.stream()
                .map(id -> new Report.Bar(
                        label(id), value(view.streamRows(), id, measure), value(view.batchRows(), id, measure)))
                .sorted(Comparator.comparing(Report.Bar::batch)
                        .reversed()
                        .thenComparing(Report.Bar::key, ValueOrder::compareTexts))
                .toList();
        var windows = ids.stream().map(RowId::window).distinct().toList();
        long differing = windows.stream().mapToLong(view::differingKeys).sum();
        boolean closed = windows.stream().anyMatch(view::closed);
        var status = closed ? differing == 0 ? "agree" : "explained" : "open";
        return new Report.WindowLine(
                view.shape().name(),
                view.shape().measures().get(measure).name(),
                ViewComparison.bound(window, window.start()),
                ViewComparison.bound(window, window.end()),
                windows.stream().anyMatch(view::broken) ? "unexplained" : status,
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
