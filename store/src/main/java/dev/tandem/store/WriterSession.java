package dev.tandem.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The one connection of a writer: opened when it is needed, kept between transactions, forgotten after an error. One thread. */
final class WriterSession implements AutoCloseable {
    /** Servers and firewalls end connections that nobody uses; one that has rested this long is tried first. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final DatabaseAddress address;
    private final Clock clock;
    private @Nullable Session open;
    private Instant used = Instant.EPOCH;

    WriterSession(DatabaseAddress address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    Session session() throws SQLException {
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

    /** To the microsecond, as the databases keep it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Ends the transaction of {@code what} in the session it began in: any other would have nothing to commit and say that it did.
     *
     * @throws StoreException if nobody can say whether it was committed
     */
    Instant commit(Session session, String what) {
        try {
            session.connection().commit();
            session.connection().setAutoCommit(true);
            return now();
        } catch (SQLException e) {
            drop();
            throw StoreException.unknownOutcome(what, address, e);
        }
    }

    /** Rolls back and forgets the connection: after an error it may be in any state, a new one is not. */
    void drop() {
        if (open != null) {
            open.rollback();
            open.close();
        }
        open = null;
    }

    @Override
    public void close() {
        drop();
    }
}
