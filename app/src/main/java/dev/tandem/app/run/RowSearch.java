package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.model.Mode;
import dev.tandem.model.ValueOrder;
import dev.tandem.model.Window.Span;
import dev.tandem.parity.Numbers;
import dev.tandem.parity.explain.Candidate;
import dev.tandem.parity.explain.WorstRows;
import dev.tandem.store.StoredRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the rows that fit a question by reading both modes' tables side by side, a window at a time. */
final class RowSearch {
    private static final int SHOWN = 8;
    private static final Comparator<StoredRow> AS_READ = Comparator.comparing(
                    (StoredRow row) -> row.window().start())
            .thenComparing(StoredRow::key, ValueOrder.ASCENDING)
            .thenComparing(row -> row.window().end());

    private final PipelineStore store;
    private final RowQuestion question;
    private final Predicate<Span> closed;
    /** What there is, for an error: keys that the question could have meant, and windows of its key. */
    private final Set<String> keys = new LinkedHashSet<>();

    private final TreeSet<Instant> windows = new TreeSet<>();

    /** Where a time of day was asked for: the times at which a row fits. */
    private final TreeSet<Instant> times = new TreeSet<>();

    /** {@code closed} tells which windows have closed in the stream. */
    RowSearch(PipelineStore store, RowQuestion question, Predicate<Span> closed) {
        this.store = store;
        this.question = question;
        this.closed = closed;
    }

    /** The worst rows of {@code shapes} that fit; an error says what there is. */
    WorstRows worst(List<Shape> shapes, int most) {
        var worst = new WorstRows(most);
        shapes.forEach(shape -> read(shape, question.searchable(shape), worst));
        if (worst.rows() == 0) {
            // The error names what there is instead, which is among the other rows.
            shapes.forEach(shape -> read(shape, Map.of(), worst));
        }
        if (worst.rows() == 0) {
            throw nothingFits(shapes);
        }
        if (times.size() > 1) {
            throw new EngineException(
                    "Cannot tell which %s is meant: rows fit at %s; write the date too, as in --window %s"
                            .formatted(question.timeOfDay().orElseThrow(), times, times.last()));
        }
        return worst;
    }

    private void read(Shape shape, Map<String, Object> keys, WorstRows into) {
        try (var streamed = store.rows(shape, Mode.STREAM, keys);
                var batched = store.rows(shape, Mode.BATCH, keys)) {
            var stream = new Head(streamed);
            var batch = new Head(batched);
            while (stream.row != null || batch.row != null) {
                int order = stream.row == null ? 1 : batch.row == null ? -1 : AS_READ.compare(stream.row, batch.row);
                var left = order <= 0 ? stream.take() : Optional.<StoredRow>empty();
                var right = order >= 0 ? batch.take() : Optional.<StoredRow>empty();
                offer(shape, left, right, into);
            }
        }
    }

    private void offer(Shape shape, Optional<StoredRow> stream, Optional<StoredRow> batch, WorstRows into) {
        var any = stream.or(() -> batch).orElseThrow();
        if (question.fits(shape, any)) {
            if (question.timeOfDay().isPresent() && !any.window().equals(Span.ALL)) {
                question.asked(any.window()).filter(it -> times.size() < SHOWN).ifPresent(times::add);
            }
            boolean isClosed = closed.test(any.window());
            into.add(new Candidate(
                    shape, stream.map(it -> result(shape, it)), batch.map(it -> result(shape, it)), isClosed));
        } else if (question.fitsKey(shape, any.key())) {
            windows.add(any.window().start());
            if (windows.size() > SHOWN) {
                windows.pollFirst();
            }
        } else if (keys.size() < SHOWN) {
            keys.add(told(shape, any));
        }
    }

    static ResultRow result(Shape shape, StoredRow row) {
        // Copied: the key travels to Spark's tasks, which a part of another list cannot.
        return new ResultRow(
                shape.name(),
                row.window(),
                new ArrayList<>(row.key()),
                row.measures(),
                row.status(),
                row.revision(),
                row.events());
    }

    private static String told(Shape shape, StoredRow row) {
        var told = new ArrayList<String>();
        for (int index = 0; index < shape.keys().size(); index++) {
            told.add("%s=%s"
                    .formatted(
                            shape.keys().get(index).name(),
                            Numbers.told(row.key().get(index))));
        }
        return String.join(" ", told);
    }

    private EngineException nothingFits(List<Shape> shapes) {
        var what = question.view().map("'%s' has no row"::formatted).orElse("no view has a row");
        var key = question.key().isEmpty() ? "" : " of " + question.key();
        var window = question.window()
                .map(Object::toString)
                .or(() -> question.timeOfDay().map(Object::toString))
                .map(it -> " in a window at " + it)
                .orElse("");
        return new EngineException("Cannot explain it: %s%s%s in the tables of '%s'; %s"
                .formatted(
                        what,
                        key,
                        window,
                        String.join("', '", shapes.stream().map(Shape::name).toList()),
                        whatThereIs()));
    }

    private String whatThereIs() {
        if (!windows.isEmpty()) {
            return "the last windows of that key begin at " + windows;
        }
        return keys.isEmpty()
                ? "the tables are empty, run ./tandem stream and ./tandem batch first"
                : "some that are there: " + String.join("; ", keys);
    }

    /** The next row of a table. */
    private static final class Head {
        private final ClosingIterator<StoredRow> rows;
        private @Nullable StoredRow row;

        private Head(ClosingIterator<StoredRow> rows) {
            this.rows = rows;
            take();
        }

        private Optional<StoredRow> take() {
            var taken = Optional.ofNullable(row);
            row = rows.hasNext() ? rows.next() : null;
            return taken;
        }
    }
}
