package dev.tandem.store;

import static dev.tandem.store.StoredColumn.optional;
import static dev.tandem.store.StoredColumn.required;

import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.model.Mode;
import dev.tandem.store.StoredTable.Index;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of one view go in one mode. The primary key is the hash of window and key, and not the columns themselves:
 * databases take NULL parts for distinct, fold case and accents, ignore trailing blanks, and limit the length of a key.
 */
record ResultTable(Mode mode, Shape shape, StoredTable table) {
    static ResultTable of(Mode mode, Shape shape, String name) {
        var columns = new ArrayList<StoredColumn>();
        columns.add(required("row_key", ColumnType.DIGEST));
        if (shape.windowed()) {
            columns.add(required("window_start", ColumnType.TIME));
            columns.add(required("window_end", ColumnType.TIME));
        }
        shape.keys().forEach(it -> columns.add(optional(it.name(), new ColumnType.Of(it.type()))));
        shape.measures().forEach(it -> columns.add(optional(it.name(), new ColumnType.Of(it.type()))));
        columns.add(required("status", ColumnType.NAME));
        columns.add(required("revision", ColumnType.SMALL));
        columns.add(required("events", ColumnType.WHOLE));
        columns.add(required("as_of", ColumnType.TIME));
        columns.add(required("run_id", ColumnType.NAME));
        var indexes = shape.windowed() ? List.of(Index.plain("window_start")) : List.<Index>of();
        return new ResultTable(mode, shape, new StoredTable(name, columns, List.of("row_key"), indexes));
    }

    /** The row's values in the order of the columns. */
    @Nullable
    Object[] values(ResultRow row, byte[] rowKey, Instant asOf, String runId) {
        var values = new ArrayList<@Nullable Object>(table.columns().size());
        values.add(rowKey);
        if (shape.windowed()) {
            values.add(row.window().start());
            values.add(row.window().end());
        }
        values.addAll(row.key());
        values.addAll(row.measures());
        values.add(row.status().name().toLowerCase(Locale.ROOT));
        values.add((long) row.revision());
        values.add(row.events());
        values.add(asOf);
        values.add(runId);
        return values.toArray();
    }
}
