package dev.tandem.app.run;

import dev.tandem.engine.Compiled;
import dev.tandem.engine.EngineException;
import dev.tandem.engine.StreamHistory;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.store.BatchResults;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.Ddl;
import dev.tandem.store.JdbcLandedLog;
import dev.tandem.store.JdbcStreamLedger;
import dev.tandem.store.Layout;
import dev.tandem.store.LedgerReader;
import dev.tandem.store.ParityTables;
import dev.tandem.store.ResultReader;
import dev.tandem.store.Runs;
import dev.tandem.store.StoredRow;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One pipeline's tables in its database: results of both modes, landed log, ledger, runs. */
final class PipelineStore {
    private final Pipeline pipeline;
    private final List<Shape> shapes;
    private final DatabaseAddress address;
    private final Layout layout;
    private final Clock clock;

    private PipelineStore(Compiled compiled, DatabaseAddress address, Clock clock) {
        this.pipeline = compiled.pipeline();
        this.shapes = compiled.shapes();
        this.address = address;
        this.layout = Layout.of(pipeline, shapes);
        this.clock = clock;
    }

    /** Opens the tables and makes those that are missing. */
    static PipelineStore open(Compiled compiled, Services services, Clock clock) {
        var databases = compiled.pipeline().databases();
        if (databases.size() > 1) {
            throw new EngineException(
                    "Cannot run '%s': it writes to %s, but data and ledger must share one transaction; name one database"
                            .formatted(compiled.pipeline().name(), databases));
        }
        var store = new PipelineStore(compiled, services.database(databases.get(0)), clock);
        Ddl.create(store.address, store.layout);
        return store;
    }

    JdbcStreamLedger ledger(String runId) {
        var owner = "process %d".formatted(ProcessHandle.current().pid());
        return new JdbcStreamLedger(address, layout, new JdbcStreamLedger.Writer(runId, owner), clock);
    }

    LedgerReader ledgerReader() {
        return new LedgerReader(address, pipeline.name());
    }

    JdbcLandedLog log() {
        return new JdbcLandedLog(address, layout);
    }

    BatchResults batchResults() {
        return new BatchResults(address, layout, clock);
    }

    ParityTables parity() {
        return new ParityTables(address);
    }

    Runs runs() {
        return new Runs(address);
    }

    /** What a restarted stream reads back. */
    StreamHistory history(JdbcStreamLedger ledger) {
        return new StreamHistory() {
            @Override
            public ClosingIterator<Landed> keptSince(long fromEventMicros) {
                return log().recent(fromEventMicros);
            }

            @Override
            public List<OpenRow> openRows(Shape shape) {
                return table(shape.name(), Mode.STREAM).isEmpty()
                        ? List.of()
                        : ledger.openRows(shape.name()).stream()
                                .map(row -> new OpenRow(row.window(), row.key(), row.revision()))
                                .toList();
            }
        };
    }

    private Optional<String> table(String view, Mode mode) {
        return pipeline.tables().stream()
                .filter(output -> output.view().equals(view))
                .map((Output.Table output) -> output.table(mode))
                .findFirst();
    }

    /** The views that both modes store, which are those that can be compared. */
    List<Shape> stored() {
        return shapes.stream()
                .filter(shape -> table(shape.name(), Mode.BATCH).isPresent())
                .toList();
    }

    /** The rows of a view as stored, sorted by window and key. */
    ClosingIterator<StoredRow> rows(Shape shape, Mode mode) {
        return new ResultReader(address, shape, table(shape.name(), mode).orElseThrow()).rows();
    }

    /** All stored rows of {@code mode}, by view. */
    Map<String, List<ResultRow>> results(Mode mode) {
        var results = new HashMap<String, List<ResultRow>>();
        for (var shape : stored()) {
            var rows = new ArrayList<ResultRow>();
            try (var stored = rows(shape, mode)) {
                stored.forEachRemaining(row -> rows.add(new ResultRow(
                        shape.name(),
                        row.window(),
                        row.key(),
                        row.measures(),
                        row.status(),
                        row.revision(),
                        row.events())));
            }
            results.put(shape.name(), rows);
        }
        return results;
    }
}
