package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.output.RowOutput;
import dev.tandem.engine.stream.StreamHistory;
import dev.tandem.files.Inventory;
import dev.tandem.fold.Changes;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.fold.LandedLog.Slice;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.fold.stream.GroupPart.WrittenRow;
import dev.tandem.model.DefinitionChange;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.segments.SegmentFolder;
import dev.tandem.segments.SegmentLog;
import dev.tandem.segments.SegmentPlace;
import dev.tandem.segments.StateFolder;
import dev.tandem.store.BatchResults;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.Ddl;
import dev.tandem.store.Generation;
import dev.tandem.store.JdbcInventory;
import dev.tandem.store.JdbcLandedLog;
import dev.tandem.store.JdbcStreamLedger;
import dev.tandem.store.JdbcTopics;
import dev.tandem.store.Layout;
import dev.tandem.store.LedgerReader;
import dev.tandem.store.OtherDatabase;
import dev.tandem.store.ParityTables;
import dev.tandem.store.ResultReader;
import dev.tandem.store.ResultSwitch;
import dev.tandem.store.Runs;
import dev.tandem.store.StoredRow;
import dev.tandem.store.TableLog;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One pipeline's tables in its database: results of both modes, landed log, ledger, runs. */
final class PipelineStore {
    private final Compiled compiled;
    private final Pipeline pipeline;
    private final List<Shape> shapes;
    private final DatabaseAddress address;
    private final Layout layout;
    private final List<Place> others;
    private final Services services;
    private final Clock clock;

    /** The tables in a database that has not the ledger. */
    private record Place(String name, DatabaseAddress address, Layout layout) {}

    private PipelineStore(Pipeline pipeline, Compiled compiled, Services services, Clock clock) {
        this.compiled = compiled;
        this.pipeline = pipeline;
        this.shapes = compiled.shapes();
        var fields = compiled.plan().fields();
        var ledger = pipeline.source().landing().database();
        this.address = services.database(ledger);
        this.layout = Layout.of(pipeline, shapes, fields);
        this.others = pipeline.databases().stream()
                .filter(name -> !name.equals(ledger))
                .map(name -> new Place(name, services.database(name), Layout.in(name, pipeline, shapes, fields)))
                .toList();
        this.services = services;
        this.clock = clock;
    }

    /**
     * Opens the tables and makes those that are missing, unless the definition has changed so much since the stream ran that its tables
     * are those of other results: then {@link #definition} tells it.
     */
    static PipelineStore open(Compiled compiled, Services services, Clock clock) {
        var store = new PipelineStore(compiled.pipeline(), compiled, services, clock);
        Ddl.createOwn(store.address, store.name());
        store.resultSwitch().complete();
        if (store.definition().change().way() == DefinitionChange.Way.CONTINUE) {
            store.createTables();
        }
        return store;
    }

    /** Makes the tables that are missing. */
    void createTables() {
        Ddl.create(address, layout);
        others.forEach(place -> Ddl.create(place.address(), place.layout()));
    }

    /** The same pipeline's tables for the results that a rebuild makes, beside those in use. */
    PipelineStore next() {
        var next = pipeline.renamed(Generation.NEXT.pipeline(pipeline.name()), Generation.NEXT::table);
        return new PipelineStore(next, compiled, services, clock);
    }

    /** The name that its rows bear in Tandem's own tables. */
    String name() {
        return pipeline.name();
    }

    /** Puts the results of a rebuild in the place of these. */
    ResultSwitch resultSwitch() {
        return new ResultSwitch(address, others.stream().map(Place::address).toList(), pipeline.name(), clock);
    }

    /** What ran here last, beside what is to run now. */
    StoredDefinition definition() {
        return new StoredDefinition(pipeline, address, clock);
    }

    /** The tables as a run has left them, to be read: none is made. */
    static PipelineStore asLeft(Compiled compiled, Services services, Clock clock) {
        return new PipelineStore(compiled.pipeline(), compiled, services, clock);
    }

    JdbcStreamLedger ledger(String runId) {
        return new JdbcStreamLedger(address, layout, writer(runId), clock);
    }

    static JdbcStreamLedger.Writer writer(String runId) {
        return new JdbcStreamLedger.Writer(
                runId, "process %d".formatted(ProcessHandle.current().pid()));
    }

