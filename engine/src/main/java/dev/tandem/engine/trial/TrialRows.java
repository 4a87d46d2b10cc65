package dev.tandem.engine.trial;

import dev.tandem.engine.trial.DelayTrial.Row;
import dev.tandem.fold.Changes;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rows of two streams beside each other. A pair of rows is held until its window has closed in both streams, and then only if
 * they differ, so that memory holds open windows and some differing rows.
 */
final class TrialRows {
    /** So many differing rows are held; more are counted. */
    static final int HELD = 1_000;

    private static final class Pair {
        private Optional<ResultRow> asItWas = Optional.empty();
        private Optional<ResultRow> tried = Optional.empty();

        private boolean isFinal() {
            return isClosed(asItWas) && isClosed(tried);
        }

        private static boolean isClosed(Optional<ResultRow> row) {
            return row.filter(it -> it.status() == Status.CLOSED).isPresent();
        }

        private boolean isEmpty() {
            return asItWas.isEmpty() && tried.isEmpty();
        }

        private boolean differs() {
            return !asItWas.map(ResultRow::measures).equals(tried.map(ResultRow::measures));
        }
    }

    /** Which of the two streams. */
    enum Stream {
        AS_IT_WAS,
        TRIED
    }

    private final Predicate<ResultRow> wanted;
    private final Map<ResultRow.Id, Pair> pairs = new HashMap<>();
    private final List<Row> differing = new ArrayList<>();
    private boolean ended;
    private long rows;
    private long more;

    TrialRows(Predicate<ResultRow> wanted) {
        this.wanted = wanted;
    }

    void take(Stream stream, Changes changes) {
        for (var gone : changes.gone()) {
            var pair = pairs.get(gone);
            if (pair != null) {
                set(stream, pair, Optional.empty());
                if (pair.isEmpty()) {
                    pairs.remove(gone);
                }
            }
        }
        for (var row : changes.rows()) {
            if (wanted.test(row)) {
                var id = row.id();
                var pair = pairs.computeIfAbsent(id, key -> new Pair());
                set(stream, pair, Optional.of(row));
                if (!ended && pair.isFinal()) {
                    pairs.remove(id);
                    settle(id, pair, true);
                }
            }
        }
    }

    private static void set(Stream stream, Pair pair, Optional<ResultRow> row) {
        switch (stream) {
            case AS_IT_WAS -> pair.asItWas = row;
            case TRIED -> pair.tried = row;
        }
    }

    private void settle(ResultRow.Id id, Pair pair, boolean isFinal) {
        rows++;
        if (!pair.differs()) {
            return;
        }
        if (differing.size() == HELD) {
            more++;
            return;
        }
        differing.add(new Row(
                id.view(),
                id.window(),
                id.key(),
                pair.asItWas.map(ResultRow::measures),
                pair.tried.map(ResultRow::measures),
                isFinal));
    }

    /** From now on windows close because the log ends, which makes no row final. */
    void logEnds() {
        ended = true;
    }

    /** Ends it. Rows of windows that had not closed in the stream as it was are left out, unless the window never closes. */
    void end(Watermarks asItWas, Watermarks tried) {
        pairs.forEach((id, pair) -> {
            boolean never = id.window().equals(Span.ALL);
            if (never || asItWas.closes(id.window())) {
                settle(id, pair, never || tried.closes(id.window()));
            }
        });
        pairs.clear();
    }

    /** How many rows were compared. */
    long rows() {
        return rows;
    }

    List<Row> differing() {
        return List.copyOf(differing);
    }

    /** How many rows differ beside those that are held. */
    long more() {
        return more;
    }
}
