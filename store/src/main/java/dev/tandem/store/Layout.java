package dev.tandem.store;

import static dev.tandem.store.StoredColumn.optional;
import static dev.tandem.store.StoredColumn.required;

import dev.tandem.fold.Shape;
import dev.tandem.model.Mode;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Schema;
import dev.tandem.model.Source;
import dev.tandem.store.StoredTable.Index;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of one pipeline: its landing table and, for each mode, the tables of its views. Tandem's own tables stand beside
 * them in the same database, or no transaction could hold both.
 */
public final class Layout {
    private final String pipeline;
    private final StoredTable landing;
    private final List<ResultTable> results;

    private Layout(String pipeline, StoredTable landing, List<ResultTable> results) {
        this.pipeline = pipeline;
        this.landing = landing;
        this.results = List.copyOf(results);
    }

    /**
     * {@code shapes} are those of all views.
     *
     * @throws StoreException if two columns of a table bear one name or a type has no column
     */
    public static Layout of(Pipeline pipeline, List<Shape> shapes) {
        var results = new ArrayList<ResultTable>();
        for (var output : pipeline.tables()) {
            for (var shape : shapes) {
                if (shape.name().equals(output.view())) {
                    for (var mode : Mode.values()) {
                        results.add(ResultTable.of(mode, shape, output.table(mode)));
                    }
                }
            }
        }
        return new Layout(pipeline.name(), landing(pipeline.source().landing(), pipeline.schema()), results);
    }

    /**
     * The key is the record's place in the log and not a hash of it: records arrive in that order, so each insert goes to the end
     * of the tree and fills its page, where hashes would split pages all over it. An identity may stand twice, once the stream
     * has forgotten the first.
     */
    private static StoredTable landing(Source.Landing landing, Schema schema) {
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

    /** The name of the landing table. */
    public String landingTable() {
        return landing.name();
    }

    StoredTable landing() {
        return landing;
    }

    List<ResultTable> results(Mode mode) {
        return results.stream().filter(it -> it.mode() == mode).toList();
    }

    /** Every table, Tandem's own first. */
    List<StoredTable> tables() {
        var tables = new ArrayList<>(OwnTables.ALL);
        tables.add(landing);
        results.forEach(it -> tables.add(it.table()));
        return tables;
    }
}
