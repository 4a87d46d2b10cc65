package dev.tandem.store;

import dev.tandem.fold.Identity;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.fold.Shape;
import dev.tandem.fold.stream.GroupPart.WrittenRow;
import dev.tandem.model.Mode;
import dev.tandem.model.Window.Span;
import dev.tandem.store.Scan.Query;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a view's table back, in an order and with types that are the same on every database. */
public final class ResultReader {
    private static final int KEYS_IN_A_QUERY = 500;

    private final DatabaseAddress address;
    private final Shape shape;
    private final StoredTable table;

    public ResultReader(DatabaseAddress address, Shape shape, String table) {
        this.address = address;
        this.shape = shape;
        this.table = ResultTable.of(Mode.STREAM, shape, table).table();
    }

    /**
     * All rows by window start, then by key columns: null first, text by its code points. Holds the rows of one window at a time.
     */
    public ClosingIterator<StoredRow> rows() {
        var order = shape.windowed() ? " order by window_start" : "";
        return new ByWindow(scan(order));
    }

    /**
     * The rows with these values in key columns, in the order of {@link #rows()}; {@code keys} has whole numbers and texts by column.
     * A database whose collation takes different texts for equal may give more.
     */
    public ClosingIterator<StoredRow> rows(Map<String, Object> keys) {
        if (keys.isEmpty()) {
            return rows();
        }
        var dialect = address.kind().dialect();
        var conditions = keys.keySet().stream()
                .map(column -> dialect.quoted(column) + " = ?")
                .collect(Collectors.joining(" and "));
        var order = shape.windowed() ? " order by window_start" : "";
        return new ByWindow(scan(" where " + conditions + order, List.copyOf(keys.values())));
    }

    /** All rows in no order, one at a time. */
    public ClosingIterator<StoredRow> unordered() {
        return scan("");
    }

    /** The rows of the stream's view that may still change; none for a view without a table in this layout. */
    public static List<WrittenRow> openRows(DatabaseAddress address, Layout layout, String view) {
        return layout.results(Mode.STREAM).stream()
                .filter(it -> it.shape().name().equals(view))
                .findFirst()
                .map(it -> new ResultReader(address, it.shape(), it.table().name()).openRows())
                .orElse(List.of());
    }

    /** The current row with this key. */
    public Optional<StoredRow> row(Identity rowKey) {
        try (var scan = scan(" where row_key = ?", List.of(rowKey.bytes()))) {
            return scan.hasNext() ? Optional.of(scan.next()) : Optional.empty();
        }
    }

    /** The current rows with these keys, by key; those that the table does not have are absent. */
    public Map<Identity, StoredRow> rows(Collection<Identity> rowKeys) {
        var found = new HashMap<Identity, StoredRow>();
        var left = List.copyOf(rowKeys);
        while (!left.isEmpty()) {
            var asked = left.subList(0, Math.min(KEYS_IN_A_QUERY, left.size()));
            left = left.subList(asked.size(), left.size());
            var marks = String.join(", ", Collections.nCopies(asked.size(), "?"));
            var values = asked.stream().<Object>map(Identity::bytes).toList();
            try (var scan = scan(" where row_key in (" + marks + ")", values)) {
                scan.forEachRemaining(row -> found.put(row.rowKey(), row));
            }
        }
        return found;
    }

    /** The rows with status {@code open}, in no order. */
    private List<WrittenRow> openRows() {
        var rows = new ArrayList<WrittenRow>();
        try (var scan = scan(" where status = 'open'")) {
            while (scan.hasNext()) {
                var row = scan.next();
                rows.add(new WrittenRow(shape.name(), row.window(), row.key(), row.revision()));
            }
        }
        return rows;
    }

    private Scan<StoredRow> scan(String tail) {
        return scan(tail, List.of());
    }

    private Scan<StoredRow> scan(String tail, List<Object> values) {
        var dialect = address.kind().dialect();
        var sql = "select %s from %s%s".formatted(dialect.listed(table.names()), dialect.quoted(table.name()), tail);
        return Scan.open(address, new Query("read the rows of '%s'".formatted(table.name()), sql, values), this::row);
    }

    private StoredRow row(ResultSet results, Dialect dialect) throws SQLException {
        var values = new ArrayList<@Nullable Object>();
        for (int index = 0; index < table.columns().size(); index++) {
            values.add(
                    dialect.read(results, index + 1, table.columns().get(index).type()));
        }
        int keys = shape.windowed() ? 3 : 1;
        int measures = keys + shape.keys().size();
        int rest = measures + shape.measures().size();
        return new StoredRow(
                Identity.ofBytes((byte[]) required(values, 0)),
                shape.windowed() ? new Span((Instant) required(values, 1), (Instant) required(values, 2)) : Span.ALL,
                values.subList(keys, measures),
                values.subList(measures, rest),
                Status.valueOf(required(values, rest).toString().toUpperCase(Locale.ROOT)),
                ((Long) required(values, rest + 1)).intValue(),
                (Long) required(values, rest + 2),
                (Instant) required(values, rest + 3),
                required(values, rest + 4).toString());
    }

    private static Object required(List<@Nullable Object> values, int index) {
        return Objects.requireNonNull(values.get(index));
    }

    /** Takes the rows of one window together and puts them in order. */
    private static final class ByWindow implements ClosingIterator<StoredRow> {
        private final Scan<StoredRow> scan;
        private final List<StoredRow> window = new ArrayList<>();
        private int given;

        ByWindow(Scan<StoredRow> scan) {
            this.scan = scan;
        }

        @Override
        public boolean hasNext() {
            return given < window.size() || scan.hasNext();
        }

        @Override
        public StoredRow next() {
            if (given == window.size()) {
                window.clear();
                given = 0;
                var first = scan.next();
                window.add(first);
                for (var peeked = scan.peek();
                        peeked != null
                                && peeked.window().start().equals(first.window().start());
                        peeked = scan.peek()) {
                    window.add(scan.next());
                }
                window.sort(RowOrder.BY_KEY);
            }
            return window.get(given++);
        }

        @Override
        public void close() {
            scan.close();
        }
    }
}
