package dev.tandem.parity;

import dev.tandem.fold.Shape;
import dev.tandem.model.Window.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A line for each window of a view (one for all its sessions): a number of both modes, and its largest keys. The number is the first
 * measure that may be summed over the keys; where there is no key, the first number there is; else how many rows there are. A maximum,
 * an average or a distinct count of several keys is never summed.
 */
final class WindowLines {
    /** What is counted where no measure may be summed. */
    static final String ROWS = "rows";

    private final Shape shape;
    /** The place of the measure; absent where rows are counted. */
    private final Optional<Integer> measure;

    /** Of sessions, those that have closed and those that have not, under the window over everything. */
    private final Map<Span, WindowTally> closed = new TreeMap<>();

    private final Map<Span, WindowTally> open = new TreeMap<>();
    private final boolean sessions;

    WindowLines(Shape shape, Set<String> additive) {
        this.shape = shape;
        this.sessions = shape.window().isSession();
        this.measure = measure(column -> additive.contains(column.name()))
                .or(() -> shape.keys().isEmpty() && !sessions ? measure(column -> true) : Optional.empty());
    }

    private Optional<Integer> measure(Predicate<Shape.Column> wanted) {
        return IntStream.range(0, shape.measures().size())
                .filter(index -> shape.measures().get(index).type().isNumber())
                .filter(index -> wanted.test(shape.measures().get(index)))
                .boxed()
                .findFirst();
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
        if (sessions && !row.stored()) {
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
        return new Report.WindowLine(
                shape.name(),
                measure.map(index -> shape.measures().get(index).name()).orElse(ROWS),
                ViewComparison.bound(window, window.start()),
                ViewComparison.bound(window, window.end()),
                state(window, tally),
                tally.stream(),
                tally.batch(),
                tally.rows(),
                tally.differing(),
                tally.largest(bars));
    }

    private Report.WindowState state(Span window, WindowTally tally) {
        if (tally.broken()) {
            return Report.WindowState.UNEXPLAINED;
        }
        if (!closed.containsKey(window)) {
            return Report.WindowState.OPEN;
        }
        return tally.differing() == 0 ? Report.WindowState.AGREE : Report.WindowState.EXPLAINED;
    }

    private BigDecimal value(Optional<List<@Nullable Object>> measures) {
        if (measure.isEmpty()) {
            return measures.isPresent() ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        return measures.flatMap(it -> Numbers.of(it.get(measure.get()))).orElse(BigDecimal.ZERO);
    }

    private static String label(List<@Nullable Object> key) {
        return String.join(" · ", key.stream().map(WindowLines::told).toList());
    }

    private static String told(@Nullable Object value) {
        return value == null ? "–" : Numbers.told(value);
    }
}
