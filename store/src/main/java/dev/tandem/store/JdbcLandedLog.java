package dev.tandem.store;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Prepared.Raw;
import dev.tandem.fold.Prepared.Rejection;
import dev.tandem.fold.Slicing;
import dev.tandem.fold.StreamLedger.Range;
import dev.tandem.model.Instants;
import dev.tandem.store.Scan.Query;
import java.io.Serial;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The landed log of a pipeline: three tables that together hold every record once, read side by side, each along its index, so
 * that nothing is sorted and nothing is held. Uses up to three connections for each slice that is read.
 */
public final class JdbcLandedLog implements LandedLog {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final long FIRST_YEAR = Instants.micros(Instant.parse("0001-01-01T00:00:00Z"));

    private final DatabaseAddress address;
    private final String pipeline;
    private final String landing;

    public JdbcLandedLog(DatabaseAddress address, Layout layout) {
        this.address = address;
        this.pipeline = layout.pipeline();
        this.landing = layout.landingTable();
    }

    /**
     * Fewer than {@code parts} where there are fewer micro-batches; none for an empty log.
     *
     * @throws StoreException if the ledger does not know the cut
     */
    @Override
    public List<Slice> slices(EndOffsets cut, int parts) {
        var upToCut = new LedgerReader(address, pipeline)
                .microBatches().stream()
                        .filter(it -> it.number() <= cut.microBatch())
                        .toList();
        requireKnown(cut, upToCut);
        return Slicing.of(
                upToCut.stream()
                        .map(it -> new Slicing.Piece(
                                it.number(), it.fates().read(), it.fates().read()))
                        .toList(),
                parts);
    }

    private void requireKnown(EndOffsets cut, List<LedgerReader.MicroBatch> upToCut) {
        var known = LedgerReader.cut(upToCut).orElse(new EndOffsets(0, Map.of()));
        var partitions = new TreeSet<>(known.positions().keySet());
        partitions.addAll(cut.positions().keySet());
        boolean same = known.microBatch() == cut.microBatch()
                && partitions.stream().allMatch(it -> position(known, it) == position(cut, it));
        if (!same) {
            throw new StoreException(
                    "Cannot read the landed log of '%s' up to %s: the ledger knows %s; take the cut from this database's ledger"
                            .formatted(pipeline, told(cut), told(known)));
        }
    }

    private static long position(EndOffsets cut, int partition) {
        return cut.positions().getOrDefault(partition, 0L);
    }

    private static String told(EndOffsets cut) {
        return "micro-batch %d at positions %s".formatted(cut.microBatch(), new TreeMap<>(cut.positions()));
    }

    @Override
    public ClosingIterator<Landed> read(Slice slice) {
        var scans = new ArrayList<Scan<Landed>>();
        try {
            var rows = slice.parts() == 1
                    ? new Rows("micro_batch between ? and ?", List.of(slice.first(), slice.last()))
                    : part(slice);
            scans.add(scan(landing, Landed.As.KEPT, rows));
            scans.add(refused(OwnTables.QUARANTINE, Landed.As.QUARANTINED, rows));
            scans.add(refused(OwnTables.DUPLICATE, Landed.As.DUPLICATE, rows));
            return new MergedScans(scans);
        } catch (StoreException e) {
            scans.forEach(Scan::close);
            throw e;
        }
    }

    /**
     * The kept records that were landed after micro-batch {@code number} and whose event time is at or after {@code fromMicros}
     * (microseconds since 1970), by micro-batch, partition and position: what a stream's open windows and remembered keys are made
     * of. Starts at the first micro-batch that had seen such an event, so no index on event time has to be kept.
     */
    public ClosingIterator<Landed> recent(long number, long fromMicros) {
        long first = Math.max(number + 1, new LedgerReader(address, pipeline).firstReaching(fromMicros));
        var from = Instants.ofMicros(Math.max(fromMicros, FIRST_YEAR));
        return scan(landing, Landed.As.KEPT, new Rows("micro_batch >= ? and event_time >= ?", List.of(first, from)));
    }

    /** A condition and the values for its question marks. */
    private record Rows(String condition, List<Object> values) {
        Rows of(String pipeline) {
            var all = new ArrayList<Object>(List.of(pipeline));
            all.addAll(values);
            return new Rows("pipeline = ? and (%s)".formatted(condition), all);
        }
    }

    /** The rows of a part of one micro-batch: of each of its ranges of positions as large a share. */
    private Rows part(Slice slice) {
        var ranges = new TreeMap<Integer, Range>();
        new LedgerReader(address, pipeline)
                .microBatches().stream()
                        .filter(it -> it.number() == slice.first())
                        .forEach(it -> ranges.putAll(it.ranges()));
        var conditions = new ArrayList<String>();
        var values = new ArrayList<Object>(List.of(slice.first()));
        ranges.forEach((partition, range) -> {
            conditions.add("%s = ? and position >= ? and position < ?"
                    .formatted(address.kind().dialect().quoted("partition")));
            values.addAll(List.of(
                    (long) partition, share(range, slice.part(), slice), share(range, slice.part() + 1, slice)));
        });
        if (conditions.isEmpty()) {
            throw new StoreException(
                    "Cannot read part %d of micro-batch %d of '%s': the ledger names no positions for it; take the slices from this log"
                            .formatted(slice.part(), slice.first(), pipeline));
        }
        return new Rows("micro_batch = ? and (%s)".formatted(String.join(" or ", conditions)), values);
    }

    private static long share(Range range, int part, Slice slice) {
        return range.from() + Math.multiplyExact(range.until() - range.from(), (long) part) / slice.parts();
    }

    private Scan<Landed> refused(StoredTable table, Landed.As as, Rows rows) {
        return scan(table.name(), as, rows.of(pipeline));
    }

    private Scan<Landed> scan(String table, Landed.As as, Rows rows) {
        var dialect = address.kind().dialect();
        var sql =
                "select %1$s, position, micro_batch, arrived_at, raw%5$s from %2$s%3$s where %4$s order by micro_batch, %1$s, position"
                        .formatted(
                                dialect.quoted("partition"),
                                dialect.quoted(table),
                                dialect.using(StoredTable.nameOfIndex(table, 0)),
                                rows.condition(),
                                as == Landed.As.QUARANTINED ? ", reason, detail" : "");
        var query = new Query("read the landed log of '%s'".formatted(pipeline), sql, rows.values());
        return Scan.open(address, query, (results, itsDialect) -> landed(results, itsDialect, as));
    }

    private static Landed landed(ResultSet results, Dialect dialect, Landed.As as) throws SQLException {
        return new Landed(
                new Coordinates(results.getInt(1), results.getLong(2)),
                Objects.requireNonNull(dialect.time(results, 4)).toEpochMilli(),
                new Raw(results.getBytes(5)),
                results.getLong(3),
                as,
                as == Landed.As.QUARANTINED ? new Rejection(text(results, 6), text(results, 7)) : Rejection.NONE);
    }

    private static String text(ResultSet results, int column) throws SQLException {
        return Optional.ofNullable(results.getString(column)).orElse("");
    }
}
