package dev.tandem.store;

import dev.tandem.fold.Identity;
import dev.tandem.fold.ResultRow;
import dev.tandem.store.RowBatch.Collision;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes result rows into the tables of one mode, inside whatever transaction the session is in. */
final class ResultWriter implements AutoCloseable {
    private record Target(ResultTable table, RowBatch batch, RowBatch deletion) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            batch.close();
            deletion.close();
        }
    }

    private final Map<String, List<Target>> byView = new HashMap<>();
    private final String runId;

    ResultWriter(Session session, List<ResultTable> tables, Collision collision, String runId) {
        this.runId = runId;
        for (var table : tables) {
            byView.computeIfAbsent(table.shape().name(), view -> new ArrayList<>())
                    .add(new Target(
                            table,
                            new RowBatch(session, table.table(), collision),
                            RowBatch.deletion(session, table.table())));
        }
    }

    /** Deletes rows; one that is written again with the same key must be merged after. */
    void delete(List<ResultRow.Id> rows) throws SQLException {
        for (var row : rows) {
            for (var target : byView.getOrDefault(row.view(), List.of())) {
                target.deletion().add(row.rowKey().bytes());
            }
        }
        for (var targets : byView.values()) {
            for (var target : targets) {
                target.deletion().flush();
            }
        }
    }

    /** The last of several versions of a row; PostgreSQL refuses a merge that meets a row twice. Rows of views without a table are left out. */
    void merge(List<ResultRow> rows, Instant asOf) throws SQLException {
        var latest = new LinkedHashMap<String, Map<Identity, ResultRow>>();
        for (var row : rows) {
            if (byView.containsKey(row.view())) {
                latest.computeIfAbsent(row.view(), view -> new TreeMap<>(RowOrder::compareKeys))
                        .put(row.rowKey(), row);
            }
        }
        for (var ofView : latest.values()) {
            for (var entry : ofView.entrySet()) {
                add(entry.getValue(), entry.getKey(), asOf);
            }
        }
        flush();
    }

    void add(ResultRow row, Identity rowKey, Instant asOf) throws SQLException {
        for (var target : byView.getOrDefault(row.view(), List.of())) {
            target.batch().add(target.table().values(row, rowKey.bytes(), asOf, runId));
        }
    }

    void flush() throws SQLException {
        for (var targets : byView.values()) {
            for (var target : targets) {
                target.batch().flush();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (var targets : byView.values()) {
            for (var target : targets) {
                target.close();
            }
        }
    }
}
