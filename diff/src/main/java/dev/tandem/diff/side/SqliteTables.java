package dev.tandem.diff.side;

import dev.tandem.diff.side.DatabaseSide.Snapshot;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/** Tables of a SQLite file, which is opened for reading alone: {@code sqlite:shop.db?table=orders}. */
final class SqliteTables {
    private static final String SCHEME = "sqlite:";
    private static final int BUSY_MILLIS = 30_000;

    private SqliteTables() {}

    static Optional<Side> recognise(TableReference given) {
        // Its types are hints: a column of numbers may hold text.
        return DatabaseFile.of(given, SCHEME)
                .map(it -> new DatabaseSide(
                        given.address(), () -> open(it.path().toString()), it.query(), Side.Typing.BY_VALUE));
    }

    static Snapshot open(String file) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        var connection = org.sqlite.JDBC.createConnection("jdbc:sqlite:" + file, config.toProperties());
        connection.setAutoCommit(false);
        return new Snapshot(connection, "one snapshot (read transaction)");
    }
}
