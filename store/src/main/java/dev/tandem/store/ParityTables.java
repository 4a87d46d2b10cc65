package dev.tandem.store;

import dev.tandem.fold.Identity;
import dev.tandem.model.Window.Span;
import dev.tandem.store.RowBatch.Collision;
import dev.tandem.store.Session.Cells;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables with the differences of a comparison and their causes, for dashboards and later queries. */
public final class ParityTables {
    /** The two runs that were compared. */
    public record Comparison(String pipeline, String streamRun, String batchRun) {}

    /** One number of one row. */
    public record Cell(String view, Identity rowKey, String measure) {}

    /**
     * A number that differs.
     *
     * @param keyJson the row's key for people, as a JSON object
     * @param stream the value as text, empty where the mode has no row or no value
     * @param verdict a word: how the difference stands
     */
    public record Difference(
            Cell cell, Span window, String keyJson, Optional<String> stream, Optional<String> batch, String verdict) {}

    /** One cause of a difference; {@code amount} is its part of it, {@code records} their coordinates as a JSON array. */
    public record Cause(Cell cell, String cause, Optional<String> amount, String records) {}

    /** Some differences with their causes; each cell and each of its causes once. */
    public record Findings(List<Difference> differences, List<Cause> causes) {}

    private final DatabaseAddress address;

    public ParityTables(DatabaseAddress address) {
        this.address = address;
    }

    /** Replaces what was found by an earlier comparison of the same runs; {@code found} is read while it is written. */
    public void replace(Comparison comparison, Iterator<Findings> found) {
        Session.inTransaction(address, "write down the parity of '%s'".formatted(comparison.pipeline()), session -> {
            for (var table : List.of(OwnTables.PARITY, OwnTables.CAUSE)) {
                session.execute(
                        "delete from %s where pipeline = ? and stream_run = ? and batch_run = ?"
                                .formatted(table.name()),
                        comparison.pipeline(),
                        comparison.streamRun(),
                        comparison.batchRun());
            }
            while (found.hasNext()) {
                var some = found.next();
                write(session, comparison, some.differences());
                writeCauses(session, comparison, some.causes());
            }
            return comparison;
        });
    }

    private static void write(Session session, Comparison comparison, List<Difference> differences)
            throws SQLException {
        try (var batch = new RowBatch(session, OwnTables.PARITY, Collision.REFUSE)) {
            for (var difference : differences) {
                boolean cut = !difference.window().equals(Span.ALL);
                var row = begun(comparison, difference.cell());
                row.add(cut ? difference.window().start() : null);
                row.add(cut ? difference.window().end() : null);
                row.add(difference.keyJson());
                row.add(difference.stream().orElse(null));
                row.add(difference.batch().orElse(null));
                row.add(difference.verdict());
                batch.add(row.toArray());
            }
            batch.flush();
        }
    }

    private static void writeCauses(Session session, Comparison comparison, List<Cause> causes) throws SQLException {
        try (var batch = new RowBatch(session, OwnTables.CAUSE, Collision.REFUSE)) {
            for (var cause : causes) {
                var row = begun(comparison, cause.cell());
                row.add(cause.cause());
                row.add(cause.amount().orElse(null));
                row.add(cause.records());
                batch.add(row.toArray());
            }
            batch.flush();
        }
    }

    private static List<@Nullable Object> begun(Comparison comparison, Cell cell) {
        var row = new ArrayList<@Nullable Object>();
        row.add(comparison.pipeline());
        row.add(comparison.streamRun());
        row.add(comparison.batchRun());
        row.add(cell.view());
        row.add(cell.rowKey().bytes());
        row.add(cell.measure());
        return row;
    }

    /** What the latest comparison of these runs found different. */
    public List<Difference> differences(Comparison comparison) {
        return read("tandem_parity", comparison, ParityTables::difference);
    }

    /** The causes of those differences. */
    public List<Cause> causes(Comparison comparison) {
        return read("tandem_cause", comparison, ParityTables::cause);
    }

    private <T> List<T> read(String table, Comparison comparison, Session.RowReading<T> reading) {
        return Session.with(
                address,
                "read the parity of '%s'".formatted(comparison.pipeline()),
                session -> session.list(
                        "select * from %s where pipeline = ? and stream_run = ? and batch_run = ? order by %s, row_key, measure"
                                .formatted(table, session.dialect().quoted("view")),
                        reading,
                        comparison.pipeline(),
                        comparison.streamRun(),
                        comparison.batchRun()));
    }

    private static Difference difference(Cells cells) throws SQLException {
        var start = cells.optionalTime("window_start");
        return new Difference(
                cell(cells),
                start.isEmpty() ? Span.ALL : new Span(start.get(), cells.time("window_end")),
                cells.text("key_json"),
                cells.optionalText("stream"),
                cells.optionalText("batch"),
                cells.text("verdict"));
    }

    private static Cause cause(Cells cells) throws SQLException {
        return new Cause(cell(cells), cells.text("cause"), cells.optionalText("amount"), cells.text("records"));
    }

    private static Cell cell(Cells cells) throws SQLException {
        return new Cell(
                cells.text("view"), Identity.ofBytes(cells.results().getBytes("row_key")), cells.text("measure"));
    }
}
