package dev.tandem.diff.attach;

import dev.tandem.diff.duck.Duck;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.duckdb.DuckDBAppender;

/**
 * The records of a log in a table of the working database, numbered in the order of their arrival, with the watermark of each candidate
 * {@link Clock} that judges them. DuckDB sorts and spills; in memory is a clock's state for each partition, and the records of one key.
 */
final class LogTable {
    /** Of a key with more records the first ones and the last are kept. */
    static final int MOST_COPIES = 32;

    private static final byte[] NOTHING = {};

    private final Duck duck;
    private final LogShape shape;
    private final List<Clock> clocks;
    private long rejected;

    /**
     * What was read.
     *
     * @param rejected records that the definition puts in quarantine; they count nowhere
     * @param last each clock's watermark, without delay, after the last record
     */
    record Facts(long records, long rejected, long repeatedKeys, List<Long> last) {}

    LogTable(Duck duck, LogShape shape, List<Clock> clocks) {
        this.duck = duck;
        this.shape = shape;
        this.clocks = clocks;
    }

    /** Reads the log, and leaves the tables {@code timed} and {@code copies}. */
    Facts fill(Attachment.Feed feed) {
        read(feed);
        duck.run("""
                CREATE TABLE ordered AS SELECT row_number() OVER (ORDER BY due, part, pos) AS n, *
                FROM (SELECT *, max(arrived) OVER (PARTITION BY part ORDER BY pos ROWS UNBOUNDED PRECEDING) AS due FROM log)""");
        duck.run("DROP TABLE log");
        long records = duck.number("SELECT count(*) FROM ordered");
        var last = time(records);
        duck.run("DROP TABLE ordered");
        return new Facts(records, rejected, copies(), last);
    }

    private void read(Attachment.Feed feed) {
        duck.run(
                "CREATE TABLE log (part INTEGER, pos BIGINT, arrived BIGINT, event BIGINT, high BIGINT, low BIGINT, body BLOB)");
        fill(
                "log",
                appender -> feed.into(record -> {
                    if (record.rejection().isPresent()) {
                        rejected++;
                        return;
                    }
                    try {
                        append(record, appender);
                    } catch (SQLException e) {
                        throw new IllegalStateException("Cannot write a record of the log: " + e.getMessage(), e);
                    }
                }));
    }

    private static void append(Prepared record, DuckDBAppender to) throws SQLException {
        to.beginRow();
        to.append(record.at().partition()).append(record.at().position());
        to.append(record.arrivedMillis()).append(record.eventMicros());
        if (record.identity().isPresent()) {
            to.append(record.identity().get().high())
                    .append(record.identity().get().low());
        } else {
            to.appendNull().appendNull();
        }
        to.append(body(record));
        to.endRow();
    }

    /** A record that a step has led out counts in no view, but moves watermarks and is remembered by its key. */
    private static byte[] body(Prepared record) {
        var out = new BlockWriter(256);
        if (record.exit().isEmpty()) {
            for (var contribution : record.contributions()) {
                out.writeByte(contribution.view());
                out.sizedValues(contribution.key());
                out.sizedValues(contribution.arguments());
            }
        }
        return out.toByteArray();
    }