    /** The stream's tables in other databases than the ledger's. To be closed by the caller. */
    List<RowOutput> otherDatabases(String runId) {
        long last = ledgerReader().lastCut().map(EndOffsets::microBatch).orElse(0L);
        var outputs = new ArrayList<RowOutput>();
        for (var place : others) {
            var database = new OtherDatabase(place.address(), place.layout(), writer(runId), clock);
            database.takeOver(last);
            outputs.add(new AppliedElsewhere(database));
        }
        return outputs;
    }

    private record AppliedElsewhere(OtherDatabase database) implements RowOutput {
        @Override
        public void write(Changes changes) {
            database.apply(changes);
        }

        @Override
        public void close() {
            database.close();
        }
    }

    LedgerReader ledgerReader() {
        return new LedgerReader(address, pipeline.name());
    }

    LandedLog log() {
        return pipeline.source()
                .landing()
                .fold(
                        table -> new JdbcLandedLog(address, layout),
                        segments -> new SegmentLog(
                                services.segments(segments), ledgerReader().files(Long.MAX_VALUE)));
    }

    /** Where records are landed as segments; empty where they are landed in a table. */
    Optional<SegmentPlace> segments() {
        return pipeline.source()
                .landing()
                .fold(table -> Optional.empty(), segments -> Optional.of(services.segments(segments)));
    }

    /** The folder of the stream's state files: beside the segments where those are on another file system. */
    SegmentPlace state() {
        return segments()
                .filter(place -> !place.base().getScheme().equals("file"))
                .map(place -> new SegmentPlace(URI.create(place.base() + "/_state"), place.settings()))
                .orElseGet(services::state);
    }

    /** Deletes the stream's state files; its next start makes the state from the landed log. */
    void forgetState() {
        new StateFolder(state(), pipeline.name()).keepOnly(0);
    }

    /**
     * Refuses a database that is an older copy: sweeping would delete the segments of what it lacks. One micro-batch more than it knows
     * may be there, because a stream that was killed has landed it and not committed it.
     */
    void requireLatestCopy() {
        segments().ifPresent(place -> {
            long last = ledgerReader().lastCut().map(EndOffsets::microBatch).orElse(0L);
            long newest = new SegmentFolder(place, pipeline.name()).newest();
            if (newest > last + 1) {
                throw new EngineException(
                        "Cannot go on with the stream of '%s': %s has segments of micro-batch %d, but the database knows micro-batches up to %d; the database was emptied or is an older copy, and nothing was deleted. Restore the newer copy; or, to go on from what this one knows, move the segments of later micro-batches away (their names begin with %s-NUMBER)"
                                .formatted(pipeline.name(), place.base(), newest, last, pipeline.name()));
            }
        });
    }

    /** Deletes the segments that earlier runs have left behind and that no ledger row names; {@code run} may still commit. */
    void sweepSegments(String run) {
        segments().ifPresent(place -> {
            // Before the names: what is committed meanwhile must not count as done and without a name.
            long last = ledgerReader().lastCut().map(EndOffsets::microBatch).orElse(0L);
            var names = new HashSet<String>();
            Stream.of(pipeline.name(), Generation.NEXT.pipeline(name()), Generation.BEFORE.pipeline(name()))
                    .flatMap(name -> new LedgerReader(address, name).files(Long.MAX_VALUE).values().stream())
                    .forEach(files -> files.forEach(file -> names.add(file.name())));
            var ledger = new SegmentFolder.Ledger(last, names);
            var folder = new SegmentFolder(place, pipeline.name());
            folder.sweep(folder.orphans(ledger, Set.of(run)));
        });
    }

    /** Somebody's table as a log, its rows having arrived now. */
    TableLog table(String name) {
        return TableLog.of(address, new TableLog.Input(name, List.of(), clock.instant()), pipeline.schema());
    }

    /** The files that were taken in from the source's folder. */
    Inventory inventory() {
        return new StoredInventory(
                new JdbcInventory(address, pipeline.name()), forgottenFiles().numbers());
    }

    private ForgottenFiles forgottenFiles() {
        return new ForgottenFiles(new JdbcTopics(address, pipeline.name()), clock);
    }

    /** What the stream has never read of its source and never will, in a sentence; empty if nothing was given up. */
    Optional<String> unread() {
        var unread = pipeline.source()
                .foldStreamed(
                        kafka -> topic().unread(),
                        files -> forgottenFiles().unread(inventory().entries()));
        var of = pipeline.source().<String>foldStreamed(kafka -> "topic", files -> "folder");
        return unread.isEmpty()
                ? Optional.empty()
                : Optional.of("Neither has read some records of the %s: %s.".formatted(of, String.join("; ", unread)));
    }

