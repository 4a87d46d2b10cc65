package dev.tandem.app.run;

import dev.tandem.fold.ResultRow;
import dev.tandem.parity.explain.Candidate;
import java.util.stream.Stream;

/**
 * Limits how many records the rows of a report may have together, because the dedup keys of all of them are held while the rows are
 * explained. A row that is too large for it is left to {@code explain}, which holds the keys of that row only.
 */
final class BridgeBudget {
    private static final long MOST_RECORDS = 500_000;

    private long left = MOST_RECORDS;

    /** Whether the row still fits; if it does, its records are taken off. */
    boolean allows(Candidate row) {
        long records = Stream.concat(row.stream().stream(), row.batch().stream())
                .mapToLong(ResultRow::events)
                .max()
                .orElse(0);
        boolean fits = records <= left;
        left -= fits ? records : 0;
        return fits;
    }
}
