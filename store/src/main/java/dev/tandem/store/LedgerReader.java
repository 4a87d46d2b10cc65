package dev.tandem.store;

import dev.tandem.fold.Changes;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Fates;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.fold.NamedFile;
import dev.tandem.fold.StreamLedger.Range;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Window.Span;
import dev.tandem.store.Scan.Query;
import dev.tandem.store.Session.Cells;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what a stream wrote down about itself, so that another process can compare, prove and report. */
public final class LedgerReader {
    /**
     * One committed micro-batch.
     *
     * @param engineBatch -1 where the engine made none
     * @param ranges the positions taken, by partition
     * @param highestEvent the highest event time so far, microseconds since 1970, {@link Long#MIN_VALUE} before the first
     * @param waiting records counted in a window that was still open
     * @param unmatched records without a row in a dimension, by dimension
     * @param firstArrival of the earliest record in it
     */
    public record MicroBatch(
            long number,
            String query,
            long engineBatch,
            String runId,
            Map<Integer, Range> ranges,
            Fates fates,
            Watermarks watermarks,
            long highestEvent,
            long waiting,
            Map<String, Long> unmatched,
            Instant readAt,
            Optional<Instant> firstArrival,
            Instant committedAt) {}

    /** A record that a window refused, and the micro-batch that brought it; see {@link Changes.Late}. */
    public record LateRecord(Coordinates at, String view, Span window, boolean whole, long microBatch) {}

    /** A record whose key had been seen at {@code of}. */
    public record DuplicateRecord(Coordinates at, Coordinates of, long microBatch) {}

    /** A record that a rule refused. */
    public record QuarantinedRecord(Coordinates at, String reason, String detail, long microBatch) {}

    private final DatabaseAddress address;
    private final String pipeline;

    public LedgerReader(DatabaseAddress address, String pipeline) {
        this.address = address;
        this.pipeline = pipeline;
    }

    /** All committed micro-batches in the order of their numbers. */
    public List<MicroBatch> microBatches() {
        return microBatchesFrom(0);
    }

    /** The micro-batches from {@code number} on, in their order; the first ever has the number 1. */
    public List<MicroBatch> microBatchesFrom(long number) {
        return Session.with(address, task("ledger"), session -> from(number, pipeline, session));
    }

    static List<MicroBatch> from(long number, String pipeline, Session session) throws SQLException {
        return whole(session.list(
                "select * from tandem_ledger where pipeline = ? and number >= ? order by number, %s"
                        .formatted(session.dialect().quoted("partition")),
                LedgerReader::microBatch,
                pipeline,
                number));
    }

    /** {@code rows} are sorted by number: one for each partition of a micro-batch. */
    private static List<MicroBatch> whole(List<MicroBatch> rows) {
        var whole = new ArrayList<MicroBatch>();
        for (var row : rows) {
            int last = whole.size() - 1;
            if (last >= 0 && whole.get(last).number() == row.number()) {
                whole.set(last, joined(whole.get(last), row));
            } else {
                whole.add(row);
            }
        }
        return whole;
    }

    static MicroBatch microBatch(Cells cells) throws SQLException {
        int partition = (int) cells.whole("partition");
        var range = new Range(cells.whole("from_position"), cells.whole("until_position"));
        return new MicroBatch(
                cells.whole("number"),
                cells.text("query"),
                cells.optionalText("engine_batch").map(Long::valueOf).orElse(-1L),
                cells.text("run_id"),
                partition == ChangesWriter.NO_PARTITION ? Map.of() : Map.of(partition, range),
                fates(cells),
                new Watermarks(micros(cells, "watermark_late"), micros(cells, "watermark_close")),
                micros(cells, "highest_event"),
                cells.whole("waiting"),
                cells.optionalText("unmatched").map(Json::counts).orElse(Map.of()),
                cells.time("read_at"),
                cells.optionalTime("first_arrival"),
                cells.time("committed_at"));
    }

    static Fates fates(Cells cells) throws SQLException {
        return new Fates(
                cells.whole("records"),
                cells.whole("accepted"),
                cells.whole("quarantined"),
                cells.whole("duplicate"),
                cells.whole("late"),
                cells.whole("filtered"),
                cells.whole("split"),
                cells.whole("late_partial"));
    }

    private static long micros(Cells cells, String column) throws SQLException {
        return Times.orNone(cells.optionalTime(column).orElse(null));
    }

    /** Two rows of one micro-batch differ in what they say of their partition only. */
    private static MicroBatch joined(MicroBatch one, MicroBatch other) {
        var ranges = new HashMap<>(one.ranges());
        ranges.putAll(other.ranges());
        return new MicroBatch(
                one.number(),
                one.query(),
                one.engineBatch(),
                one.runId(),
                Map.copyOf(ranges),
                one.fates().plus(other.fates()),
                one.watermarks(),
                one.highestEvent(),
                one.waiting(),
                one.unmatched(),
                one.readAt(),
                one.firstArrival(),
                one.committedAt());
    }

    /** The fates of all records that were committed. */
    public Fates totals() {
        return microBatches().stream().map(MicroBatch::fates).reduce(Fates.NONE, Fates::plus);
    }

