package dev.tandem.diff.attach;

import dev.tandem.diff.attach.ViewRows.RowCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the delays of a watermark for which a row comes out as a table has it. As the delay grows, records come in one by one (and copies
 * of them go out): the row changes at a few delays only, and is compared once between two of them.
 */
final class RowSweep {
    private final RowCase row;
    private final Optional<List<@Nullable Object>> stored;
    private final Equality equality;

    RowSweep(RowCase row, Optional<List<@Nullable Object>> stored, Equality equality) {
        this.row = row;
        this.stored = stored;
        this.equality = equality;
    }

    /** A record comes in, or goes out, where the delay passes {@code delay}. */
    private record Change(long delay, RowRecord record, boolean in) {}

    /** The delays for which the row, written from its first record on, is the table's. */
    List<DelaySpan> fits(int clock, Lateness lateness, Duplicates duplicates) {
        var changes = new ArrayList<Change>();
        var counted = new ArrayList<RowRecord>();
        for (var record : row.doubtful()) {
            long dropped = record.dropped(clock, lateness);
            for (var span : record.copies().passes(clock, lateness, duplicates)) {
                long after = Math.max(span.after(), dropped);
                if (after < span.until()) {
                    if (after < 0) {
                        counted.add(record);
                    } else {
                        changes.add(new Change(after, record, true));
                    }
                    if (span.until() != Long.MAX_VALUE) {
                        changes.add(new Change(span.until(), record, false));
                    }
                }
            }
        }
        changes.sort(Comparator.comparingLong(Change::delay));
        return swept(counted, changes);
    }

    private List<DelaySpan> swept(List<RowRecord> counted, List<Change> changes) {
        var spans = new ArrayList<DelaySpan>();
        counted.forEach(record -> record.addTo(row.counted()));
        long after = Lateness.NEVER;
        int next = 0;
        while (next <= changes.size()) {
            long until = next < changes.size() ? changes.get(next).delay() : Long.MAX_VALUE;
            if (fits()) {
                spans.add(new DelaySpan(after, until));
            }
            if (next == changes.size()) {
                break;
            }
            while (next < changes.size() && changes.get(next).delay() == until) {
                apply(changes.get(next), changes.get(next).in());
                next++;
            }
            after = until;
        }
        changes.forEach(change -> apply(change, !change.in()));
        counted.forEach(record -> record.removeFrom(row.counted()));
        return DelaySpan.joined(spans);
    }

    private void apply(Change change, boolean in) {
        if (in) {
            change.record().addTo(row.counted());
        } else {
            change.record().removeFrom(row.counted());
        }
    }

    /** Whether the row as it is counted now is the table's. */
    boolean fits() {
        if (stored.isPresent() && row.counted().events() == 0) {
            return false;
        }
        var values = row.counted().values(row.window(), row.key());
        if (values.isPresent() && stored.isPresent()) {
            return equality.same(values.get(), stored.get());
        }
        return values.isEmpty() && stored.isEmpty();
    }
}
