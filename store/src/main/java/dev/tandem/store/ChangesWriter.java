package dev.tandem.store;

import dev.tandem.fold.Changes;
import dev.tandem.fold.Changes.Late;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Fates;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.StreamLedger.Entry;
import dev.tandem.fold.StreamLedger.Range;
import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import dev.tandem.store.RowBatch.Collision;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one micro-batch changed, inside the transaction that the ledger has begun. Each record that arrived is stored
 * exactly once: kept ones in the landing table, the others with what befell them.
 */
final class ChangesWriter {
    /** Stands for the partition of a micro-batch that read nothing. */
    static final int NO_PARTITION = -1;

    private record Refusal(Coordinates at, String view, Span window) {}

    private final Session session;
    private final String pipeline;
    private final String runId;
    private final Optional<RowBatch> landing;
    private final RowBatch quarantine;
    private final RowBatch duplicates;
    private final RowBatch late;
    private final RowBatch ledger;
    private final RowBatch files;
    private final OutputWriter outputs;

    ChangesWriter(Session session, Layout layout, String runId) {
        this.session = session;
        this.pipeline = layout.pipeline();
        this.runId = runId;
        landing = layout.landing().map(table -> new RowBatch(session, table, Collision.REFUSE));
        quarantine = new RowBatch(session, OwnTables.QUARANTINE, Collision.REFUSE);
        duplicates = new RowBatch(session, OwnTables.DUPLICATE, Collision.REFUSE);
        late = new RowBatch(session, OwnTables.LATE, Collision.REFUSE);
        ledger = new RowBatch(session, OwnTables.LEDGER, Collision.REFUSE);
        files = new RowBatch(session, OwnTables.SEGMENT, Collision.REFUSE);
        outputs = new OutputWriter(session, layout, runId);
    }

    /** Whether the statements of this writer were prepared in {@code other}. */
    boolean isIn(Session other) {
        return session == other;
    }

    void write(Changes changes, Entry entry, Instant now) throws SQLException {
        writeLedger(changes, entry, now);
        SegmentNames.add(files, pipeline, changes.number(), entry.files());
        land(changes);
        writeRefused(changes);
        outputs.write(changes, now);
    }

    private void land(Changes changes) throws SQLException {
        if (landing.isEmpty()) {
            requireNoneToLand(changes);
            return;
        }
        for (var record : changes.landed()) {
            land(record, changes.number(), landing.get());
        }
        landing.get().flush();
    }

    /** The records of segments are on disk before the transaction begins; others would be lost. */
    private void requireNoneToLand(Changes changes) {
        if (!changes.landed().isEmpty()) {
            throw new StoreException(
                    "Cannot land %d records of micro-batch %d of '%s' in a table: its definition lands them in segments; write e.g. land: { table: %s_landed, in: sqlite }"
                            .formatted(changes.landed().size(), changes.number(), pipeline, pipeline));
        }
    }

    private void land(Prepared record, long number, RowBatch into) throws SQLException {
        var row = new ArrayList<@Nullable Object>();
        row.add(record.at().partition());
        row.add(record.at().position());
        row.add(Times.arrival(record.arrivedMillis()));
        row.add(Instants.ofMicros(record.eventMicros()));
        row.add(record.identity().map(Identity::bytes).orElse(null));
        row.add(number);
        row.addAll(record.landKey());
        row.add(record.raw().bytes());
        into.add(row.toArray());
    }

    private void writeRefused(Changes changes) throws SQLException {
        for (var record : changes.quarantined()) {
            var rejection = record.rejection().orElseThrow();
            quarantine.add(
                    pipeline,
                    record.at().partition(),
                    record.at().position(),
                    Times.arrival(record.arrivedMillis()),
                    changes.number(),
                    rejection.reason(),
                    rejection.detail(),
                    record.raw().bytes());
        }
        quarantine.flush();
        for (var duplicate : changes.duplicates()) {
            var record = duplicate.record();
            duplicates.add(
                    pipeline,
                    record.at().partition(),
                    record.at().position(),
                    Times.arrival(record.arrivedMillis()),
                    changes.number(),
                    duplicate.of().partition(),
                    duplicate.of().position(),
                    record.raw().bytes());
        }
        duplicates.flush();
        writeLate(changes);
    }

    /** A record that is unnested into several rows may be refused several times by one window; once is enough to tell it. */
    private void writeLate(Changes changes) throws SQLException {
        var told = new HashSet<Refusal>();
        for (Late refused : changes.late()) {
            if (told.add(new Refusal(refused.at(), refused.view(), refused.window()))) {
                late.add(
                        pipeline,
                        refused.at().partition(),
                        refused.at().position(),
                        refused.view(),
                        refused.window().start(),
                        refused.window().end(),
                        refused.whole(),
                        Instants.ofMicros(refused.eventMicros()),
                        Times.arrival(refused.arrivedMillis()),
                        changes.number());
            }
        }
        late.flush();
    }

    private void writeLedger(Changes changes, Entry entry, Instant now) throws SQLException {
        var partitions = new TreeSet<>(entry.ranges().keySet());
        partitions.addAll(changes.fates().keySet());
        if (partitions.isEmpty()) {
            partitions.add(NO_PARTITION);
        }
        for (int partition : partitions) {
            var range = entry.ranges().getOrDefault(partition, new Range(0, 0));
            ledger.add(ledgerRow(changes, entry, partition, range, now));
        }
        ledger.flush();
    }

    private @Nullable Object[] ledgerRow(Changes changes, Entry entry, int partition, Range range, Instant now) {
        var fates = changes.fates().getOrDefault(partition, Fates.NONE);
        return new @Nullable Object[] {
            pipeline,
            changes.number(),
            partition,
            entry.query(),
            entry.engineBatch() < 0 ? null : entry.engineBatch(),
            runId,
            range.from(),
            range.until(),
            fates.read(),
            fates.accepted(),
            fates.quarantined(),
            fates.duplicate(),
            fates.late(),
            fates.filtered(),
            fates.split(),
            fates.latePartial(),
            Times.unlessNone(changes.watermarks().late()),
            Times.unlessNone(changes.watermarks().close()),
            Times.unlessNone(changes.highestEvent()),
            changes.waiting(),
            changes.unmatched().isEmpty() ? null : Json.ofCounts(changes.unmatched()),
            Instant.ofEpochMilli(entry.readMillis()),
            entry.firstArrivalMillis() == 0 ? null : Times.arrival(entry.firstArrivalMillis()),
            now
        };
    }
}
