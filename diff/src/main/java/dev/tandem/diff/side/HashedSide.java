package dev.tandem.diff.side;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.side.Side.Reading;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table of a database that hashes its own rows, so that equal ones need not be read. Everything is asked in one snapshot, which is open
 * until this is closed.
 */
public final class HashedSide implements AutoCloseable {
    private final DatabaseSide side;
    private final Hashing hashing;
    private final DatabaseSide.Snapshot snapshot;

    /** What a column holds, where its text is the same in every database that can hash. */
    public enum Kind {
        WHOLE,
        TRUTH,
        DECIMAL,
        TEXT,
        DATE,
        LOCAL_TIME,
        MOMENT
    }

    /** A column as its database declares it; no kind where its text is not certain. */
    public record Declared(String name, String type, int scale, Optional<Kind> kind) {}

    /** A column that is hashed: decimals with so many digits behind the point. */
    public record Hashed(String name, Kind kind, int scale) {}

    /** How rows are divided into segments by their key; the same on both sides. */
    public sealed interface Cut {
        /** Stretches of whole numbers, of {@code width} each. */
        record Stretches(String column, BigInteger least, BigInteger width) implements Cut {}

        /** Buckets by the hash of the key. */
        record Buckets(List<Hashed> key, int count) implements Cut {}
    }

    /**
     * The rows of a segment.
     *
     * @param hashed how many of them have a hash: all, unless one is too long for its database
     * @param sums of their hashes
     */
    public record Segment(long rows, long hashed, String sums) {}

    /** The least and the greatest of a column of whole numbers. */
    public record Bounds(BigInteger least, BigInteger greatest) {}

    private HashedSide(DatabaseSide side, Hashing hashing, DatabaseSide.Snapshot snapshot) {
        this.side = side;
        this.hashing = hashing;
        this.snapshot = snapshot;
    }

    /** Whether {@code side} can be opened so. */
    public static boolean canHash(Side side) {
        return side instanceof DatabaseSide database && database.hashing().isPresent();
    }

    /** Opens a side that can hash. */
    public static HashedSide open(Side side) {
        var database = (DatabaseSide) side;
        try {
            return new HashedSide(
                    database,
                    database.hashing().orElseThrow(),
                    database.opening().open());
        } catch (SQLException e) {
            throw database.unreadable(e);
        }
    }

    /** Asks the database something. */
    @FunctionalInterface
    private interface Asking<T> {
        T of(ResultSet rows) throws SQLException;
    }

    private <T> T ask(String sql, Asking<T> asking) {
        try (var statement = statement();
                var rows = statement.executeQuery(sql)) {
            return asking.of(rows);
        } catch (SQLException e) {
            throw side.unreadable(e);
        }
    }

    private Statement statement() throws SQLException {
        return snapshot.connection().createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    }

    private String rows() {
        return "(%s) t".formatted(side.query());
    }

