package dev.tandem.diff.attach;

import dev.tandem.diff.AttachFile.Attached;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Shape;
import dev.tandem.model.Dedup;
import dev.tandem.model.Instants;
import dev.tandem.model.View;
import dev.tandem.model.Window.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A view and what its rows must be counted by.
 *
 * @param number of the view among the grouped ones
 * @param dedup how the definition treats copies; empty if it counts all of them
 */
record ViewPlan(
        Attached attached, View.Grouped view, FoldPlan fold, int number, Optional<Dedup> dedup, Duration delay) {
    Shape shape() {
        return fold.grouped().get(number);
    }

    boolean windowed() {
        return shape().windowed();
    }

    /** The windows that an event falls into for a job whose windows begin {@code shiftMicros} earlier, under the names that it gives them. */
    List<Span> named(long event, long shiftMicros) {
        return shape().window().spansOf(Instants.ofMicros(event + shiftMicros));
    }

    /** The end of the last window that an event falls into. */
    long lastEnd(long event, long shiftMicros) {
        var spans = named(event, shiftMicros);
        return end(spans.get(spans.size() - 1), shiftMicros);
    }

    static long start(Span span) {
        return span.equals(Span.ALL) ? Long.MIN_VALUE : Instants.micros(span.start());
    }

    /** When a window ends that a job names {@code span}. */
    static long end(Span span, long shiftMicros) {
        return span.equals(Span.ALL) ? Long.MAX_VALUE : Instants.micros(span.end()) - shiftMicros;
    }

    /** Whether the definition counts the last copy of a key. */
    boolean keepsLast() {
        return dedup.filter(it -> it.keep() == Dedup.Keep.LAST).isPresent();
    }

    /** Whether the definition counts a record. */
    boolean counts(Copies copies) {
        return dedup.isEmpty() || copies.counts(keepsLast());
    }
}
