package dev.tandem.store;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Inserts rows by PostgreSQL's {@code COPY … FROM STDIN} in its binary format. It refuses whatever an insert refuses. */
final class CopyFrom implements BulkLoad {
    private final Session session;
    private final StoredTable table;
    private final List<ColumnType> types;
    private final String sql;

    CopyFrom(Session session, StoredTable table) {
        this.session = session;
        this.table = table;
        this.types = table.types();
        this.sql = "copy %s (%s) from stdin (format binary)"
                .formatted(
                        session.dialect().quoted(table.name()),
                        session.dialect().listed(table.names()));
    }

    @Override
    public void load(List<@Nullable Object[]> rows) throws SQLException {
        var copy = session.connection().unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            var out = new BinaryRows(types, copy::writeToCopy);
            for (var row : rows) {
                out.add(row);
            }
            out.finish();
            long loaded = copy.endCopy();
            if (loaded != rows.size()) {
                throw new SQLException("the server took %d of %d rows for table '%s' and does not say why"
                        .formatted(loaded, rows.size(), table.name()));
            }
        } catch (SQLException | RuntimeException e) {
            cancel(copy, e);
            throw e;
        }
    }

    @Override
    public void close() {
        // Nothing is kept between loads.
    }

    /** A copy that is not ended would have the rollback taken for its data. */
    private static void cancel(CopyIn copy, Exception cause) {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
