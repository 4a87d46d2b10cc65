package dev.tandem.store;

import dev.tandem.store.RowBatch.Collision;
import dev.tandem.store.Session.Cells;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The files that a pipeline has taken in, stored with its ledger: the order of the log is in the database, so that a lost folder
 * or a second process cannot produce another one.
 */
public final class JdbcInventory {
    private final DatabaseAddress address;
    private final String pipeline;

    public JdbcInventory(DatabaseAddress address, String pipeline) {
        this.address = address;
        this.pipeline = pipeline;
    }

    /** Every file taken in, by number. */
    public List<FileRow> entries() {
        return Session.with(
                address,
                "read the inventory of '%s'".formatted(pipeline),
                session -> session.list(
                        "select * from tandem_file where pipeline = ? order by number",
                        JdbcInventory::fileRow,
                        pipeline));
    }

    private static FileRow fileRow(Cells cells) throws SQLException {
        return new FileRow(
                cells.whole("number"),
                cells.text("name"),
                cells.whole("bytes"),
                cells.text("sha256"),
                cells.whole("first_position"),
                cells.whole("records"),
                cells.time("arrived_at"));
    }

    /**
     * Adds a file and returns when the database has it. {@code arrived} is kept to the microsecond.
     *
     * @throws StoreException if its number is taken
     */
    public void add(FileRow file) {
        try (var session = Session.open(address)) {
            try {
                insert(session, file);
            } catch (SQLException e) {
                var other = taken(session, file.number());
                if (other.isPresent()) {
                    throw refusal(file, other.get());
                }
                throw e;
            }
        } catch (SQLException e) {
            throw StoreException.of("take in the file '%s' of '%s'".formatted(file.name(), pipeline), address, e);
        }
    }

    private void insert(Session session, FileRow file) throws SQLException {
        try (var batch = new RowBatch(session, OwnTables.FILE, Collision.REFUSE)) {
            batch.add(
                    pipeline,
                    file.number(),
                    file.name(),
                    file.bytes(),
                    file.sha256(),
                    file.firstPosition(),
                    file.records(),
                    file.arrived());
            batch.flush();
        }
    }

    private Optional<FileRow> taken(Session session, long number) throws SQLException {
        return session.first(
                "select * from tandem_file where pipeline = ? and number = ?",
                JdbcInventory::fileRow,
                pipeline,
                number);
    }

    private StoreException refusal(FileRow file, FileRow other) {
        return new StoreException(
                "Cannot take in the file '%s' of '%s' as number %d: another Tandem has taken in '%s' under that number; let that one run and end this one"
                        .formatted(file.name(), pipeline, file.number(), other.name()));
    }
}
