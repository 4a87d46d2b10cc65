package dev.tandem.diff.attach;

import dev.tandem.diff.duck.Duck;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.group.TrialRow;
import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one view: what the log gives to each, and what the tables of the other jobs hold of it, side by side. One row at a time is in
 * memory: an accumulator for each measure, and those records that not every job would count.
 */
final class ViewRows {
    /** Of a row with more doubtful records none is explained. */
    static final int MOST_DOUBTFUL = 200_000;

    private final Duck duck;
    private final ViewPlan plan;
    private final long shift;

    /**
     * A row.
     *
     * @param counted holds the records that every job counts; whoever changes it puts it back
     * @param doubtful the others, in the order of their arrival
     * @param complete whether all doubtful records are here
     */
    record RowCase(
            Span window,
            List<@Nullable Object> key,
            TrialRow counted,
            List<RowRecord> doubtful,
            boolean complete,
            Optional<List<@Nullable Object>> stream,
            Optional<List<@Nullable Object>> batch) {
        Optional<List<@Nullable Object>> stored(boolean ofStream) {
            return ofStream ? stream : batch;
        }
    }

    /** @param shift how much later than the definition's a job's windows begin and end by their names, in microseconds */
    ViewRows(Duck duck, ViewPlan plan, long shift) {
        this.duck = duck;
        this.plan = plan;
        this.shift = shift;
    }

