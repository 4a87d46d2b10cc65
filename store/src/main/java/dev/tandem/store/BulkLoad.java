package dev.tandem.store;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inserts many rows of one table at once, in the form that its server takes fastest, within the transaction that is open. Either
 * every row is inserted or an exception says why one was refused; the transaction must then be rolled back.
 */
interface BulkLoad extends AutoCloseable {
    /** Each row has one value for each column, in the table's order. */
    void load(List<@Nullable Object[]> rows) throws SQLException;

    @Override
    void close() throws SQLException;
}
