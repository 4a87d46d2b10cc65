package dev.tandem.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes many rows of one table in the way that its database takes fastest. Rows wait here until there are enough of them or
 * they have grown to some megabytes, since servers limit the size of a packet; {@link #flush} sends the rest. Its statements
 * stay prepared as long as the batch is open.
 */
final class RowBatch implements AutoCloseable {
    /** What happens to a row whose key is there. */
    enum Collision {
        REFUSE,
        REPLACE
    }

    /** From so many rows on, bulk loading pays. */
    private static final int LEAST_IN_BULK = 128;

    private static final int MOST_ROWS = 4_096;
    private static final int MOST_BYTES = 2 << 20;
    private static final int MOST_PARAMETERS = 32_767;

    /** Begins to load in bulk, where that is possible. */
    @FunctionalInterface
    private interface Bulk {
        Optional<BulkLoad> begin() throws SQLException;
    }

    private final Session session;
    private final List<ColumnType> types;
    private final IntFunction<String> sql;
    private final Bulk bulk;
    private final int rowsPerStatement;
    private final Map<Integer, PreparedStatement> statements = new HashMap<>();
    private final List<@Nullable Object[]> waiting = new ArrayList<>();
    private long waitingBytes;
    private @Nullable BulkLoad begun;

    RowBatch(Session session, StoredTable table, Collision collision) {
        this(session, table.types(), writing(session.dialect(), table, collision), bulk(session, table, collision));
    }

    /** {@code sql} gives the statement for a number of rows. */
    private RowBatch(Session session, List<ColumnType> types, IntFunction<String> sql, Bulk bulk) {
        this.session = session;
        this.types = types;
        this.sql = sql;
        this.rowsPerStatement = rowsPerStatement(session.dialect(), types.size());
        this.bulk =
                rowsPerStatement == 1 ? () -> Optional.of(new BatchedStatement(session, types, sql.apply(1))) : bulk;
    }

    private static Bulk bulk(Session session, StoredTable table, Collision collision) {
        return collision == Collision.REFUSE ? () -> session.dialect().bulkLoad(session, table) : Optional::empty;
    }

    private static IntFunction<String> writing(Dialect dialect, StoredTable table, Collision collision) {
        var merge = collision == Collision.REPLACE ? dialect.mergeClause(table) : "";
        return rows -> dialect.insert(table, rows) + merge;
    }

    /** Deletes rows of {@code table}, which has a key of one column; what is added is that column's value. */
    static RowBatch deletion(Session session, StoredTable table) {
        var key = table.columns().stream()
                .filter(it -> table.key().contains(it.name()))
                .map(StoredColumn::type)
                .toList();
        return new RowBatch(session, key, rows -> session.dialect().delete(table, rows), Optional::empty);
    }

    private static int rowsPerStatement(Dialect dialect, int columns) {
        return Math.min(dialect.rowsPerStatement(), Integer.highestOneBit(Math.max(1, MOST_PARAMETERS / columns)));
    }

    /** One value for each column, in the table's order. */
    void add(@Nullable Object... row) throws SQLException {
        waiting.add(row);
        for (var value : row) {
            waitingBytes +=
                    value instanceof byte[] bytes ? bytes.length : value instanceof String text ? text.length() : 8;
        }
        if (waiting.size() >= MOST_ROWS || waitingBytes >= MOST_BYTES) {
            flush();
        }
    }

    void flush() throws SQLException {
        var load = load();
        if (load.isPresent()) {
            load.get().load(waiting);
        } else {
            sendAsStatements();
        }
        waiting.clear();
        waitingBytes = 0;
    }

    private Optional<BulkLoad> load() throws SQLException {
        if (waiting.isEmpty() || (waiting.size() < LEAST_IN_BULK && rowsPerStatement > 1)) {
            return Optional.empty();
        }
        if (begun == null) {
            begun = bulk.begin().orElse(null);
        }
        return Optional.ofNullable(begun);
    }

    /** By powers of two, so that a dozen prepared statements serve every number of rows. */
    private void sendAsStatements() throws SQLException {
        int sent = 0;
        while (sent < waiting.size()) {
            int rows = Math.min(rowsPerStatement, Integer.highestOneBit(waiting.size() - sent));
            var statement = statement(rows);
            for (int row = 0; row < rows; row++) {
                bind(statement, row * types.size(), waiting.get(sent + row));
            }
            statement.executeUpdate();
            sent += rows;
        }
    }

    private PreparedStatement statement(int rows) throws SQLException {
        var prepared = statements.get(rows);
        if (prepared == null) {
            prepared = session.connection().prepareStatement(sql.apply(rows));
            statements.put(rows, prepared);
        }
        return prepared;
    }

    private void bind(PreparedStatement statement, int before, @Nullable Object[] row) throws SQLException {
        for (int index = 0; index < types.size(); index++) {
            session.dialect().bind(statement, before + index + 1, types.get(index), row[index]);
        }
    }

    @Override
    public void close() throws SQLException {
        for (var statement : statements.values()) {
            statement.close();
        }
        statements.clear();
        if (begun != null) {
            begun.close();
        }
    }
}
