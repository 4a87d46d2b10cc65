package dev.tandem.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inserts rows as batches of one prepared statement, for databases and drivers that send or run a batch as a whole. */
final class BatchInsert implements BulkLoad {
    private final Dialect dialect;
    private final List<ColumnType> types;
    private final PreparedStatement statement;

    BatchInsert(Session session, StoredTable table) throws SQLException {
        this.dialect = session.dialect();
        this.types = table.types();
        this.statement = session.connection().prepareStatement(dialect.insert(table, 1));
    }

    @Override
    public void load(List<@Nullable Object[]> rows) throws SQLException {
        for (var row : rows) {
            for (int index = 0; index < row.length; index++) {
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
