package dev.tandem.store;

import dev.tandem.fold.Changes;
import dev.tandem.fold.stream.GroupPart.WrittenRow;
import dev.tandem.model.Mode;
import dev.tandem.store.JdbcStreamLedger.Writer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stream's tables in a database that has not its ledger. No transaction holds both, so a micro-batch is applied here before the
 * ledger commits it, and after a crash between the two it is applied again: this database remembers the last one that it was given,
 * and applying it again is a no-op.
 *
 * <p>The same number may come again with other records, if the engine's checkpoint was lost at that very moment. Then it takes the
 * place of what it was before: the rows that the earlier one made are deleted and this one's written; a row that only the earlier
 * one changed has its number ahead of the ledger until the records come again. One thread.
 */
public final class OtherDatabase implements AutoCloseable {
    /** The last micro-batch that was applied; {@code content} distinguishes two with the same number. */
    private record Applied(long number, String content, String runId, Instant at) {}

    private final DatabaseAddress address;
    private final Layout layout;
    private final Writer writer;
    private final Clock clock;
    private final Fence fence;
    private final WriterSession connection;
    private @Nullable OutputWriter writing;

    public OtherDatabase(DatabaseAddress address, Layout layout, Writer writer, Clock clock) {
        this.address = address;
        this.layout = layout;
        this.writer = writer;
        this.clock = clock;
        this.fence = new Fence(layout.writerName());
        this.connection = new WriterSession(address, clock);
    }

    /**
     * Becomes the one writer. {@code lastCommitted} is the number of the ledger's last micro-batch.
     *
     * @throws StoreException if what is here does not follow from that ledger; nobody's right to write has changed then
     */
    public void takeOver(long lastCommitted) {
        Session.inTransaction(address, "take over '%s'".formatted(layout.pipeline()), session -> {
            fence.raise(session, writer.owner(), clock);
            var applied = applied(session);
            if (applied.isPresent()) {
                requireFitting(applied.get().number(), lastCommitted);
            }
            return fence;
        });
    }

    /** An older ledger would have its new micro-batches taken for replays, a newer one would leave a hole. */
    private void requireFitting(long applied, long lastCommitted) {
        if (applied < lastCommitted || applied > lastCommitted + 1) {
            throw new StoreException(
                    "Cannot take over '%s' in %s: it was given everything up to micro-batch %d, the ledger has %d; use the database that belongs to the ledger, or drop the pipeline's tables and its row of tandem_applied here to go on without what was before"
                            .formatted(layout.pipeline(), address.told(), applied, lastCommitted));
        }
    }

    /** Writes the rows and records that have a table here, in one transaction, and returns when the database had them. */
    public Instant apply(Changes changes) {
        var what = "micro-batch " + changes.number();
        Session session;
        try {
            session = connection.session();
            session.begin();
            fence.require(session, what);
            var before = applied(session);
            if (before.isPresent() && isDone(changes, before.get())) {
                session.rollback();
                session.connection().setAutoCommit(true);
                return before.get().at();
            }
            if (before.isPresent() && before.get().number() == changes.number()) {
                deleteMadeBy(session, before.get());
            }
            write(session, changes);
        } catch (SQLException e) {
            connection.drop();
            throw StoreException.of("apply %s of '%s'".formatted(what, layout.pipeline()), address, e);
        } catch (RuntimeException e) {
            connection.drop();
            throw e;
        }
        return connection.commit(session, "%s of '%s'".formatted(what, layout.pipeline()));
    }

    private static boolean isDone(Changes changes, Applied before) {
        return before.number() > changes.number()
                || (before.number() == changes.number() && before.content().equals(content(changes)));
    }

    /** How far each partition was read and where the watermark stands: with the number, that is what a micro-batch is made of. */
    private static String content(Changes changes) {
        var read = new TreeMap<String, Long>();
        changes.fates().forEach((partition, fates) -> read.put(String.valueOf(partition), fates.read()));
        return "%s at %d".formatted(Json.ofCounts(read), changes.watermarks().close());
    }

    private void deleteMadeBy(Session session, Applied before) throws SQLException {
        for (var table : layout.results(Mode.STREAM)) {
            session.execute(
                    "delete from %s where revision = 1 and as_of = ? and run_id = ?"
                            .formatted(session.dialect().quoted(table.table().name())),
                    before.at(),
                    before.runId());
        }
    }

    private void write(Session session, Changes changes) throws SQLException {
        var now = connection.now();
        if (writing == null || !writing.isIn(session)) {
            writing = new OutputWriter(session, layout, writer.runId());
        }
        writing.write(changes, now);
        session.execute(
                "delete from tandem_applied where pipeline = ? and target = ?", layout.pipeline(), layout.database());
        session.execute(
                "insert into tandem_applied (pipeline, target, number, content, run_id, applied_at) values (?, ?, ?, ?, ?, ?)",
                layout.pipeline(),
                layout.database(),
                changes.number(),
                content(changes),
                writer.runId(),
                now);
    }

    private Optional<Applied> applied(Session session) throws SQLException {
        return session.first(
                "select * from tandem_applied where pipeline = ? and target = ?",
                cells -> new Applied(
                        cells.whole("number"), cells.text("content"), cells.text("run_id"), cells.time("applied_at")),
                layout.pipeline(),
                layout.database());
    }

    /** As {@link JdbcStreamLedger#openRows}, for the views that have their table here. */
    public List<WrittenRow> openRows(String view) {
        return ResultReader.openRows(address, layout, view);
    }

    @Override
    public void close() {
        connection.close();
    }
}