    /** Which topic the ledger belongs to. */
    StoredTopic topic() {
        return new StoredTopic(new JdbcTopics(address, pipeline.name()), clock);
    }

    /** The batch's tables in every database; each flips in a transaction of its own. */
    List<Results> batchResults() {
        var results = new ArrayList<Results>();
        results.add(new Results(new BatchResults(address, layout, clock), layout.written(Mode.BATCH)));
        others.forEach(place -> results.add(new Results(
                new BatchResults(place.address(), place.layout(), clock),
                place.layout().written(Mode.BATCH))));
        return results;
    }

    /** One database's part of what a batch stores, and the records that it has tables for. */
    record Results(BatchResults tables, Set<Output.What.Records> records) {}

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
            public ClosingIterator<Landed> keptSince(long number, long fromEventMicros) {
                return pipeline.source()
                        .landing()
                        .fold(
                                table -> new JdbcLandedLog(address, layout).recent(number, fromEventMicros),
                                segments -> keptSegments(segments, number, fromEventMicros));
            }

            private ClosingIterator<Landed> keptSegments(
                    Source.Landing.Segments segments, long number, long fromEventMicros) {
                long first = Math.max(number + 1, ledgerReader().firstReaching(fromEventMicros));
                var files = new TreeMap<>(ledgerReader().files(Long.MAX_VALUE)).tailMap(first);
                return new KeptRecords(
                        new SegmentLog(services.segments(segments), files).read(new Slice(first, Long.MAX_VALUE)));
            }

            @Override
            public List<WrittenRow> openRows(Shape shape) {
                return table(shape.name(), Mode.STREAM)
                        .map(output -> openRows(output, shape.name(), ledger))
                        .orElse(List.of());
            }

            private List<WrittenRow> openRows(Output.Table output, String view, JdbcStreamLedger ledger) {
                return other(output)
                        .map(place -> ResultReader.openRows(place.address(), place.layout(), view))
                        .orElseGet(() -> ledger.openRows(view));
            }
        };
    }

    private Optional<Place> other(Output.Table output) {
        return others.stream()
                .filter(place -> place.name().equals(output.database()))
                .findFirst();
    }

    private Optional<Output.Table> table(String view, Mode mode) {
        return pipeline.tables().stream()
                .filter(output -> output.what().isView() && output.writes(mode))
                .filter(output -> output.what().name().equals(view))
                .findFirst();
    }

    /** The views that both modes store, which are those that can be compared. */
    List<Shape> stored() {
        return shapes.stream()
                .filter(shape -> Arrays.stream(Mode.values())
                        .allMatch(mode -> table(shape.name(), mode).isPresent()))
                .toList();
    }

    /** The rows of a view as stored, sorted by window and key. */
    ClosingIterator<StoredRow> rows(Shape shape, Mode mode) {
        return rows(shape, mode, Map.of());
    }

    /** Those with these values in key columns, likewise. */
    ClosingIterator<StoredRow> rows(Shape shape, Mode mode, Map<String, Object> keys) {
        return reader(shape, mode).rows(keys);
    }

    /** The row of a view with this key, as it stands now. */
    Optional<StoredRow> row(Shape shape, Mode mode, Identity rowKey) {
        return reader(shape, mode).row(rowKey);
    }

    /** The rows of a view with these keys, as they stand now; those that its table does not have are absent. */
    Map<Identity, StoredRow> rows(Shape shape, Mode mode, Collection<Identity> rowKeys) {
        return reader(shape, mode).rows(rowKeys);
    }

    private ResultReader reader(Shape shape, Mode mode) {
        var output = table(shape.name(), mode).orElseThrow();
        var database = other(output).map(Place::address).orElse(address);
        return new ResultReader(database, shape, output.table(mode));
    }

    /** Gives the rows of a view as stored, in no order. */
    void results(Shape shape, Mode mode, Consumer<ResultRow> rows) {
        try (var stored = reader(shape, mode).unordered()) {
            stored.forEachRemaining(row -> rows.accept(new ResultRow(
                    shape.name(),
                    row.window(),
                    row.key(),
                    row.measures(),
                    row.status(),
                    row.revision(),
                    row.events())));
        }
    }
}