    /** The number of the first micro-batch after which a record with an event time at or after {@code micros} had been read. */
    public long firstReaching(long micros) {
        return microBatches().stream()
                .filter(it -> it.highestEvent() >= micros)
                .mapToLong(MicroBatch::number)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /** The end offsets of everything that the stream has committed. Empty before its first micro-batch. */
    public Optional<EndOffsets> lastCut() {
        return cut(microBatches());
    }

    static Optional<EndOffsets> cut(List<MicroBatch> committed) {
        if (committed.isEmpty()) {
            return Optional.empty();
        }
        var positions = new HashMap<Integer, Long>();
        for (var microBatch : committed) {
            microBatch.ranges().forEach((partition, range) -> positions.merge(partition, range.until(), Math::max));
        }
        return Optional.of(new EndOffsets(committed.get(committed.size() - 1).number(), positions));
    }

    /** The files that hold the landed log up to and with a micro-batch, by micro-batch; empty where a table holds it. */
    public SortedMap<Long, List<NamedFile>> files(long untilMicroBatch) {
        var files = new TreeMap<Long, List<NamedFile>>();
        Session.with(
                        address,
                        task("segments"),
                        session -> session.list(
                                "select * from tandem_segment where pipeline = ? and micro_batch <= ? order by micro_batch, ordinal",
                                cells -> Map.entry(cells.whole("micro_batch"), file(cells)),
                                pipeline,
                                untilMicroBatch))
                .forEach(it -> files.computeIfAbsent(it.getKey(), number -> new ArrayList<>())
                        .add(it.getValue()));
        return files;
    }

    private static NamedFile file(Cells cells) throws SQLException {
        return new NamedFile(
                cells.text("name"),
                NamedFile.Kind.ofWord(cells.text("kind")),
                cells.whole("bytes"),
                cells.whole("checksum"),
                cells.whole("records"),
                (int) cells.whole("partition"),
                cells.whole("from_position"),
                cells.whole("until_position"));
    }

    /** The watermarks that each micro-batch used. */
    public Map<Long, Watermarks> watermarks() {
        var watermarks = new TreeMap<Long, Watermarks>();
        microBatches().forEach(it -> watermarks.put(it.number(), it.watermarks()));
        return watermarks;
    }

    /** How many records each rule refused up to and with a micro-batch. */
    public Map<String, Long> quarantineReasons(long untilMicroBatch) {
        var counts = new TreeMap<String, Long>();
        Session.with(
                        address,
                        task("quarantine"),
                        session -> session.list(
                                "select reason, count(*) as records from tandem_quarantine where pipeline = ? and micro_batch <= ? group by reason",
                                cells -> Map.entry(cells.text("reason"), cells.whole("records")),
                                pipeline,
                                untilMicroBatch))
                .forEach(it -> counts.put(it.getKey(), it.getValue()));
        return counts;
    }

    /** What was refused as late up to and with a micro-batch, in the order it came. */
    public ClosingIterator<LateRecord> late(long untilMicroBatch) {
        return scan("tandem_late", "view, window_start, window_end, whole", untilMicroBatch, LedgerReader::late);
    }

    private static LateRecord late(ResultSet results, Dialect dialect) throws SQLException {
        var window = new Span(
                Objects.requireNonNull(dialect.time(results, 5)), Objects.requireNonNull(dialect.time(results, 6)));
        return new LateRecord(at(results), results.getString(4), window, results.getBoolean(7), results.getLong(3));
    }

    /** The duplicates up to and with a micro-batch, in the order they came. */
    public ClosingIterator<DuplicateRecord> duplicates(long untilMicroBatch) {
        return scan(
                "tandem_duplicate",
                "of_partition, of_position",
                untilMicroBatch,
                (results, dialect) -> new DuplicateRecord(
                        at(results), new Coordinates(results.getInt(4), results.getLong(5)), results.getLong(3)));
    }

    /** The refused records up to and with a micro-batch, in the order they came. */
    public ClosingIterator<QuarantinedRecord> quarantined(long untilMicroBatch) {
        return scan(
                "tandem_quarantine",
                "reason, detail",
                untilMicroBatch,
                (results, dialect) -> new QuarantinedRecord(
                        at(results), results.getString(4), results.getString(5), results.getLong(3)));
    }

    private <T> ClosingIterator<T> scan(String table, String columns, long untilMicroBatch, Scan.Reading<T> reading) {
        var partition = address.kind().dialect().quoted("partition");
        var sql =
                "select %1$s, position, micro_batch, %2$s from %3$s where pipeline = ? and micro_batch <= ? order by micro_batch, %1$s, position"
                        .formatted(
                                partition,
                                columns.replace("view", address.kind().dialect().quoted("view")),
                                table);
        return Scan.open(address, new Query(task(table), sql, List.of(pipeline, untilMicroBatch)), reading);
    }

    private static Coordinates at(ResultSet results) throws SQLException {
        return new Coordinates(results.getInt(1), results.getLong(2));
    }

    private String task(String what) {
        return "read the %s of '%s'".formatted(what, pipeline);
    }
}
