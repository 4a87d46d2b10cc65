package dev.tandem.diff.side;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.side.DatabaseSide.Snapshot;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/** Tables of a SQLite file, which is opened for reading alone: {@code sqlite:shop.db?table=orders}. */
final class SqliteTables {
    private static final String SCHEME = "sqlite:";
    private static final String TABLE = "?table=";
    private static final int BUSY_MILLIS = 30_000;

    private SqliteTables() {}

    static Optional<Side> recognise(TableReference given) {
        if (!given.address().startsWith(SCHEME)) {
            return Optional.empty();
        }
        var rest = given.address().substring(SCHEME.length());
        int mark = rest.indexOf(TABLE);
        var file = given.path(mark < 0 ? rest : rest.substring(0, mark));
        var query = DatabaseSide.query(given, mark < 0 ? "" : rest.substring(mark + TABLE.length()), "\"");
        if (!Files.isRegularFile(file)) {
            throw DiffException.surroundings("Cannot read %s: there is no such file; check the path".formatted(file));
        }
        // Its types are hints: a column of numbers may hold text.
        return Optional.of(new DatabaseSide(given.address(), () -> open(file.toString()), query, Side.Typing.BY_VALUE));
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
