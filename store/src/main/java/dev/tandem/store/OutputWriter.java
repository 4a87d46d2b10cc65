package dev.tandem.store;

import dev.tandem.fold.Changes;
import dev.tandem.model.Mode;
import dev.tandem.model.Output.What;
import dev.tandem.store.RowBatch.Collision;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Writes what one micro-batch gives to the stream's tables of one database, inside the transaction that is open. */
final class OutputWriter {
    private final Session session;
    private final Layout layout;
    private final ResultWriter results;
    private final RecordWriter records;

    OutputWriter(Session session, Layout layout, String runId) {
        this.session = session;
        this.layout = layout;
        this.results = new ResultWriter(session, layout.results(Mode.STREAM), Collision.REPLACE, runId);
        this.records = new RecordWriter(session, layout.records(Mode.STREAM), runId);
    }

    /** Whether the statements of this writer were prepared in {@code other}. */
    boolean isIn(Session other) {
        return session == other;
    }

    /** What is gone goes first: a row that is gone and written again in one micro-batch stays. */
    void write(Changes changes, Instant now) throws SQLException {
        results.delete(changes.gone());
        results.merge(changes.rows(), now);
        for (var what : layout.written(Mode.STREAM)) {
            write(what, changes, now);
        }
        records.flush();
    }

    private void write(What.Records what, Changes changes, Instant now) throws SQLException {
        var from = what.kind() == What.Kind.EVENTS
                ? changes.events()
                : changes.branches().getOrDefault(what.name(), List.of());
        for (var record : from) {
            records.add(what, record.fields(), now);
        }
    }
}
