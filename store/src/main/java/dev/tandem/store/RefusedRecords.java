package dev.tandem.store;

import dev.tandem.fold.Coordinates;
import dev.tandem.store.Session.Cells;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads quarantined, duplicate and late records as they arrived, with the reason. */
public final class RefusedRecords {
    /**
     * A refused record.
     *
     * @param reason the rule, or the view that it came too late for
     * @param raw as it arrived, bytes that are no text replaced; empty if no landing table has it
     */
    public record Refused(
            Coordinates at,
            String reason,
            String detail,
            Instant arrivedAt,
            Optional<Instant> eventTime,
            long microBatch,
            String raw) {}

    private final DatabaseAddress address;
    private final String pipeline;

    public RefusedRecords(DatabaseAddress address, String pipeline) {
        this.address = address;
        this.pipeline = pipeline;
    }

    /** How many records each rule has refused, most first. */
    public Map<String, Long> quarantineCounts() {
        return counts("reason", "tandem_quarantine");
    }

    /** How many records came too late for each view, most first; one may be too late for several. */
    public Map<String, Long> lateCounts() {
        return counts(address.kind().dialect().quoted("view"), "tandem_late");
    }

    private Map<String, Long> counts(String column, String table) {
        var counts = new LinkedHashMap<String, Long>();
        Session.with(
                        address,
                        task(),
                        session -> session.list(
                                "select %1$s as reason_name, count(*) as records from %2$s where pipeline = ? group by %1$s order by count(*) desc, %1$s"
                                        .formatted(column, table),
                                cells -> Map.entry(cells.text("reason_name"), cells.whole("records")),
                                pipeline))
                .forEach(it -> counts.put(it.getKey(), it.getValue()));
        return counts;
    }

    /** The last {@code most} records that a rule refused, the latest first. */
    public List<Refused> quarantined(int most) {
        var sql = """
                select %1$s as partition_number, position, arrived_at, micro_batch, reason, detail, raw
                from tandem_quarantine where pipeline = ?
                order by micro_batch desc, %1$s desc, position desc limit %2$d""".formatted(partition(), most);
        return Session.with(address, task(), session -> session.list(sql, RefusedRecords::quarantined, pipeline));
    }

    static Refused quarantined(Cells cells) throws SQLException {
        return new Refused(
                at(cells),
                cells.text("reason"),
                cells.text("detail"),
                cells.time("arrived_at"),
                Optional.empty(),
                cells.whole("micro_batch"),
                raw(cells));
    }

    /** How many duplicates came in each partition, most first. */
    public Map<String, Long> duplicateCounts() {
        var counts = new LinkedHashMap<String, Long>();
        counts(partition(), "tandem_duplicate")
                .forEach((number, records) -> counts.put("partition " + number, records));
        return counts;
    }

    /** The last {@code most} duplicates, the latest first. */
    public List<Refused> duplicates(int most) {
        var sql = """
                select %1$s as partition_number, position, arrived_at, micro_batch, of_partition, of_position, raw
                from tandem_duplicate where pipeline = ?
                order by micro_batch desc, %1$s desc, position desc limit %2$d""".formatted(partition(), most);
        return Session.with(address, task(), session -> session.list(sql, RefusedRecords::duplicate, pipeline));
    }

    static Refused duplicate(Cells cells) throws SQLException {
        var first = new Coordinates((int) cells.whole("of_partition"), cells.whole("of_position"));
        return new Refused(
                at(cells),
                "partition " + cells.whole("partition_number"),
                "duplicate of " + first,
                cells.time("arrived_at"),
                Optional.empty(),
                cells.whole("micro_batch"),
                raw(cells));
    }

    /** The last {@code most} records that came too late, the latest first; {@code landing} is the table that kept them, if one did. */
    public List<Refused> late(int most, Optional<String> landing) {
        var dialect = address.kind().dialect();
        var kept = landing.map(table ->
                        "r.raw from tandem_late l left join %2$s r on r.%1$s = l.%1$s and r.position = l.position"
                                .formatted(partition(), dialect.quoted(table)))
                .orElse("null as raw from tandem_late l");
        var sql = """
                select l.%1$s as partition_number, l.position, l.arrived_at, l.event_time, l.micro_batch, l.%2$s as view_name,
                       l.window_start, l.window_end, l.whole, %3$s
                where l.pipeline = ? order by l.micro_batch desc, l.%1$s desc, l.position desc limit %4$d""".formatted(partition(), dialect.quoted("view"), kept, most);
        return Session.with(address, task(), session -> session.list(sql, RefusedRecords::late, pipeline));
    }

    static Refused late(Cells cells) throws SQLException {
        var detail = "its window %s to %s was closed; %s"
                .formatted(
                        cells.time("window_start"),
                        cells.time("window_end"),
                        cells.results().getBoolean("whole")
                                ? "it is in no window of the view"
                                : "other windows count it");
        return new Refused(
                at(cells),
                cells.text("view_name"),
                detail,
                cells.time("arrived_at"),
                cells.optionalTime("event_time"),
                cells.whole("micro_batch"),
                raw(cells));
    }

    private static Coordinates at(Cells cells) throws SQLException {
        return new Coordinates((int) cells.whole("partition_number"), cells.whole("position"));
    }

    private static String raw(Cells cells) throws SQLException {
        var bytes = cells.results().getBytes("raw");
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private String partition() {
        return address.kind().dialect().quoted("partition");
    }

    private String task() {
        return "read the refused records of '%s'".formatted(pipeline);
    }
}