    public long count() {
        return ask("SELECT count(*) FROM " + rows(), rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    public List<Declared> columns() {
        return ask("SELECT * FROM %s WHERE 1 = 0".formatted(rows()), rows -> {
            var meta = rows.getMetaData();
            var columns = new ArrayList<Declared>();
            for (int index = 1; index <= meta.getColumnCount(); index++) {
                var type = meta.getColumnTypeName(index);
                int precision = meta.getPrecision(index);
                int scale = meta.getScale(index);
                var kind = hashing.kind(type, precision)
                        .filter(it -> it != Kind.DECIMAL || (precision <= 38 && scale >= 0 && scale <= 27));
                columns.add(new Declared(meta.getColumnLabel(index), type, scale, kind));
            }
            return columns;
        });
    }

    /** Whether its texts are UTF-8 when they are hashed. */
    public boolean isUtf8() {
        return hashing != Hashing.POSTGRES
                || ask("SHOW server_encoding", rows -> {
                    rows.next();
                    return rows.getString(1).equals("UTF8");
                });
    }

    /** Empty where all values are null. */
    public Optional<Bounds> bounds(String column) {
        var name = hashing.quoted(column);
        return ask("SELECT min(%1$s), max(%1$s) FROM %2$s".formatted(name, rows()), rows -> {
            rows.next();
            var least = rows.getBigDecimal(1);
            return least == null
                    ? Optional.empty()
                    : Optional.of(new Bounds(
                            least.toBigIntegerExact(), rows.getBigDecimal(2).toBigIntegerExact()));
        });
    }

    /** The segments that have a row, by their numbers; of all rows, or of those in {@code within}. */
    public Map<Long, Segment> segments(Cut cut, List<Hashed> columns, Optional<Chosen> within) {
        var hash = hashing.hash(texts(columns));
        var sql =
                "SELECT segment, count(*), count(hash), %s, %s FROM (SELECT %s AS segment, %s AS hash FROM %s%s) s GROUP BY segment"
                        .formatted(
                                hashing.sum("hash", 1),
                                hashing.sum("hash", 1 + Hashing.DIGITS),
                                number(cut),
                                hash,
                                rows(),
                                within.map(it -> " WHERE " + condition(it)).orElse(""));
        return ask(sql, rows -> {
            var segments = new HashMap<Long, Segment>();
            while (rows.next()) {
                segments.put(
                        rows.getLong(1),
                        new Segment(rows.getLong(2), rows.getLong(3), rows.getString(4) + " " + rows.getString(5)));
            }
            return segments;
        });
    }

    private List<String> texts(List<Hashed> columns) {
        return columns.stream()
                .map(column -> hashing.text(hashing.quoted(column.name()), column.kind(), column.scale()))
                .toList();
    }

    private String number(Cut cut) {
        if (cut instanceof Cut.Stretches stretches) {
            return hashing.part(
                    hashing.quoted(stretches.column()),
                    stretches.least().toString(),
                    stretches.width().toString());
        }
        var buckets = (Cut.Buckets) cut;
        return hashing.bucket(hashing.hash(texts(buckets.key())), buckets.count());
    }

    /** Some segments of a cut. */
    public record Chosen(Cut cut, Collection<Long> segments) {
        public Chosen {
            segments = List.copyOf(segments);
        }
    }

    /** Of stretches by their bounds, for which the database may have an index. */
    private String condition(Chosen chosen) {
        if (chosen.cut() instanceof Cut.Stretches stretches) {
            var name = hashing.quoted(stretches.column());
            return chosen.segments().stream()
                    .map(segment -> segment < 0
                            ? name + " IS NULL"
                            : "%s BETWEEN %s AND %s"
                                    .formatted(name, first(stretches, segment), last(stretches, segment)))
                    .collect(Collectors.joining(" OR ", "(", ")"));
        }
        return "%s IN (%s)"
                .formatted(
                        number(chosen.cut()),
                        chosen.segments().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private static BigInteger first(Cut.Stretches stretches, long segment) {
        return stretches.least().add(stretches.width().multiply(BigInteger.valueOf(segment)));
    }

    private static BigInteger last(Cut.Stretches stretches, long segment) {
        return first(stretches, segment + 1).subtract(BigInteger.ONE);
    }

    /** Copies all rows, or those of {@code chosen}, into {@code table}, which is made. */
    public Reading read(Duck duck, String table, Optional<Chosen> chosen) {
        var where = chosen.map(it -> it.segments().isEmpty() ? " WHERE 1 = 0" : " WHERE " + condition(it))
                .orElse("");
        try (var statement = statement()) {
            statement.setFetchSize(DatabaseSide.FETCH_ROWS);
            try (var rows = statement.executeQuery("SELECT * FROM " + rows() + where)) {
                new RowCopy(rows, side.typing()).into(duck, table);
            }
            return new Reading(snapshot.consistency(), side.typing());
        } catch (SQLException e) {
            throw side.unreadable(e);
        }
    }

    @Override
    public void close() {
        try {
            snapshot.connection().close();
        } catch (SQLException e) {
            throw DiffException.surroundings("Cannot leave %s: %s".formatted(side.shown(), e.getMessage()), e);
        }
    }
}
