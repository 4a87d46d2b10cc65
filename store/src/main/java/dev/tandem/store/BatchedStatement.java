package dev.tandem.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows as batches of one prepared statement, for drivers that send or run a batch as a whole. */
final class BatchedStatement implements BulkLoad {
    private final Dialect dialect;
    private final List<ColumnType> types;
    private final PreparedStatement statement;

    /** {@code sql} takes a value of each type. */
    BatchedStatement(Session session, List<ColumnType> types, String sql) throws SQLException {
        this.dialect = session.dialect();
        this.types = types;
        this.statement = session.connection().prepareStatement(sql);
    }

    @Override
    public void load(List<@Nullable Object[]> rows) throws SQLException {
        for (var row : rows) {
            for (int index = 0; index < types.size(); index++) {
                dialect.bind(statement, index + 1, types.get(index), row[index]);
            }
            statement.addBatch();
        }
        statement.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
