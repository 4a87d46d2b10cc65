package dev.tandem.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Lets only the latest writer of a pipeline write. Each writer that takes over increments the epoch; each transaction checks the
 * epoch and locks its row until it ends. A lock file would not do: a process that was suspended and resumes still believes that
 * it holds the lock.
 */
final class Fence {
    private record Holder(long epoch, String owner, Instant since) {}

    private static final String SELECT = "select epoch, owner, since from tandem_epoch where pipeline = ?";

    private final String pipeline;
    private long epoch;

    Fence(String pipeline) {
        this.pipeline = pipeline;
    }

    /** Raises the epoch, in the transaction that is open. */
    void raise(Session session, String owner, Clock clock) throws SQLException {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int raised = session.execute(
                "update tandem_epoch set epoch = epoch + 1, owner = ?, since = ? where pipeline = ?",
                owner,
                now,
                pipeline);
        if (raised == 0) {
            session.execute(
                    "insert into tandem_epoch (pipeline, epoch, owner, since) values (?, 1, ?, ?)",
                    pipeline,
                    owner,
                    now);
        }
        epoch = session.first(SELECT, cells -> cells.whole("epoch"), pipeline).orElse(0L);
    }

    /** Throws unless this is still the latest writer; no other writer can take over before the transaction ends. */
    void require(Session session, String what) throws SQLException {
        if (epoch == 0) {
            throw new StoreException(
                    "Cannot commit %s of '%s': this Tandem has not taken over the pipeline; take over first"
                            .formatted(what, pipeline));
        }
        if (!session.dialect().readingLocks()) {
            // Who changes the row at the same time fails.
            session.execute("update tandem_epoch set owner = owner where pipeline = ?", pipeline);
        }
        var holder = session.first(
                SELECT + session.dialect().forUpdate(),
                cells -> new Holder(cells.whole("epoch"), cells.text("owner"), cells.time("since")),
                pipeline);
        if (holder.isEmpty()) {
            throw new StoreException(
                    "Cannot commit %s of '%s': the table tandem_epoch has lost the pipeline's row; start the pipeline again"
                            .formatted(what, pipeline));
        }
        if (holder.get().epoch() != epoch) {
            throw new StoreException(
                    "Cannot commit %s of '%s': another Tandem took over at %s (%s); let that one run and end this one"
                            .formatted(
                                    what,
                                    pipeline,
                                    holder.get().since(),
                                    holder.get().owner()));
        }
    }
}
