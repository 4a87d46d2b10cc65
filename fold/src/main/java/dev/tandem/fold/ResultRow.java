package dev.tandem.fold;

import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a view as it is written: window, key, measures, and how final it is.
 *
 * @param revision 1 for the first version written, one more for each later one
 * @param events how many records (or unnested elements) the row counts
 */
public record ResultRow(
        String view,
        Span window,
        List<@Nullable Object> key,
        List<@Nullable Object> measures,
        Status status,
        int revision,
        long events) {
    public enum Status {
        /** May still change. */
        OPEN,
        /** Final by the watermark. */
        CLOSED,
        /** Changed after closing. */
        CORRECTED
    }

    /** Which row of which view. */
    public record Id(String view, Span window, List<@Nullable Object> key) {
        /** What makes the row one row in its table: the window's start and the key. */
        public Identity rowKey() {
            var values = new ArrayList<@Nullable Object>(key.size() + 1);
            values.add(window.equals(Span.ALL) ? null : window.start());
            values.addAll(key);
            return Identity.of(values);
        }
    }

    public Id id() {
        return new Id(view, window, key);
    }

    /** As {@link Id#rowKey()}. */
    public Identity rowKey() {
        return id().rowKey();
    }
}
