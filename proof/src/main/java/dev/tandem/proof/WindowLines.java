package dev.tandem.proof;

import dev.tandem.fold.Shape;
import dev.tandem.model.Window.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A line for each window of a view (one for all its sessions): the view's first numeric measure in both modes, and its largest keys.
 * Empty for a view without a number.
 */
final class WindowLines {
    private final Shape shape;
    private final Optional<Integer> measure;
    /** Of sessions, those that have closed and those that have not, under the window over everything. */
    private final Map<Span, WindowTally> closed = new TreeMap<>();

    private final Map<Span, WindowTally> open = new TreeMap<>();
    private final boolean sessions;

    WindowLines(Shape shape) {
        this.shape = shape;
        this.measure = measure(shape);
        this.sessions = shape.window().isSession();
    }

    private static Optional<Integer> measure(Shape shape) {
        var measures = shape.measures();
        for (int index = 0; index < measures.size(); index++) {
            var type = measures.get(index).type();
            if (type.isNumber()) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    /** How a row stands. */
    enum Standing {
        OPEN,
        AGREES,
        DIFFERS,
        UNEXPLAINED
    }

    /** A row: its key, and the values of all measures in each mode; empty where it has none. */
    record Row(
            Span window,
            List<@Nullable Object> key,
            Optional<List<@Nullable Object>> stream,
            Optional<List<@Nullable Object>> batch) {
        boolean stored() {
            return stream.isPresent() || batch.isPresent();
        }
    }

    void add(Row row, Standing standing) {
        if (measure.isEmpty() || (sessions && !row.stored())) {
            return;
        }
        var tally = (standing == Standing.OPEN ? open : closed)
                .computeIfAbsent(sessions ? Span.ALL : row.window(), window -> new WindowTally());
        if (row.stored()) {
            tally.add(value(row.stream()), value(row.batch()), () -> label(row.key()));
        }
        if (standing == Standing.DIFFERS || standing == Standing.UNEXPLAINED) {
            tally.differs(standing == Standing.UNEXPLAINED);
        }
    }

    void add(WindowLines other) {
        add(other.closed, closed);
        add(other.open, open);
    }

    private static void add(Map<Span, WindowTally> tallies, Map<Span, WindowTally> into) {
        tallies.forEach((window, tally) ->
                into.computeIfAbsent(window, key -> new WindowTally()).add(tally));
    }

    /** With at most {@code bars} keys each. Of sessions those that have closed, if any has: an open one is no difference. */
    List<Report.WindowLine> lines(int bars) {
        var lines = new ArrayList<Report.WindowLine>();
        var told = new TreeMap<>(closed);
        if (!sessions || closed.isEmpty()) {
            told.putAll(open);
        }
        told.forEach((window, tally) -> {
            if (tally.rows() > 0) {
                lines.add(line(window, tally, bars));
            }
        });
        return lines;
    }

    private Report.WindowLine line(Span window, WindowTally tally, int bars) {
        var status = closed.containsKey(window) ? tally.differing() == 0 ? "agree" : "explained" : "open";
        return new Report.WindowLine(
                shape.name(),
                shape.measures().get(measure.orElseThrow()).name(),
                ViewComparison.bound(window, window.start()),
                ViewComparison.bound(window, window.end()),
                tally.broken() ? "unexplained" : status,
                tally.stream(),
                tally.batch(),
                tally.rows(),
                tally.differing(),
                tally.largest(bars));
    }

    private BigDecimal value(Optional<List<@Nullable Object>> measures) {
        return measures.flatMap(it -> Numbers.of(it.get(measure.orElseThrow()))).orElse(BigDecimal.ZERO);
    }

    private static String label(List<@Nullable Object> key) {
        return String.join(" · ", key.stream().map(WindowLines::told).toList());
    }

    private static String told(@Nullable Object value) {
        return value == null ? "–" : Numbers.told(value);
    }
}
