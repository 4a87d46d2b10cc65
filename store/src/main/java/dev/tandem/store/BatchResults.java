package dev.tandem.store;

import dev.tandem.fold.ResultRow;
import dev.tandem.model.Mode;
import dev.tandem.model.Output.What;
import dev.tandem.store.RowBatch.Collision;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the results of a batch. One transaction replaces the rows of all views and records, so that a reader sees the earlier run or this
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

    /** As {@link #replace(String, Iterator, Map)}, for a layout without tables of records. */
    public Instant replace(String runId, Iterator<ResultRow> rows) {
        return replace(runId, rows, Map.of());
    }

    /**
     * Replaces all rows of the batch's tables by {@code rows}, of all views in any order, none twice, and by {@code records}, each a
     * value for each field, the last one of a key staying; what has no table is left out. The transaction is open while they are
     * drawn, and on SQLite keeps every other writer waiting: have them computed before. Returns when the database had them, which
     * is also their {@code as_of} but for the commit.
     *
     * @throws IllegalArgumentException if {@code records} lacks some that the layout has a table for: it would be empty
     */
    public Instant replace(
            String runId,
            Iterator<ResultRow> rows,
            Map<What.Records, ? extends Iterator<? extends List<? extends @Nullable Object>>> records) {
        var missing = layout.written(Mode.BATCH).stream()
                .filter(it -> !records.containsKey(it))
                .map(What::name)
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("Cannot replace the batch results of '%s': no records were given for %s"
                    .formatted(layout.pipeline(), missing));
        }
        return Session.inTransaction(
                address, "replace the batch results of '%s'".formatted(layout.pipeline()), session -> {
                    clear(session);
                    var asOf = clock.instant().truncatedTo(ChronoUnit.MICROS);
                    write(session, runId, rows, asOf);
                    for (var each : records.entrySet()) {
                        write(session, runId, each, asOf);
                    }
                    return asOf;
                });
    }

    /**
     * Replaces the rows of windows that begin at or after {@code from} and before {@code until} by {@code rows}, which are of such
     * windows; those of other windows, of views that are never cut and of records stay.
     */
    public Instant replaceWindows(String runId, Iterator<ResultRow> rows, Instant from, Instant until) {
        return Session.inTransaction(
                address, "replace windows of the batch results of '%s'".formatted(layout.pipeline()), session -> {
                    for (var table : layout.results(Mode.BATCH)) {
                        if (table.shape().windowed()) {
                            session.execute(
                                    "delete from %s where window_start >= ? and window_start < ?"
                                            .formatted(session.dialect()
                                                    .quoted(table.table().name())),
                                    from,
                                    until);
                        }
                    }
                    var asOf = clock.instant().truncatedTo(ChronoUnit.MICROS);
                    write(session, runId, rows, asOf);
                    return asOf;
                });
    }

    private void clear(Session session) throws SQLException {
        for (var table : layout.results(Mode.BATCH)) {
            clear(session, table.table());
        }
        for (var table : layout.records(Mode.BATCH)) {
            clear(session, table.table());
        }
    }

    private static void clear(Session session, StoredTable table) throws SQLException {
        session.execute("delete from " + session.dialect().quoted(table.name()));
    }

    private void write(Session session, String runId, Iterator<ResultRow> rows, Instant asOf) throws SQLException {
        try (var writer = new ResultWriter(session, layout.results(Mode.BATCH), Collision.REFUSE, runId)) {
            while (rows.hasNext()) {
                var row = rows.next();
                writer.add(row, row.rowKey(), asOf);
            }
            writer.flush();
        }
    }

    private void write(
            Session session,
            String runId,
            Map.Entry<What.Records, ? extends Iterator<? extends List<? extends @Nullable Object>>> records,
            Instant asOf)
            throws SQLException {
        try (var writer = new RecordWriter(session, layout.records(Mode.BATCH), runId)) {
            while (records.getValue().hasNext()) {
                writer.add(records.getKey(), records.getValue().next(), asOf);
            }
            writer.flush();
        }
    }
}
