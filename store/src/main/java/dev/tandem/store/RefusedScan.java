package dev.tandem.store;

import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.fold.Prepared.Rejection;
import dev.tandem.store.RefusedRecords.Refused;
import dev.tandem.store.Session.Cells;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Late, duplicate or quarantined records one after the other, in the order in which the stream read them: there may be millions. */
public final class RefusedScan {
    /** Which list of the ledger. */
    public enum Kind {
        LATE,
        DUPLICATE,
        QUARANTINE
    }

    /**
     * Which records are asked for.
     *
     * @param reason the rule, also where a retry has left the record alone, or the view that it came too late for; duplicates have none
     * @param from the earliest arrival
     * @param until an arrival that is too late
     */
    public record Filter(
            Optional<String> reason, Optional<Integer> partition, Optional<Instant> from, Optional<Instant> until) {
        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * How many there are.
     *
     * @param records each once, however many windows or views refused it
     * @param byHour by the hour of arrival
     */
    public record Summary(
            long records, Map<String, Long> byReason, Map<Integer, Long> byPartition, Map<Instant, Long> byHour) {}

    private final DatabaseAddress address;
    private final String pipeline;
    private final Optional<String> landing;

    /** {@code landing} is the table that keeps the bytes of late records, if one does. */
    public RefusedScan(DatabaseAddress address, String pipeline, Optional<String> landing) {
        this.address = address;
        this.pipeline = pipeline;
        this.landing = landing;
    }

    /** Counts without holding more than the counts. */
    public Summary summary(Kind kind, Filter filter) {
        var counting = new Counting();
        try (var records = read(kind, filter, "null")) {
            records.forEachRemaining(counting::add);
        }
        return new Summary(counting.records, counting.byReason, counting.byPartition, counting.byHour);
    }

    /** The records with their bytes. A record that several windows or views refused is there several times. */
    public ClosingIterator<Refused> records(Kind kind, Filter filter) {
        return read(kind, filter, kind == Kind.LATE ? landing.map(it -> "k.raw").orElse("null") : "r.raw");
    }

    private ClosingIterator<Refused> read(Kind kind, Filter filter, String raw) {
        var dialect = address.kind().dialect();
        var partition = dialect.quoted("partition");
        var reason = kind == Kind.LATE ? "r." + dialect.quoted("view") : "r.reason";
        var where = new StringBuilder("r.pipeline = ?");
        var values = new ArrayList<Object>(List.of(pipeline));
        if (kind == Kind.LATE) {
            filter.reason().ifPresent(it -> condition(" and %s = ?".formatted(reason), it, where, values));
        } else if (kind == Kind.QUARANTINE) {
            filter.reason().ifPresent(it -> {
                condition(" and (r.reason = ?", it, where, values);
                condition(" or r.reason = ?)", Rejection.heldBy(it), where, values);
            });
        }
        filter.partition().ifPresent(it -> condition(" and r.%s = ?".formatted(partition), (long) it, where, values));
        filter.from().ifPresent(it -> condition(" and r.arrived_at >= ?", it, where, values));
        filter.until().ifPresent(it -> condition(" and r.arrived_at < ?", it, where, values));
        var kept = raw.startsWith("k.")
                ? " left join %2$s k on k.%1$s = r.%1$s and k.position = r.position"
                        .formatted(partition, dialect.quoted(landing.orElseThrow()))
                : "";
        var sql =
                "select r.%1$s as partition_number, r.position, r.arrived_at, r.micro_batch, %2$s, %3$s as raw from %4$s r%5$s where %6$s order by r.micro_batch, r.%1$s, r.position"
                        .formatted(partition, columns(kind), raw, table(kind), kept, where);
        return Scan.open(
                address,
                new Scan.Query("read the %s records of '%s'".formatted(word(kind), pipeline), sql, values),
                (results, read) -> record(kind, new Cells(results, read)));
    }

    private static void condition(String condition, Object value, StringBuilder where, List<Object> values) {
        where.append(condition);
        values.add(value);
    }

    private String columns(Kind kind) {
        return switch (kind) {
            case LATE ->
                "r.%s as view_name, r.event_time, r.window_start, r.window_end, r.whole"
                        .formatted(address.kind().dialect().quoted("view"));
            case DUPLICATE -> "r.of_partition, r.of_position";
            case QUARANTINE -> "r.reason, r.detail";
        };
    }

    private static String table(Kind kind) {
        return switch (kind) {
            case LATE -> "tandem_late";
            case DUPLICATE -> "tandem_duplicate";
            case QUARANTINE -> "tandem_quarantine";
        };
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case LATE -> "late";
            case DUPLICATE -> "duplicate";
            case QUARANTINE -> "quarantined";
        };
    }

    private static Refused record(Kind kind, Cells cells) throws SQLException {
        return switch (kind) {
            case LATE -> RefusedRecords.late(cells);
            case DUPLICATE -> RefusedRecords.duplicate(cells);
            case QUARANTINE -> RefusedRecords.quarantined(cells);
        };
    }

    /** Counts records that come in the order of the log. */
    private static final class Counting {
        private final Map<String, Long> byReason = new TreeMap<>();
        private final Map<Integer, Long> byPartition = new TreeMap<>();
        private final Map<Instant, Long> byHour = new TreeMap<>();
        private Optional<Refused> last = Optional.empty();
        private long records;

        void add(Refused record) {
            byReason.merge(record.reason(), 1L, Long::sum);
            if (last.filter(it -> it.at().equals(record.at())).isEmpty()) {
                records++;
                byPartition.merge(record.at().partition(), 1L, Long::sum);
                byHour.merge(record.arrivedAt().truncatedTo(ChronoUnit.HOURS), 1L, Long::sum);
            }
            last = Optional.of(record);
        }
    }
}
