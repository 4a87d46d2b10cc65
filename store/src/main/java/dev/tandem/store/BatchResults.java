package dev.tandem.store;

import dev.tandem.fold.ResultRow;
import dev.tandem.model.Mode;
import dev.tandem.store.RowBatch.Collision;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;

/**
 * Writes the results of a batch. One transaction replaces the rows of all views, so that a reader sees the earlier run or this
 * one, and after a crash the earlier one, never half of each.
 */
public final class BatchResults {
    private final DatabaseAddress address;
    private final Layout layout;
    private final Clock clock;

    public BatchResults(DatabaseAddress address, Layout layout, Clock clock) {
        this.address = address;
        this.layout = layout;
        this.clock = clock;
    }

    /**
     * Replaces all rows of the batch's tables by {@code rows}, of all views in any order, none twice; those of views without a
     * table are left out. The transaction is open while {@code rows} are drawn, and on SQLite keeps every other writer waiting:
     * have them computed before. Returns when the database had them, which is also their {@code as_of} but for the commit.
     */
    public Instant replace(String runId, Iterator<ResultRow> rows) {
        return Session.inTransaction(
                address, "replace the batch results of '%s'".formatted(layout.pipeline()), session -> {
                    clear(session);
                    return write(session, runId, rows);
                });
    }

    private void clear(Session session) throws SQLException {
        for (var table : layout.results(Mode.BATCH)) {
            session.execute(
                    "delete from " + session.dialect().quoted(table.table().name()));
        }
    }

    private Instant write(Session session, String runId, Iterator<ResultRow> rows) throws SQLException {
        var asOf = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try (var writer = new ResultWriter(session, layout.results(Mode.BATCH), Collision.REFUSE, runId)) {
            while (rows.hasNext()) {
                var row = rows.next();
                writer.add(row, row.rowKey(), asOf);
            }
            writer.flush();
        }
        return asOf;
    }
}