    /** Gives each record to its rows; {@code records} is how many there are in {@code timed}. */
    void make(long records) {
        duck.run(
                "CREATE OR REPLACE TABLE parts (start BIGINT, stop BIGINT, key BLOB, n BIGINT, part INTEGER, pos BIGINT, arrived BIGINT, event BIGINT, marks BLOB, mine INTEGER, context BLOB, arguments BLOB)");
        var cursor = new Cursor<>(
                duck,
                "SELECT t.n, part, pos, arrived, event, marks, body, mine, context FROM timed t LEFT JOIN copies c ON t.n = c.n",
                "t.n",
                records,
                Timed::read);
        try {
            duck.fill("parts", appender -> {
                while (cursor.peek().isPresent()) {
                    cursor.next().appendTo(appender, plan, shift);
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot write to the working database: " + e.getMessage(), e);
        }
        duck.run(
                "CREATE OR REPLACE TABLE row_parts AS SELECT row_number() OVER (ORDER BY start, key, n) AS nr, * FROM parts");
        duck.run("DROP TABLE parts");
    }

    /** Gives every row that the log or a table has, in the order of window and key. */
    void each(Consumer<RowCase> consumer) {
        var parts = new Cursor<>(
                duck,
                "SELECT start, stop, key, part, pos, arrived, event, marks, mine, context, arguments FROM row_parts",
                "nr",
                duck.number("SELECT count(*) FROM row_parts"),
                row -> Part.read(row, plan, shift));
        var stream = ForeignTable.cursor(duck, ForeignTable.STREAM);
        var batch = ForeignTable.cursor(duck, ForeignTable.BATCH);
        while (true) {
            var next = least(List.of(
                    parts.peek().map(Part::row),
                    stream.peek().map(ForeignTable.Stored::row),
                    batch.peek().map(ForeignTable.Stored::row)));
            if (next.isEmpty()) {
                return;
            }
            consumer.accept(rowCase(next.get(), parts, stream, batch));
        }
    }

    private static Optional<SortKey> least(List<Optional<SortKey>> heads) {
        return heads.stream().flatMap(Optional::stream).min(SortKey::compareTo);
    }

    private RowCase rowCase(
            SortKey key, Cursor<Part> parts, Cursor<ForeignTable.Stored> stream, Cursor<ForeignTable.Stored> batch) {
        var counted = new TrialRow(plan.fold(), plan.number());
        var doubtful = new ArrayList<RowRecord>();
        boolean complete = true;
        while (parts.peek().filter(it -> it.row().compareTo(key) == 0).isPresent()) {
            var record = parts.next().record();
            if (record.certain()) {
                record.addTo(counted);
            } else if (doubtful.size() < MOST_DOUBTFUL) {
                doubtful.add(record);
            } else {
                complete = false;
            }
        }
        return new RowCase(
                window(key.start()),
                key.values(),
                counted,
                doubtful,
                complete,
                stored(key, stream),
                stored(key, batch));
    }

    private static Optional<List<@Nullable Object>> stored(SortKey key, Cursor<ForeignTable.Stored> table) {
        return table.peek().filter(it -> it.row().compareTo(key) == 0).isPresent()
                ? Optional.of(table.next().values())
                : Optional.empty();
    }

    private Span window(long start) {
        if (!plan.windowed()) {
            return Span.ALL;
        }
        var at = Instants.ofMicros(start);
        return plan.shape().window().spansOf(at).stream()
                .filter(it -> it.start().equals(at))
                .findFirst()
                .orElse(new Span(at, at));
    }

    /** Where a row comes when the log and the tables are merged: by its start and the bytes of its key. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by compareTo alone.
    record SortKey(long start, byte[] key) implements Comparable<SortKey> {
        @Override
        public int compareTo(SortKey other) {
            int byStart = Long.compare(start, other.start);
            return byStart != 0 ? byStart : Arrays.compareUnsigned(key, other.key);
        }

        List<@Nullable Object> values() {
            return all(key);
        }
    }

    /** The values that were packed one behind the other into all of {@code bytes}. */
    static List<@Nullable Object> all(byte[] bytes) {
        var in = new BlockReader(bytes);
        var values = new ArrayList<@Nullable Object>();
        while (in.hasMore()) {
            values.add(in.value());
        }
        return values;
    }

    static byte[] packed(List<? extends @Nullable Object> values) {
        var out = new BlockWriter(64);
        out.values(values);
        return out.toByteArray();
    }

    private record Part(SortKey row, RowRecord record) {
        static Part read(ResultSet row, ViewPlan plan, long shift) throws SQLException {
            var context = row.getBytes(10);
            var copies = context == null
                    ? Copies.NONE
                    : new Copies(LogTable.copies(context, event -> plan.lastEnd(event, shift)), row.getInt(9));
            return new Part(
                    new SortKey(row.getLong(1), row.getBytes(3)),
                    new RowRecord(
                            new Coordinates(row.getInt(4), row.getLong(5)),
                            row.getLong(7),
                            row.getLong(6),
                            row.getLong(2),
                            LogTable.watermarks(row.getBytes(8)),
                            copies,
                            all(row.getBytes(11))));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Read and written, never compared.
    private record Timed(
            long number,
            Coordinates at,
            long arrived,
            long event,
            byte[] marks,
            byte[] body,
            int mine,
            Optional<byte[]> context) {
        static Timed read(ResultSet row) throws SQLException {
            return new Timed(
                    row.getLong(1),
                    new Coordinates(row.getInt(2), row.getLong(3)),
                    row.getLong(4),
                    row.getLong(5),
                    row.getBytes(6),
                    row.getBytes(7),
                    row.getInt(8),
                    Optional.ofNullable(row.getBytes(9)));
        }

        void appendTo(DuckDBAppender to, ViewPlan plan, long shift) throws SQLException {
            var in = new BlockReader(body);
            while (in.hasMore()) {
                int view = in.readByte();
                var key = in.readBytes();
                var arguments = in.readBytes();
                if (view == plan.number()) {
                    for (var span : plan.named(event, shift)) {
                        to.beginRow();
                        to.append(ViewPlan.start(span)).append(ViewPlan.end(span, shift));
                        to.append(key).append(number);
                        to.append(at.partition()).append(at.position());
                        to.append(arrived).append(event);
                        to.append(marks).append(mine);
                        if (context.isPresent()) {
                            to.append(context.get());
                        } else {
                            to.appendNull();
                        }
                        to.append(arguments);
                        to.endRow();
                    }
                }
            }
        }
    }
}
