package dev.tandem.fold.recount;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.Prepared.Contribution;
import dev.tandem.fold.RowKey;
import dev.tandem.model.Instants;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records that decide some rows while a log is read: those that contribute to a row, and, once they are known, all copies of
 * those. A recount of what this takes has the same rows as a recount of the whole log. Rows of a session view are decided by all records
 * of their keys, because any of them may join two sessions.
 *
 * @param keys the keys of the rows
 * @param copies the dedup keys of the records that contribute
 */
public record RowFilter(FoldPlan plan, Set<RowKey> rows, Set<KeyOf> keys, Set<Identity> copies)
        implements Serializable {
    /** A key of a view. */
    public record KeyOf(int view, List<@Nullable Object> key) implements Serializable {}

    public static RowFilter of(FoldPlan plan, Set<RowKey> rows) {
        var keys = new HashSet<KeyOf>();
        rows.forEach(row -> keys.add(new KeyOf(row.view(), row.key())));
        return new RowFilter(plan, Set.copyOf(rows), keys, Set.of());
    }

    public RowFilter withCopies(Set<Identity> identities) {
        return new RowFilter(plan, rows, keys, identities);
    }

    /** The same over packed records. */
    public PackedFilter packed() {
        return new PackedFilter(this);
    }

    /** Whether a row has this key, in whatever window. */
    public boolean hasKey(Contribution contribution) {
        return keys.contains(new KeyOf(contribution.view(), contribution.key()));
    }

    /** Whether the record contributes to a row, counted or not. */
    public boolean contributes(Prepared record) {
        for (var contribution : record.contributions()) {
            if (hasKey(contribution) && inWindow(record, contribution)) {
                return true;
            }
        }
        return false;
    }

    private boolean inWindow(Prepared record, Contribution contribution) {
        int view = contribution.view();
        return plan.gapMicros(view) > 0
                || plan.window(view).spansOf(Instants.ofMicros(record.eventMicros())).stream()
                        .anyMatch(span -> rows.contains(new RowKey(view, span, contribution.key())));
    }

    /** Whether the record contributes to a row, or is a copy of one that does. */
    public boolean takes(Prepared record) {
        return record.identity().filter(copies::contains).isPresent() || contributes(record);
    }
}
