package dev.tandem.store;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Prepared.Raw;
import dev.tandem.model.FieldType;
import dev.tandem.model.Schema;
import dev.tandem.store.Scan.Query;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table filled by another program, as a log: each row is a record, as the JSON object that a source would have sent. All rows
 * are of micro-batch 1 and partition 0, and a row's position is its place in the order. They are read in one statement, and so
 * from one moment: slices of a table that changes meanwhile would overlap.
 *
 * <p>Text is passed on unchanged, and the parser decides: what does not fit the schema goes to quarantine. A time without a zone
 * is taken as UTC.
 */
public final class TableLog implements LandedLog {
    /**
     * Which rows are read, and how they stand.
     *
     * @param table may be qualified by a schema, or a database on MySQL: {@code sales.orders}
     * @param order the columns that give the rows their order; if empty those of the primary key, and without one the schema's
     * @param readAt the arrival time of every record, since a table knows no other
     */
    public record Input(String table, List<String> order, Instant readAt) implements Serializable {
        public Input {
            order = List.copyOf(order);
        }
    }

    @Serial
    private static final long serialVersionUID = 1L;

    private static final long MICRO_BATCH = 1;

    private final DatabaseAddress address;
    private final Input input;
    private final Schema schema;
    private final ForeignTable table;

    private TableLog(DatabaseAddress address, Input input, Schema schema, ForeignTable table) {
        this.address = address;
        this.input = input;
        this.schema = schema;
        this.table = table;
    }

    /**
     * Looks at the table's columns and key.
     *
     * @throws StoreException if there is no such table, or it has no column for a field or of the order
     */
    public static TableLog of(DatabaseAddress address, Input input, Schema schema) {
        return Session.with(address, "look at the table '%s'".formatted(input.table()), session -> {
            var table = ForeignTable.named(input.table());
            var fields = schema.inRecord().names();
            var found = table.columns(session);
            requireColumns(found, fields, address, input);
            requireColumns(found, input.order(), address, input);
            var order = input.order().isEmpty() ? table.key(session) : input.order();
            var chosen = new Input(input.table(), order.isEmpty() ? fields : order, input.readAt());
            return new TableLog(address, chosen, schema, table);
        });
    }

    private static void requireColumns(List<String> found, List<String> wanted, DatabaseAddress address, Input input) {
        var missing = wanted.stream().filter(it -> !found.contains(it)).toList();
        if (!missing.isEmpty()) {
            throw new StoreException(
                    "Cannot read table '%s' in %s: it has no column %s, only %s; name the fields as the columns are named"
                            .formatted(input.table(), address.told(), missing, found));
        }
    }

    /** The table as it is now: one micro-batch of all its rows. */
    public EndOffsets cut() {
        long rows = Session.with(
                address,
                task(),
                session -> session.first(
                                "select count(*) as number_of_rows from " + table.quoted(session.dialect()),
                                cells -> cells.whole("number_of_rows"))
                        .orElse(0L));
        return new EndOffsets(MICRO_BATCH, Map.of(0, rows));
    }

    /** One slice at most. Rows that came after the cut was taken are left out only if the order puts them last. */
    @Override
    public List<Slice> slices(EndOffsets cut, int parts) {
        long rows = cut.positions().getOrDefault(0, 0L);
        return rows == 0 ? List.of() : List.of(new Slice(0, rows - 1));
    }

    /** {@code slice} counts rows: a table has no micro-batches. */
    @Override
    public ClosingIterator<Landed> read(Slice slice) {
        var dialect = address.kind().dialect();
        var fields = new LinkedHashMap<String, FieldType>();
        schema.inRecord().fields().forEach(it -> fields.put(it.name(), it.type()));
        var sql = "select %s from %s order by %s limit %d offset %d"
                .formatted(
                        dialect.listed(List.copyOf(fields.keySet())),
                        table.quoted(dialect),
                        dialect.listed(input.order()),
                        slice.last() - slice.first() + 1,
                        slice.first());
        return Scan.open(address, new Query(task(), sql, List.of()), new RowAsJson(fields, slice.first()));
    }

    private String task() {
        return "read the rows of '%s'".formatted(input.table());
    }

    /** Counts the rows as it reads them. */
    private final class RowAsJson implements Scan.Reading<Landed> {
        private final Map<String, FieldType> fields;
        private long position;

        RowAsJson(Map<String, FieldType> fields, long first) {
            this.fields = Collections.unmodifiableMap(fields);
            this.position = first;
        }

        @Override
        public Landed read(ResultSet results, Dialect dialect) throws SQLException {
            var values = new ArrayList<@Nullable Object>(fields.size());
            for (int index = 1; index <= fields.size(); index++) {
                values.add(ForeignTable.value(results, index));
            }
            var json = Json.object(fields, values);
            return new Landed(
                    new Coordinates(0, position++),
                    input.readAt().toEpochMilli(),
                    new Raw(json.getBytes(StandardCharsets.UTF_8)),
                    MICRO_BATCH,
                    Landed.As.KEPT);
        }
    }
}
