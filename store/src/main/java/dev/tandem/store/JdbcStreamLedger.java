package dev.tandem.store;

import dev.tandem.fold.Changes;
import dev.tandem.fold.StreamLedger;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.stream.GroupPart.WrittenRow;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream's results and ledger in one database. Data and ledger row commit in the same transaction: after 14 kills a writer
 * without that held 1,232 rows for 1,200 events.
 *
 * <p>When the connection is lost during the commit itself, the outcome is unknown at first: {@link #commit} then throws a {@link
 * StoreException} that is retryable, the next call opens a new connection, and {@link #knows} returns the outcome. After any
 * other exception nothing was written. One thread.
 */
public final class JdbcStreamLedger implements StreamLedger {
    /** Who writes: the id of its run, and words by which people find the process (host and number, say). */
    public record Writer(String runId, String owner) {}

    private final DatabaseAddress address;
    private final Layout layout;
    private final Writer writer;
    private final Clock clock;
    private final Fence fence;
    private final WriterSession connection;
    private @Nullable ChangesWriter writing;

    public JdbcStreamLedger(DatabaseAddress address, Layout layout, Writer writer, Clock clock) {
        this.address = address;
        this.layout = layout;
        this.writer = writer;
        this.clock = clock;
        this.fence = new Fence(layout.pipeline());
        this.connection = new WriterSession(address, clock);
    }

    /** Waits for a transaction of the earlier writer, if one is open, as long as the database waits for a lock. */
    @Override
    public Resumption takeOver() {
        Session.inTransaction(address, "take over '%s'".formatted(layout.pipeline()), session -> {
            fence.raise(session, writer.owner(), clock);
            return fence;
        });
        return resumption(new LedgerReader(address, layout.pipeline()).microBatches());
    }

    @Override
    public Resumption resumption() {
        requireLatest();
        return resumption(new LedgerReader(address, layout.pipeline()).microBatches());
    }

    private static Resumption resumption(List<LedgerReader.MicroBatch> committed) {
        var positions = new HashMap<Integer, Long>();
        var watermarks = new HashMap<Long, Watermarks>();
        for (var microBatch : committed) {
            watermarks.put(microBatch.number(), microBatch.watermarks());
            microBatch.ranges().forEach((partition, range) -> positions.merge(partition, range.until(), Math::max));
        }
        if (committed.isEmpty()) {
            return new Resumption(0, Watermarks.NONE, Long.MIN_VALUE, positions, watermarks);
        }
        var last = committed.get(committed.size() - 1);
        return new Resumption(last.number(), last.watermarks(), last.highestEvent(), positions, watermarks);
    }

    /**
     * For a writer that was stopped and means to take over again.
     *
     * @throws StoreException if another writer has taken over since
     */
    public void requireLatest() {
        Session.inTransaction(address, "look for the latest writer of '%s'".formatted(layout.pipeline()), session -> {
            fence.require(session, "the next micro-batch");
            return fence;
        });
    }

    @Override
    public boolean knows(String query, long engineBatch) {
        try {
            return committedAt(connection.session(), query, engineBatch).isPresent();
        } catch (SQLException e) {
            connection.drop();
            throw StoreException.of("look into the ledger of '%s'".formatted(layout.pipeline()), address, e);
        }
    }

    @Override
    public Optional<String> mark(long number) {
        try {
            return connection
                    .session()
                    .first(
                            "select run_id, committed_at from tandem_ledger where pipeline = ? and number = ?",
                            cells -> "%s %s".formatted(cells.text("run_id"), cells.time("committed_at")),
                            layout.pipeline(),
                            number);
        } catch (SQLException e) {
            connection.drop();
            throw StoreException.of("look into the ledger of '%s'".formatted(layout.pipeline()), address, e);
        }
    }

    @Override
    public Instant commit(Changes changes, Entry entry) {
        var what = "micro-batch " + changes.number();
        Session session;
        try {
            session = connection.session();
            session.begin();
            fence.require(session, what);
            var before = committedAt(session, entry.query(), entry.engineBatch());
            if (before.isPresent()) {
                session.rollback();
                session.connection().setAutoCommit(true);
                return before.get();
            }
            writing(session).write(changes, entry, connection.now());
        } catch (SQLException e) {
            connection.drop();
            throw StoreException.of("commit %s of '%s'".formatted(what, layout.pipeline()), address, e);
        } catch (RuntimeException e) {
            connection.drop();
            throw e;
        }
        return connection.commit(session, "%s of '%s'".formatted(what, layout.pipeline()));
    }

    private Optional<Instant> committedAt(Session session, String query, long engineBatch) throws SQLException {
        if (engineBatch < 0) {
            return Optional.empty();
        }
        return session.first(
                "select committed_at from tandem_ledger where pipeline = ? and query = ? and engine_batch = ?",
                cells -> cells.time("committed_at"),
                layout.pipeline(),
                query,
                engineBatch);
    }

    /** The rows of {@code view} that may still change, so that their revisions go on counting; none for a view without a table here. */
    public List<WrittenRow> openRows(String view) {
        return ResultReader.openRows(address, layout, view);
    }

    private ChangesWriter writing(Session session) {
        if (writing == null || !writing.isIn(session)) {
            writing = new ChangesWriter(session, layout, writer.runId());
        }
        return writing;
    }

    @Override
    public void close() {
        connection.close();
    }
}
