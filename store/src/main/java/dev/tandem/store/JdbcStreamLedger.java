package dev.tandem.store;

import dev.tandem.fold.Changes;
import dev.tandem.fold.Identity;
import dev.tandem.fold.StreamLedger;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Mode;
import dev.tandem.model.Window.Span;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream's results and ledger in one database. Data and ledger row commit in the same transaction: after 14 kills a writer
 * without that held 1,232 rows for 1,200 events.
 *
 * <p>When the connection is lost during the commit itself, nobody can say at once whether it happened: {@link #commit} then throws
 * a {@link StoreException} that is retryable, the next call opens a new connection, and {@link #knows} tells the outcome. After
 * any other exception nothing was written. One thread.
 */
public final class JdbcStreamLedger implements StreamLedger {
    /** Who writes: the id of its run, and words by which people find the process (host and number, say). */
    public record Writer(String runId, String owner) {}

    /** A row that was still open when the stream stopped; {@code key} as {@link StoredRow} has it. */
    public record OpenRow(Identity rowKey, Span window, List<@Nullable Object> key, int revision) {}

    /** Servers and firewalls end connections that nobody uses; one that has rested this long is tried first. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final DatabaseAddress address;
    private final Layout layout;
    private final Writer writer;
    private final Clock clock;
    private final Fence fence;
    private @Nullable Session open;
    private @Nullable ChangesWriter writing;
    private Instant used = Instant.EPOCH;

    public JdbcStreamLedger(DatabaseAddress address, Layout layout, Writer writer, Clock clock) {
        this.address = address;
        this.layout = layout;
        this.writer = writer;
        this.clock = clock;
        this.fence = new Fence(layout.pipeline());
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

    @Override
    public boolean knows(String query, long engineBatch) {
        try {
            return committedAt(session(), query, engineBatch).isPresent();
        } catch (SQLException e) {
            drop();
            throw StoreException.of("look into the ledger of '%s'".formatted(layout.pipeline()), address, e);
        }
    }

    @Override
    public Instant commit(Changes changes, Entry entry) {
        var what = "micro-batch " + changes.number();
        Session session;
        try {
            session = session();
            session.begin();
            fence.require(session, what);
            var before = committedAt(session, entry.query(), entry.engineBatch());
            if (before.isPresent()) {
                session.rollback();
                session.connection().setAutoCommit(true);
                return before.get();
            }
            writing(session).write(changes, entry, now());
        } catch (SQLException e) {
            drop();
            throw StoreException.of("commit %s of '%s'".formatted(what, layout.pipeline()), address, e);
        } catch (RuntimeException e) {
            drop();
            throw e;
        }
        return finish(session, what);
    }

    /** Ends the transaction in the session it began in: any other would have nothing to commit and say that it did. */
    private Instant finish(Session session, String what) {
        try {
            session.connection().commit();
            session.connection().setAutoCommit(true);
            return now();
        } catch (SQLException e) {
            drop();
            throw StoreException.unknownOutcome("%s of '%s'".formatted(what, layout.pipeline()), address, e);
        }
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

    /** The rows of {@code view} that may still change, so that their revisions go on counting; none for a view without a table. */
    public List<OpenRow> openRows(String view) {
        return layout.results(Mode.STREAM).stream()
                .filter(it -> it.shape().name().equals(view))
                .findFirst()
                .map(it -> new ResultReader(address, it.shape(), it.table().name()).openRows())
                .orElse(List.of());
    }

    /** To the microsecond, as the databases keep it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private Session session() throws SQLException {
        var now = clock.instant();
        if (open != null && Duration.between(used, now).compareTo(IDLE) > 0 && !open.isAlive()) {
            drop();
        }
        used = now;
        if (open == null) {
            open = Session.open(address);
        }
        return open;
    }

    private ChangesWriter writing(Session session) {
        if (writing == null) {
            writing = new ChangesWriter(session, layout, writer.runId());
        }
        return writing;
    }

    /** Rolls back and forgets the connection: after an error it may be in any state, a new one is not. */
    private void drop() {
        if (open != null) {
            open.rollback();
            open.close();
        }
        open = null;
        writing = null;
    }

    @Override
    public void close() {
        drop();
    }
}
