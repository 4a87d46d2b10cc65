package dev.tandem.store;

import dev.tandem.store.RowBatch.Collision;
import dev.tandem.store.Session.Cells;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Which Kafka topic a pipeline's ledger belongs to, and what of it was never read. */
public final class JdbcTopics {
    private static final int ALL_PARTITIONS = -1;

    /** What holds for a partition; positions are those of the ledger, {@code shift} makes one of an offset. */
    public record Part(int partition, long shift, OptionalLong unreadFrom, OptionalLong unreadUntil) {}

    /** The topic from {@code noted} on; {@code number} counts from 1. */
    public record Entry(long number, String topicId, Instant noted, List<Part> parts) {
        public Entry {
            parts = List.copyOf(parts);
        }
    }

    private record Row(long number, String topicId, Instant noted, Part part) {}

    private final DatabaseAddress address;
    private final String pipeline;

    public JdbcTopics(DatabaseAddress address, String pipeline) {
        this.address = address;
        this.pipeline = pipeline;
    }

    /** By number. */
    public List<Entry> entries() {
        var rows = Session.with(
                address,
                "read which topic belongs to '%s'".formatted(pipeline),
                session -> session.list(
                        "select * from tandem_topic where pipeline = ? order by number, %s"
                                .formatted(session.dialect().quoted("partition")),
                        JdbcTopics::row,
                        pipeline));
        var entries = new ArrayList<Entry>();
        for (long number : rows.stream().map(Row::number).distinct().toList()) {
            var ofNumber = rows.stream().filter(it -> it.number() == number).toList();
            var first = ofNumber.get(0);
            var parts = ofNumber.stream()
                    .map(Row::part)
                    .filter(it -> it.partition() != ALL_PARTITIONS)
                    .toList();
            entries.add(new Entry(number, first.topicId(), first.noted(), parts));
        }
        return entries;
    }

    private static Row row(Cells cells) throws SQLException {
        var part = new Part(
                (int) cells.whole("partition"),
                cells.whole("shift"),
                whole(cells.optionalText("unread_from")),
                whole(cells.optionalText("unread_until")));
        return new Row(cells.whole("number"), cells.text("topic_id"), cells.time("noted_at"), part);
    }

    private static OptionalLong whole(Optional<String> text) {
        return text.stream().mapToLong(Long::parseLong).findFirst();
    }

    /**
     * Adds an entry and returns when the database has it.
     *
     * @throws StoreException if its number is taken
     */
    public void add(Entry entry) {
        Session.inTransaction(address, "note the topic of '%s'".formatted(pipeline), session -> {
            try (var batch = new RowBatch(session, OwnTables.TOPIC, Collision.REFUSE)) {
                add(batch, entry, new Part(ALL_PARTITIONS, 0, OptionalLong.empty(), OptionalLong.empty()));
                for (var part : entry.parts()) {
                    add(batch, entry, part);
                }
                batch.flush();
            }
            return entry;
        });
    }

    private void add(RowBatch batch, Entry entry, Part part) throws SQLException {
        batch.add(
                pipeline,
                entry.number(),
                part.partition(),
                entry.topicId(),
                part.shift(),
                part.unreadFrom().isPresent() ? part.unreadFrom().getAsLong() : null,
                part.unreadUntil().isPresent() ? part.unreadUntil().getAsLong() : null,
                entry.noted());
    }
}
