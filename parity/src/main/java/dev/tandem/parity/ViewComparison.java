package dev.tandem.parity;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.fold.recount.ComparedPart;
import dev.tandem.fold.recount.Recount.Deviants;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.model.Plans.Tolerance;
import dev.tandem.model.ValueOrder;
import dev.tandem.model.View;
import dev.tandem.model.Window.Span;
import dev.tandem.parity.WindowLines.Standing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one view compared one by one and measure by measure, over the windows that have closed. Each stored row is also held against
 * the recount, so that two modes with the same mistake do not pass, and a stored value that nobody computed is found.
 */
final class ViewComparison {
    /** What identifies a row in both modes. Its hash is remembered, since a row is looked up from several sides. */
    private static final class RowId {
        private final Span window;
        private final List<@Nullable Object> key;
        private final int hash;

        RowId(ResultRow row) {
            window = row.window();
            key = row.key();
            hash = 31 * window.hashCode() + key.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof RowId id && hash == id.hash && key.equals(id.key) && window.equals(id.window);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** One row as both modes stored it, and as both must have. */
    private static final class Sides {
        private Optional<ResultRow> stream = Optional.empty();
        private Optional<ResultRow> batch = Optional.empty();
        private Optional<ResultRow> expectedStream = Optional.empty();
        private Optional<ResultRow> expectedBatch = Optional.empty();

        /** Of whoever has the row: where both tables have lost it, only the recount. */
        ResultRow any() {
            return stream.or(() -> batch)
                    .or(() -> expectedStream)
                    .or(() -> expectedBatch)
                    .orElseThrow();
        }
    }

    private static final Deviants NO_RECORD = new Deviants(0, List.of());

    private final Evidence evidence;
    private final Shape shape;
    private final ComparedPart.Reasons reasons;
    private final Map<RowId, Sides> rows = new HashMap<>();
    private final ViewTally tally;
    private final List<Report.Difference> differences = new ArrayList<>();

    /** Compares the rows of the view that are in {@code part}. */
    ViewComparison(Evidence evidence, Shape shape, ComparedPart part) {
        this.evidence = evidence;
        this.shape = shape;
        this.reasons = part.reasons();
        this.tally = new ViewTally(evidence.pipeline(), shape);
        take(part.stream(), (sides, row) -> sides.stream = row);
        take(part.batch(), (sides, row) -> sides.batch = row);
        take(part.expectedStream(), (sides, row) -> sides.expectedStream = row);
        take(part.expectedBatch(), (sides, row) -> sides.expectedBatch = row);
        rows.values().forEach(this::compareIfClosed);
    }

    private void take(List<ResultRow> all, BiConsumer<Sides, Optional<ResultRow>> side) {
        var numbers = StoredNumbers.of(evidence.pipeline(), shape.name());
        for (var row : all) {
            if (row.view().equals(shape.name())) {
                var held = numbers.of(row);
                side.accept(rows.computeIfAbsent(new RowId(held), id -> new Sides()), Optional.of(held));
            }
        }
    }

    private void compareIfClosed(Sides sides) {
        var row = sides.any();
        var line = new WindowLines.Row(
                row.window(), row.key(), sides.stream.map(ResultRow::measures), sides.batch.map(ResultRow::measures));
        if (closed(row.window())) {
            tally.lines().add(line, compare(sides));
        } else {
            boolean ahead = row.window().equals(Span.ALL) && !evidence.facts().atCut();
            tally.open(ahead ? Cause.AHEAD : Cause.OPEN);
            tally.lines().add(line, Standing.OPEN);
        }
    }

    /** A view that is never cut is compared as of the cut, which it is while the stream has committed nothing after it. */
    boolean closed(Span window) {
        return window.equals(Span.ALL)
                ? evidence.facts().atCut() && !waitsForEver()
                : evidence.at().closes(window);
    }

    /** Whether the stream writes no row of a window over everything, because it never closes. */
    private boolean waitsForEver() {
        var closedOnly = evidence.pipeline().stream().closedOnly();
        return closedOnly.contains(shape.name())
                || evidence.pipeline()
                        .view(shape.name())
                        .flatMap(View::asTop)
                        .filter(it -> closedOnly.contains(it.from()))
                        .isPresent();
    }

    private Standing compare(Sides sides) {
        var causes = new LinkedHashMap<Cause, Deviants>();
        var differing = new ArrayList<Integer>();
        for (int index = 0; index < shape.measures().size(); index++) {
            if (differs(sides.stream, sides.batch, index)) {
                differing.add(index);
            }
        }
        var unlike = new UnlikeRecount(
                !asComputed(sides.stream, sides.expectedStream), !asComputed(sides.batch, sides.expectedBatch));
        if (unlike.any()) {
            causes.put(unlike.cause(evidence), NO_RECORD);
        } else if (!differing.isEmpty()) {
            causes.putAll(deviations(sides));
            if (causes.isEmpty()) {
                causes.put(
                        differing.stream().allMatch(this::approximate) ? Cause.APPROX : Cause.UNEXPLAINED, NO_RECORD);
            }
        }
        tally.compared(causes.keySet());
        if (causes.isEmpty()) {
            return Standing.AGREES;
        }
        var told = differing.isEmpty() ? allMeasures() : differing;
        told.forEach(index -> differences.add(difference(sides, index, causes)));
        return causes.containsKey(Cause.SINK) || causes.containsKey(Cause.UNEXPLAINED)
                ? Standing.UNEXPLAINED
                : Standing.DIFFERS;
    }

    private boolean approximate(int index) {
        var name = shape.measures().get(index).name();
        return evidence.pipeline()
                .view(shape.name())
                .flatMap(View::asGrouped)
                .filter(it -> it.measures().stream()
                        .anyMatch(measure ->
                                measure.name().equals(name) && measure.kind().isApproximate()))
                .isPresent();
    }

    private List<Integer> allMeasures() {
        return IntStream.range(0, shape.measures().size()).boxed().toList();
    }

    private boolean differs(Optional<ResultRow> streamed, Optional<ResultRow> batched, int index) {
        var left = streamed.map(row -> row.measures().get(index)).orElse(null);
        var right = batched.map(row -> row.measures().get(index)).orElse(null);
        var rightNumber = Numbers.of(right).orElse(BigDecimal.ZERO);
        if (streamed.isPresent() == batched.isPresent() && Numbers.same(left, right)) {
            tally.same(index, rightNumber);
            return false;
        }
        var leftNumber = Numbers.of(left).orElse(BigDecimal.ZERO);
        tally.differs(index, leftNumber, rightNumber);
        boolean measurable = Numbers.measurable(left) && Numbers.measurable(right);
        var name = shape.measures().get(index).name();
        if (!(measurable && tolerance(name).allows(leftNumber, rightNumber))) {
            tally.beyondTolerance();
        }
        return true;
    }

    private Tolerance tolerance(String measure) {
        return evidence.pipeline().parity().of(measure);
    }

    private static boolean asComputed(Optional<ResultRow> stored, Optional<ResultRow> expected) {
        if (stored.isEmpty() || expected.isEmpty()) {
            return stored.isEmpty() && expected.isEmpty();
        }
        var left = stored.get().measures();
        var right = expected.get().measures();
        for (int index = 0; index < right.size(); index++) {
            if (!Numbers.same(left.get(index), right.get(index))) {
                return false;
            }
        }
        return stored.get().events() == expected.get().events();
    }

    /** For a row of a top view: whatever deviates among the keys that either mode has at this rank. */
    private Map<Cause, Deviants> deviations(Sides sides) {
        var found = new EnumMap<Cause, Deviants>(Cause.class);
        var window = sides.any().window();
        var top = evidence.pipeline().view(shape.name()).flatMap(View::asTop);
        if (top.isPresent()) {
            var from = top.get().from();
            // By the definition: the ranked view has a shape here only if it has a table.
            int keys = evidence.pipeline()
                    .view(from)
                    .flatMap(View::asGrouped)
                    .map(it -> it.by().size())
                    .orElseThrow();
            var ranked = Stream.of(sides.stream, sides.batch).flatMap(Optional::stream);
            ranked.map(row -> row.measures().subList(0, keys))
                    .forEach(key -> put(reasons.of(from, window, key), found));
            if (found.isEmpty()) {
                anyInWindow(window)
                        .map(row -> row.measures().subList(0, keys))
                        .forEach(key -> put(reasons.of(from, window, key), found));
            }
        } else {
            put(reasons.of(shape.name(), window, sides.any().key()), found);
        }
        return found;
    }

    /**
     * The rows of a top view in a window, as the stream has them and then as the batch has them, best first. Two keys that do not
     * deviate can still change places, because one that does left a rank above them.
     */
    private Stream<ResultRow> anyInWindow(Span window) {
        return Stream.<Function<Sides, Optional<ResultRow>>>of(it -> it.stream, it -> it.batch)
                .flatMap(side -> rows.values().stream()
                        .flatMap(sides -> side.apply(sides).stream())
                        .filter(row -> row.window().equals(window))
                        .sorted(Comparator.comparing(ResultRow::key, ValueOrder.ASCENDING)));
    }

    private static void put(Map<Deviation, Deviants> deviations, Map<Cause, Deviants> found) {
        deviations.forEach((kind, deviants) -> found.putIfAbsent(causeOf(kind), deviants));
    }

    static Cause causeOf(Deviation kind) {
        return switch (kind) {
            case LATE -> Cause.LATE;
            case LATE_PARTIAL -> Cause.LATE_PARTIAL;
            case DUP_HORIZON -> Cause.DUP_HORIZON;
            case DUP_CHOICE -> Cause.DUP_CHOICE;
            case SESSION_BRIDGE -> Cause.SESSION_BRIDGE;
        };
    }

    private Report.Difference difference(Sides sides, int index, Map<Cause, Deviants> causes) {
        var row = sides.any();
        var left = sides.stream.map(it -> it.measures().get(index));
        var right = sides.batch.map(it -> it.measures().get(index));
        var leftNumber = left.flatMap(Numbers::of);
        var rightNumber = right.flatMap(Numbers::of);
        boolean numbers = leftNumber.isPresent() || rightNumber.isPresent();
        var stream0 = leftNumber.orElse(BigDecimal.ZERO);
        var batch0 = rightNumber.orElse(BigDecimal.ZERO);
        var records = new TreeSet<Coordinates>();
        var counts = new LinkedHashMap<String, Long>();
        causes.forEach((cause, deviants) -> {
            counts.put(cause.code(), deviants.records());
            records.addAll(deviants.examples());
        });
        return new Report.Difference(
                shape.name(),
                bound(row.window(), row.window().start()),
                bound(row.window(), row.window().end()),
                keys(row.key()),
                shape.measures().get(index).name(),
                left.map(Numbers::told),
                right.map(Numbers::told),
                numbers ? Optional.of(batch0.subtract(stream0)) : Optional.empty(),
                numbers ? Optional.of(Numbers.percent(stream0, batch0)) : Optional.empty(),
                counts,
                records.stream().map(Object::toString).toList(),
                row.rowKey());
    }

    static Optional<Instant> bound(Span window, Instant instant) {
        return window.equals(Span.ALL) ? Optional.empty() : Optional.of(instant);
    }

    private Map<String, String> keys(List<@Nullable Object> key) {
        var named = new LinkedHashMap<String, String>();
        for (int index = 0; index < key.size(); index++) {
            named.put(shape.keys().get(index).name(), Numbers.told(key.get(index)));
        }
        return named;
    }

    List<Report.Difference> differences() {
        return differences;
    }

    /** Everything but the differences one by one. */
    ViewTally tally() {
        return tally;
    }
}
