package dev.tandem.proof;

import dev.tandem.fold.ComparedPart;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Recount.Deviants;
import dev.tandem.fold.Recount.Deviation;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.model.Measure;
import dev.tandem.model.Plans.Tolerance;
import dev.tandem.model.View;
import dev.tandem.model.Window.Span;
import dev.tandem.proof.WindowLines.Standing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one view compared one by one and measure by measure, over the windows that have closed. Each stored row is also held against
 * the recount, so that two modes with the same mistake do not pass, and a stored value that nobody computed is found.
 */
final class ViewComparison {
    /** What identifies a row in both modes. */
    record RowId(Span window, List<@Nullable Object> key) {}

    private static final Deviants NO_RECORD = new Deviants(0, List.of());

    private final Evidence evidence;
    private final Shape shape;
    private final ComparedPart.Reasons reasons;
    private final Map<RowId, ResultRow> stream;
    private final Map<RowId, ResultRow> batch;
    private final Map<RowId, ResultRow> expectedStream;
    private final Map<RowId, ResultRow> expectedBatch;
    private final ViewTally tally;
    private final List<Report.Difference> differences = new ArrayList<>();

    /** Compares the rows of the view that are in {@code part}. */
    ViewComparison(Evidence evidence, Shape shape, ComparedPart part) {
        this.evidence = evidence;
        this.shape = shape;
        this.reasons = part.reasons();
        this.stream = byId(part.stream());
        this.batch = byId(part.batch());
        this.expectedStream = byId(part.expectedStream());
        this.expectedBatch = byId(part.expectedBatch());
        this.tally = new ViewTally(shape);
        compareAll();
    }

    private Map<RowId, ResultRow> byId(List<ResultRow> rows) {
        var numbers = StoredNumbers.of(evidence.pipeline(), shape.name());
        var byId = new HashMap<RowId, ResultRow>();
        for (var row : rows) {
            if (row.view().equals(shape.name())) {
                var held = numbers.of(row);
                byId.put(new RowId(held.window(), held.key()), held);
            }
        }
        return byId;
    }

    private void compareAll() {
        var ids = new HashSet<>(stream.keySet());
        ids.addAll(batch.keySet());
        ids.addAll(expectedStream.keySet());
        ids.addAll(expectedBatch.keySet());
        for (var id : ids) {
            if (closed(id.window())) {
                tally.lines().add(row(id), compare(id));
            } else {
                boolean ahead =
                        id.window().equals(Span.ALL) && !evidence.facts().atCut();
                tally.open(ahead ? Cause.AHEAD : Cause.OPEN);
                tally.lines().add(row(id), Standing.OPEN);
            }
        }
    }

    private WindowLines.Row row(RowId id) {
        return new WindowLines.Row(
                id.window(),
                id.key(),
                Optional.ofNullable(stream.get(id)).map(ResultRow::measures),
                Optional.ofNullable(batch.get(id)).map(ResultRow::measures));
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
                        .filter(it -> it instanceof View.Top top && closedOnly.contains(top.from()))
                        .isPresent();
    }

