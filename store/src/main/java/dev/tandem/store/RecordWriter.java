package dev.tandem.store;

import dev.tandem.fold.Identity;
import dev.tandem.model.Output.What;
import dev.tandem.store.RowBatch.Collision;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes records into the tables of one mode, inside whatever transaction the session is in: the last one of a key stays. */
final class RecordWriter implements AutoCloseable {
    /** {@code waiting} has each key once: PostgreSQL refuses a merge that meets a row twice. */
    private record Target(RecordTable table, RowBatch batch, Map<Identity, @Nullable Object[]> waiting) {
        void flush() throws SQLException {
            for (var row : waiting.values()) {
                batch.add(row);
            }
            batch.flush();
            waiting.clear();
        }
    }

    private static final int MOST_WAITING = 2_048;

    private final Map<What, List<Target>> byWhat = new HashMap<>();
    private final String runId;

    RecordWriter(Session session, List<RecordTable> tables, String runId) {
        this.runId = runId;
        for (var table : tables) {
            var batch = new RowBatch(session, table.table(), Collision.REPLACE);
            byWhat.computeIfAbsent(table.what(), what -> new ArrayList<>())
                    .add(new Target(table, batch, new TreeMap<>(RowOrder::compareKeys)));
        }
    }

    /** {@code record} has a value for each field; one without a table is left out. */
    void add(What what, List<? extends @Nullable Object> record, Instant asOf) throws SQLException {
        for (var target : byWhat.getOrDefault(what, List.of())) {
            var rowKey = target.table().rowKey(record);
            target.waiting().put(rowKey, target.table().values(record, rowKey, asOf, runId));
            if (target.waiting().size() >= MOST_WAITING) {
                target.flush();
            }
        }
    }

    void flush() throws SQLException {
        for (var targets : byWhat.values()) {
            for (var target : targets) {
                target.flush();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (var targets : byWhat.values()) {
            for (var target : targets) {
                target.batch().close();
            }
        }
    }
}
