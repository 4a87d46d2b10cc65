package dev.tandem.store;

import static dev.tandem.store.StoredColumn.optional;
import static dev.tandem.store.StoredColumn.required;

import dev.tandem.fold.Identity;
import dev.tandem.fold.Shape;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Schema;
import dev.tandem.model.Source;
import dev.tandem.store.StoredTable.Index;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables of one pipeline in one database: for each mode those of its views and records and, where its ledger is, the landing
 * table, unless records land in segments. Tandem's own tables are in the same database, so that one transaction covers both.
 */
public final class Layout {
    private static final int LONGEST_NAME = 64;

    private final String pipeline;
    private final String database;
    private final boolean hasLedger;
    private final Optional<StoredTable> landing;
    private final List<ResultTable> results;
    private final List<RecordTable> records;

    private Layout(Pipeline pipeline, String database, List<ResultTable> results, List<RecordTable> records) {
        var source = pipeline.source().landing();
        this.pipeline = pipeline.name();
        this.database = database;
        this.hasLedger = source.database().equals(database);
        this.landing = source.fold(Optional::of, segments -> Optional.<Source.Landing.Table>empty())
                .filter(table -> hasLedger)
                .map(table -> landing(table, pipeline.schema()));
        this.results = List.copyOf(results);
        this.records = List.copyOf(records);
    }

    /**
     * The tables in the database that has the ledger. {@code shapes} are those of all
     * views, {@code fields} those of a record after all steps.
     *
     * @throws StoreException if two tables, or two columns of a table, bear one name, a type has no column, or a table of records
     *     has no key
     */
    public static Layout of(Pipeline pipeline, List<Shape> shapes, List<Shape.Column> fields) {
        return in(pipeline.source().landing().database(), pipeline, shapes, fields);
    }

    /** The tables in {@code database}, by the name that the definition gives it. */
    public static Layout in(String database, Pipeline pipeline, List<Shape> shapes, List<Shape.Column> fields) {
        var results = new ArrayList<ResultTable>();
        var records = new ArrayList<RecordTable>();
        for (var output : pipeline.tables()) {
            if (!output.database().equals(database)) {
                continue;
            }
            for (var mode : Mode.values()) {
                if (!output.writes(mode)) {
                    continue;
                }
                output.what().asRecords().ifPresent(it -> records.add(RecordTable.of(mode, it, output, fields)));
                shapes.stream()
                        .filter(it -> output.what().equals(new Output.What.OfView(it.name())))
                        .forEach(it -> results.add(ResultTable.of(mode, it, output.table(mode))));
            }
        }
        var layout = new Layout(pipeline, database, results, records);
        layout.requireTablesApart();
        return layout;
    }

    /** Above all stream and batch must not share a table: the batch would replace the stream's rows and agree with itself. */
    private void requireTablesApart() {
        var seen = new HashSet<String>();
        for (var table : tables()) {
            if (!seen.add(table.name().toLowerCase(Locale.ROOT))) {
                throw new StoreException(
                        "Cannot use the table '%s' of '%s' for two things; give one of them another name, put ${mode} into it, or limit the output to one mode"
                                .formatted(table.name(), pipeline));
            }
        }
    }

    /**
     * The key is the record's place in the log and not a hash of it: records arrive in that order, so each insert goes to the end
     * of the tree and fills its page, where hashes would split pages all over it. An identity may occur twice, once the stream
     * has forgotten the first.
     */
    private static StoredTable landing(Source.Landing.Table landing, Schema schema) {
        var columns = new ArrayList<StoredColumn>();
        columns.add(required("partition", ColumnType.SMALL));
        columns.add(required("position", ColumnType.WHOLE));
        columns.add(required("arrived_at", ColumnType.TIME));
        columns.add(required("event_time", ColumnType.TIME));
        columns.add(optional("identity", ColumnType.DIGEST));
        columns.add(required("micro_batch", ColumnType.WHOLE));
        for (var name : landing.key()) {
            var field = schema.named(name)
                    .orElseThrow(() -> new StoreException(
                            "Cannot land the field '%s' in '%s': the schema has no such field; name it there or leave it out of the landing's key"
                                    .formatted(name, landing.table())));
            columns.add(optional(name, new ColumnType.Of(field.type())));
        }
        columns.add(required("raw", ColumnType.BYTES));
        return new StoredTable(
                landing.table(),
                columns,
                List.of("partition", "position"),
                List.of(Index.plain("micro_batch", "partition", "position")));
    }

    public String pipeline() {
        return pipeline;
    }

    /** The database's name in the definition. */
    public String database() {
        return database;
    }

    /** By which its writers fence each other; apart for each database's name, because two names may stand for one place. */
    String writerName() {
        var name = pipeline + "@" + database;
        if (hasLedger()) {
            return pipeline;
        }
        return name.length() <= LONGEST_NAME
                ? name
                : HexFormat.of()
                        .formatHex(Identity.of(List.of(pipeline, database)).bytes());
    }

    /** Whether this is the database of the ledger. */
    public boolean hasLedger() {
        return hasLedger;
    }

    /** The name of the landing table, which is in the ledger's database. */
    public String landingTable() {
        return landing()
                .map(StoredTable::name)
                .orElseThrow(() -> new StoreException(
                        "Cannot read the landing table of '%s': its records land in segments; read those"
                                .formatted(pipeline)));
    }

    /**
     * Empty where the landed log is in segments.
     *
     * @throws StoreException if the ledger is in another database
     */
    Optional<StoredTable> landing() {
        if (!hasLedger) {
            throw new StoreException(
                    "Cannot use this database for the ledger of '%s': the source lands in another one; use that"
                            .formatted(pipeline));
        }
        return landing;
    }

    List<ResultTable> results(Mode mode) {
        return results.stream().filter(it -> it.mode() == mode).toList();
    }

    List<RecordTable> records(Mode mode) {
        return records.stream().filter(it -> it.mode() == mode).toList();
    }

    /** Which records a mode writes here. */
    public Set<Output.What.Records> written(Mode mode) {
        return records(mode).stream().map(RecordTable::what).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What each table of this pipeline holds. */
    List<TableOwners.Owner> owners() {
        var owners = new ArrayList<TableOwners.Owner>();
        landing.ifPresent(it -> owners.add(new TableOwners.Owner(it.name(), pipeline, "", "landed records")));
        results.forEach(it -> owners.add(new TableOwners.Owner(
                it.table().name(), pipeline, it.mode().word(), it.shape().name())));
        records.forEach(it -> owners.add(new TableOwners.Owner(
                it.table().name(), pipeline, it.mode().word(), it.what().name())));
        return owners;
    }

    /** Every table, Tandem's own first. */
    List<StoredTable> tables() {
        var tables = new ArrayList<>(hasLedger() ? OwnTables.ALL : OwnTables.ELSEWHERE);
        landing.ifPresent(tables::add);
        results.forEach(it -> tables.add(it.table()));
        records.forEach(it -> tables.add(it.table()));
        return tables;
    }
}