    private Standing compare(RowId id) {
        var streamed = Optional.ofNullable(stream.get(id));
        var batched = Optional.ofNullable(batch.get(id));
        var causes = new LinkedHashMap<Cause, Deviants>();
        var differing = new ArrayList<Integer>();
        for (int index = 0; index < shape.measures().size(); index++) {
            if (differs(streamed, batched, index)) {
                differing.add(index);
            }
        }
        var unlike = new UnlikeRecount(
                !asComputed(streamed, expectedStream.get(id)), !asComputed(batched, expectedBatch.get(id)));
        if (unlike.any()) {
            causes.put(unlike.cause(evidence), NO_RECORD);
        } else if (!differing.isEmpty()) {
            causes.putAll(deviations(id));
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
        told.forEach(index -> differences.add(difference(id, streamed, batched, index, causes)));
        return causes.containsKey(Cause.SINK) || causes.containsKey(Cause.UNEXPLAINED)
                ? Standing.UNEXPLAINED
                : Standing.DIFFERS;
    }

    private boolean approximate(int index) {
        var name = shape.measures().get(index).name();
        return evidence.pipeline()
                .view(shape.name())
                .filter(it -> it instanceof View.Grouped grouped
                        && grouped.measures().stream()
                                .anyMatch(measure ->
                                        measure.name().equals(name) && measure.kind() == Measure.Kind.APPROX_DISTINCT))
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

    private static boolean asComputed(Optional<ResultRow> stored, @Nullable ResultRow expected) {
        if (stored.isEmpty() || expected == null) {
            return stored.isEmpty() && expected == null;
        }
        var left = stored.get().measures();
        var right = expected.measures();
        for (int index = 0; index < right.size(); index++) {
            if (!Numbers.same(left.get(index), right.get(index))) {
                return false;
            }
        }
        return stored.get().events() == expected.events();
    }

    /** For a row of a top view: whatever deviates among the keys that either mode has at this rank. */
    private Map<Cause, Deviants> deviations(RowId id) {
        var found = new EnumMap<Cause, Deviants>(Cause.class);
        var view = evidence.pipeline().view(shape.name());
        if (view.isPresent() && view.get() instanceof View.Top top) {
            // By the definition: the ranked view has a shape here only if it has a table.
            int keys = evidence.pipeline()
                    .view(top.from())
                    .map(it -> ((View.Grouped) it).by().size())
                    .orElseThrow();
            var rows = Stream.of(stream.get(id), batch.get(id));
            rows.filter(Objects::nonNull)
                    .map(row -> row.measures().subList(0, keys))
                    .forEach(key -> put(reasons.of(top.from(), id.window(), key), found));
            if (found.isEmpty()) {
                putAnyAbove(top.from(), id, keys, found);
            }
        } else {
            put(reasons.of(shape.name(), id.window(), id.key()), found);
        }
        return found;
    }

    /** Two keys that do not deviate can still change places, because one that does left a rank above them. */
    private void putAnyAbove(String ranked, RowId id, int keys, Map<Cause, Deviants> found) {
        var rows = new ArrayList<ResultRow>();
        stream.forEach((other, row) -> addIfSameWindow(id, other, row, rows));
        batch.forEach((other, row) -> addIfSameWindow(id, other, row, rows));
        for (var row : rows) {
            put(
                    reasons.of(ranked, id.window(), row.measures().subList(0, keys)),
                    found);
        }
    }

    private static void addIfSameWindow(RowId id, RowId other, ResultRow row, List<ResultRow> rows) {
        if (other.window().equals(id.window())) {
            rows.add(row);
        }
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

    private Report.Difference difference(
            RowId id,
            Optional<ResultRow> streamed,
            Optional<ResultRow> batched,
            int index,
            Map<Cause, Deviants> causes) {
        var left = streamed.map(row -> row.measures().get(index));
        var right = batched.map(row -> row.measures().get(index));
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
                bound(id.window(), id.window().start()),
                bound(id.window(), id.window().end()),
                keys(id.key()),
                shape.measures().get(index).name(),
                left.map(Numbers::told),
                right.map(Numbers::told),
                numbers ? Optional.of(stream0.subtract(batch0)) : Optional.empty(),
                numbers ? Optional.of(Numbers.percent(stream0, batch0)) : Optional.empty(),
                counts,
                records.stream().map(Object::toString).toList(),
                rowKey(id));
    }

    /** Of whoever has the row: where both tables have lost it, only the recount. */
    private Identity rowKey(RowId id) {
        return Stream.of(stream, batch, expectedStream, expectedBatch)
                .flatMap(rows -> Optional.ofNullable(rows.get(id)).stream())
                .findFirst()
                .orElseThrow()
                .rowKey();
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
