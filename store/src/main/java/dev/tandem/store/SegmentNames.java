package dev.tandem.store;

import dev.tandem.fold.NamedFile;
import dev.tandem.store.RowBatch.Collision;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The names of a pipeline's landed files in the ledger. */
public final class SegmentNames {
    private final DatabaseAddress ledger;
    private final String pipeline;

    public SegmentNames(DatabaseAddress ledger, String pipeline) {
        this.ledger = ledger;
        this.pipeline = pipeline;
    }

    /**
     * Names other files in the place of some, in one transaction.
     *
     * @param old by micro-batch, as the ledger names them: all files of these micro-batches
     * @param number under which the new ones are named
     * @throws StoreException if the ledger names other files by now
     */
    public void replace(Map<Long, List<NamedFile>> old, long number, List<NamedFile> by) {
        Session.inTransaction(ledger, "name merged segments of '%s'".formatted(pipeline), session -> {
            // A stream that commits waits here, and so does another merge.
            session.first(
                    "select epoch from tandem_epoch where pipeline = ?"
                            + session.dialect().forUpdate(),
                    cells -> cells.whole("epoch"),
                    pipeline);
            for (var entry : old.entrySet()) {
                remove(session, entry.getKey(), entry.getValue());
            }
            try (var rows = new RowBatch(session, OwnTables.SEGMENT, Collision.REFUSE)) {
                add(rows, pipeline, number, by);
            }
            return by;
        });
    }

    private void remove(Session session, long number, List<NamedFile> files) throws SQLException {
        int named = 0;
        for (var file : files) {
            named += session.execute(
                    "delete from tandem_segment where pipeline = ? and micro_batch = ? and name = ?",
                    pipeline,
                    number,
                    file.name());
        }
        var others = session.first(
                "select name from tandem_segment where pipeline = ? and micro_batch = ?",
                cells -> cells.text("name"),
                pipeline,
                number);
        if (named != files.size() || others.isPresent()) {
            throw new StoreException(
                    "Cannot name merged segments of '%s': somebody has changed the files of micro-batch %d meanwhile; nothing was changed, run it again"
                            .formatted(pipeline, number));
        }
    }

    /** Adds a micro-batch's files to {@code rows}, which are those of the ledger's table, and sends them. */
    static void add(RowBatch rows, String pipeline, long number, List<NamedFile> files) throws SQLException {
        int ordinal = 0;
        for (var file : files) {
            rows.add(
                    pipeline,
                    number,
                    ordinal++,
                    file.name(),
                    file.kind().word(),
                    file.bytes(),
                    file.checksum(),
                    file.records(),
                    file.partition(),
                    file.from(),
                    file.until());
        }
        rows.flush();
    }
}