    private void fill(String table, Duck.Filling filling) {
        try {
            duck.fill(table, filling);
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(
                    "Cannot write to the working database: %s; free some disk space".formatted(e.getMessage()), e));
        }
    }

    /** Adds the watermarks that judge each record. */
    private List<Long> time(long records) {
        duck.run(
                "CREATE TABLE timed (n BIGINT, part INTEGER, pos BIGINT, arrived BIGINT, event BIGINT, high BIGINT, low BIGINT, marks BLOB, body BLOB)");
        var running =
                clocks.stream().map(clock -> new RunningClock(clock, shape)).toList();
        var cursor = new Cursor<>(
                duck,
                "SELECT n, part, pos, arrived, event, high, low, body, due FROM ordered",
                "n",
                records,
                LogTable::ordered);
        fill("timed", appender -> {
            while (cursor.peek().isPresent()) {
                time(cursor.next(), running, appender);
            }
        });
        return running.stream().map(RunningClock::last).toList();
    }

    @SuppressWarnings("ArrayRecordComponent") // Read and written, never compared.
    private record Ordered(long number, RunningClock.Tick tick, long arrived, List<Long> identity, byte[] body) {}

    private static Ordered ordered(ResultSet row) throws SQLException {
        var identity = new ArrayList<Long>();
        long high = row.getLong(6);
        if (!row.wasNull()) {
            identity.add(high);
            identity.add(row.getLong(7));
        }
        return new Ordered(
                row.getLong(1),
                new RunningClock.Tick(row.getInt(2), row.getLong(3), row.getLong(9), row.getLong(5)),
                row.getLong(4),
                identity,
                row.getBytes(8));
    }

    private static void time(Ordered record, List<RunningClock> running, DuckDBAppender to) throws SQLException {
        var marks = new BlockWriter(running.size() * Long.BYTES);
        boolean behind = false;
        var tick = record.tick();
        for (var clock : running) {
            long watermark = clock.judge(tick);
            behind |= watermark >= tick.eventMicros();
            marks.writeLong(watermark);
        }
        to.beginRow();
        to.append(record.number()).append(tick.partition()).append(tick.position());
        to.append(record.arrived()).append(tick.eventMicros());
        if (record.identity().isEmpty()) {
            to.appendNull().appendNull();
        } else {
            to.append(record.identity().get(0).longValue());
            to.append(record.identity().get(1).longValue());
        }
        // A record that is ahead of every watermark can be late by no rule.
        to.append(behind ? marks.toByteArray() : NOTHING);
        to.append(record.body());
        to.endRow();
    }

    /** Gives each record of a repeated key the others of it. */
    private long copies() {
        duck.run("CREATE TABLE copies (n BIGINT, mine INTEGER, context BLOB)");
        duck.run(
                "CREATE TABLE repeated AS SELECT high, low FROM timed WHERE high IS NOT NULL GROUP BY ALL HAVING count(*) > 1");
        long keys = duck.number("SELECT count(*) FROM repeated");
        if (keys == 0) {
            return 0;
        }
        duck.run("""
                CREATE TABLE of_keys AS SELECT row_number() OVER (ORDER BY high, low, n) AS nr, n, part, pos, arrived, event, marks, high, low
                FROM timed JOIN repeated USING (high, low)""");
        long records = duck.number("SELECT count(*) FROM of_keys");
        var cursor = new Cursor<>(
                duck, "SELECT n, part, pos, arrived, event, marks, high, low FROM of_keys", "nr", records, OfKey::read);
        fill("copies", appender -> {
            var group = new ArrayList<OfKey>();
            while (cursor.peek().isPresent()) {
                var next = cursor.next();
                if (!group.isEmpty() && !group.get(0).sameKey(next)) {
                    write(group, appender);
                    group.clear();
                }
                group.add(next);
            }
            write(group, appender);
        });
        duck.run("DROP TABLE of_keys");
        duck.run("DROP TABLE repeated");
        return keys;
    }

    @SuppressWarnings("ArrayRecordComponent") // Read and written, never compared.
    private record OfKey(
            long number, int partition, long position, long arrived, long event, byte[] marks, long high, long low) {
        static OfKey read(ResultSet row) throws SQLException {
            return new OfKey(
                    row.getLong(1),
                    row.getInt(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getBytes(6),
                    row.getLong(7),
                    row.getLong(8));
        }

        boolean sameKey(OfKey other) {
            return high == other.high && low == other.low;
        }

        void write(BlockWriter out) {
            out.writeInt(partition);
            out.writeLong(position);
            out.writeLong(arrived);
            out.writeLong(event);
            out.writeBytes(marks);
        }
    }

    private static void write(List<OfKey> group, DuckDBAppender to) throws SQLException {
        for (int mine = 0; mine < group.size(); mine++) {
            var shown = shown(group, mine);
            var out = new BlockWriter();
            out.writeInt(shown.size());
            shown.forEach(copy -> copy.write(out));
            to.beginRow();
            to.append(group.get(mine).number()).append(place(shown, group.get(mine)));
            to.append(out.toByteArray());
            to.endRow();
        }
    }

    private static int place(List<OfKey> shown, OfKey mine) {
        int place = 0;
        while (shown.get(place).number() != mine.number()) {
            place++;
        }
        return place;
    }

    /** All of them, or where there are too many the first ones, the one that is asked about, and the last. */
    private static List<OfKey> shown(List<OfKey> group, int mine) {
        if (group.size() <= MOST_COPIES) {
            return group;
        }
        var shown = new ArrayList<>(group.subList(0, MOST_COPIES - 2));
        if (mine >= shown.size()) {
            shown.add(group.get(mine));
        }
        if (mine < group.size() - 1) {
            shown.add(group.get(group.size() - 1));
        }
        return shown;
    }

    /** Reads what {@link OfKey#write} wrote of the copies of a key. */
    static List<Copies.Copy> copies(byte[] context, LongUnaryOperator lastEnd) {
        var in = new BlockReader(context);
        int count = in.readInt();
        var all = new ArrayList<Copies.Copy>(count);
        for (int index = 0; index < count; index++) {
            var at = new Coordinates(in.readInt(), in.readLong());
            long arrived = in.readLong();
            long event = in.readLong();
            all.add(new Copies.Copy(at, event, arrived, lastEnd.applyAsLong(event), watermarks(in.readBytes())));
        }
        return all;
    }

    static long[] watermarks(byte[] marks) {
        var in = new BlockReader(marks);
        var all = new long[marks.length / Long.BYTES];
        for (int index = 0; index < all.length; index++) {
            all[index] = in.readLong();
        }
        return all;
    }
}
