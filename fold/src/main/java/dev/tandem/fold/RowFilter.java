package dev.tandem.fold;

import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records that decide some rows of one view while a log is read: those that contribute to a row, and, once they are known,
 * all copies of those. A recount of what this takes has the same rows as a recount of the whole log. Rows of a session view are
 * decided by all records of their keys, because any of them may join two sessions.
 *
 * @param view the number of the view
 * @param keys of the rows
 * @param copies the dedup keys of the records that contribute
 */
public record RowFilter(FoldPlan plan, int view, Span window, Set<List<@Nullable Object>> keys, Set<Identity> copies)
        implements Serializable {
    public RowFilter(FoldPlan plan, int view, Span window, Set<List<@Nullable Object>> keys) {
        this(plan, view, window, keys, Set.of());
    }

    public RowFilter withCopies(Set<Identity> identities) {
        return new RowFilter(plan, view, window, keys, identities);
    }

    /** Whether the record contributes to a row, counted or not. */
    public boolean contributes(Prepared record) {
        for (var contribution : record.contributions()) {
            if (contribution.view() == view && keys.contains(contribution.key()) && inWindow(record)) {
                return true;
            }
        }
        return false;
    }

    private boolean inWindow(Prepared record) {
        return plan.gapMicros(view) > 0
                || plan.window(view)
                        .spansOf(Instants.ofMicros(record.eventMicros()))
                        .contains(window);
    }

    /** Whether the record contributes to a row, or is a copy of one that does. */
    public boolean takes(Prepared record) {
        return record.identity().filter(copies::contains).isPresent() || contributes(record);
    }
}
