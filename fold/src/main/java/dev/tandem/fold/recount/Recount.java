package dev.tandem.fold.recount;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Fates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.Prepared.Exit;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.RetractableRecord;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.group.Rows;
import dev.tandem.fold.session.Point;
import dev.tandem.model.Dedup;
import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts landed records the way a batch does: every record, each key once, no window ever closed. Beside it, when asked, it
 * counts again what the stream must have counted, from the ledger alone (which micro-batch each record came in, and the watermark
 * that micro-batch used), and notes each record on which the two part. That is the proof of a comparison: a stored number that is
 * what this says, with the records that make the difference.
 *
 * <p>Records of one identity must all come to the same recount, in landed order. Recounts of parts of a log merge.
 */
public final class Recount implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_EXAMPLES = 20;

    /** How a record's part in a row came to differ. */
    public enum Deviation {
        /** The batch counts it, the stream's windows for the view were all closed. */
        LATE,
        /** The batch counts it in each sliding window, the stream only in those that were open. */
        LATE_PARTIAL,
        /** The stream counted a copy whose first one it had forgotten. */
        DUP_HORIZON,
        /** The modes count different copies of one key: the stream could not take back the one it had counted. */
        DUP_CHOICE,
        /** The stream has several sessions where the batch has one: this record would have held them together. */
        SESSION_BRIDGE
    }

    /** How many records deviated, and the positions of the first of them. */
    public record Deviants(long records, List<Coordinates> examples) implements Serializable {
        Deviants plus(Deviants other) {
            var all = new ArrayList<>(examples);
            all.addAll(other.examples);
            return new Deviants(
                    records + other.records,
                    all.stream().sorted().limit(MOST_EXAMPLES).toList());
        }
    }

    /** What only the counting of a part needs; it is not sent along. */
    private static final class Counting {
        private final @Nullable Map<Long, Watermarks> ledger;
        private final Set<Identity> seen = new HashSet<>();
        private final LastCopies copies;
        private final AsStreamed asStreamed;

        Counting(@Nullable Map<Long, Watermarks> ledger, LastCopies copies, AsStreamed asStreamed) {
            this.ledger = ledger;
            this.copies = copies;
            this.asStreamed = asStreamed;
        }
    }

    private final FoldPlan plan;
    private final transient @Nullable Counting counting;
    private transient @Nullable CountedRows resolved;
    private final CountedRows rows;
    private final Arrivals arrivals = new Arrivals();
    private final Map<String, Long> reasons = new TreeMap<>();
    private final Map<String, Long> splits = new TreeMap<>();
    private final Map<String, Long> unmatched = new TreeMap<>();
    private final TreeMap<Long, Long> byLastEnd = new TreeMap<>();
    /** Records in sessions, with the end of the last of their other windows. */
    private final Map<Coordinates, Long> inSessions = new HashMap<>();

    private Fates fates = Fates.NONE;
    /** How much was counted into rows since they were handed over. */
    private long contributed;

    private Recount(FoldPlan plan, @Nullable Map<Long, Watermarks> ledger) {
        this.plan = plan;
        this.rows = new CountedRows(plan);
        this.counting = new Counting(ledger, new LastCopies(plan, rows.sessions), new AsStreamed(plan, rows, arrivals));
    }

    /** Counts as a batch only. */
    public static Recount ofBatch(FoldPlan plan) {
        return new Recount(plan, null);
    }

    /** Counts as both; {@code ledger} has the watermarks of each micro-batch. */
    public static Recount ofBoth(FoldPlan plan, Map<Long, Watermarks> ledger) {
        return new Recount(plan, ledger);
    }

    /**
     * Reports each contribution of a record to {@code log} from now on; {@link #tellRest} reports what is known only after the
     * last record.
     */
    public Recount tellingTo(PartLog log) {
        counting().asStreamed.tellTo(log);
        return this;
    }

    /** Tells of the records of sessions, and, where the last copy of a record counts, of all others. To be called once, at the end. */
    public void tellRest(PartLog log) {
        settle();
        rows.sessions.values().forEach(its -> its.tell(log));
    }

    /**
     * Takes one landed record and says what a batch does with it; {@code as} is what the stream did. Where the last copy counts, a
     * record may turn out to be none: see {@link #superseded}.
     */
    public BatchFate take(Prepared record, long microBatch, Landed.As as) {
        resolved = null;
        if (record.rejection().isPresent()) {
            reasons.merge(record.rejection().get().reason(), 1L, Long::sum);
            fates = fates.plus(Fates.QUARANTINED);
            return BatchFate.QUARANTINED;
        }
        var exit = record.exit();
        if (exit.isPresent() && !exit.get().afterDedup()) {
            return lead(exit.get(), record.unmatched());
        }
        return plan.keep() == Dedup.Keep.LAST && record.identity().isPresent()
                ? takeLast(record, record.identity().get(), microBatch, as)
                : takeFirst(record, microBatch, as);
    }

    /**
     * Where the latest version counts: records for which {@link #take} returned another fate than duplicate, and which a later
     * version has replaced since. Complete when this recount has taken all records.
     */
    public Set<Coordinates> superseded() {
        return counting().copies.superseded();
    }

    private Counting counting() {
        if (counting == null) {
            throw new IllegalStateException("Cannot count on with a recount that was sent here: merge it into another");
        }
        return counting;
    }

    private BatchFate lead(Exit exit, List<String> withoutRow) {
        withoutRow.forEach(dimension -> unmatched.merge(dimension, 1L, Long::sum));
        exit.branch().ifPresent(branch -> splits.merge(branch, 1L, Long::sum));
        fates = fates.plus(exit.branch().isPresent() ? Fates.SPLIT : Fates.FILTERED);
        return told(exit);
    }

    private static BatchFate told(Exit exit) {
        return exit.branch().isPresent() ? BatchFate.SPLIT : BatchFate.FILTERED;
    }

    private BatchFate takeFirst(Prepared record, long microBatch, Landed.As as) {
        boolean first = record.identity().isEmpty()
                || counting().seen.add(record.identity().get());
        boolean counted = first && record.exit().isEmpty();
        if (!first) {
            fates = fates.plus(Fates.DUPLICATE);
        }
        var part = RetractableRecord.of(record);
        if (counted) {
            count(part, record.unmatched());
        }
        boolean streamed = as == Landed.As.KEPT && record.exit().isEmpty();
        if (counting().ledger != null && (counted || streamed)) {
            var then = watermarks(record, microBatch);
            counting().asStreamed.take(record, part, new AsStreamed.Admission(microBatch, then, counted, streamed));
        }
        return first && record.exit().isPresent()
                ? lead(record.exit().get(), record.unmatched())
                : first ? BatchFate.COUNTED : BatchFate.DUPLICATE;
    }

    private BatchFate takeLast(Prepared record, Identity identity, long microBatch, Landed.As as) {
        var copies = counting().copies;
        if (!copies.take(identity, record)) {
            fates = fates.plus(Fates.DUPLICATE);
        }
        if (counting().ledger != null && as == Landed.As.KEPT) {
            copies.stream(identity, microBatch, watermarks(record, microBatch));
        }
        return record.exit().map(Recount::told).orElse(BatchFate.COUNTED);
    }

    private Watermarks watermarks(Prepared record, long microBatch) {
        var ledger = counting().ledger;
        var then = ledger == null ? null : ledger.get(microBatch);
        if (then == null) {
            throw new IllegalStateException("Cannot recount record %s: the ledger does not know its micro-batch %d"
                    .formatted(record.at(), microBatch));
        }
        return then;
    }

    private void count(RetractableRecord record, List<String> withoutRow) {
        fates = fates.plus(Fates.ACCEPTED);
        withoutRow.forEach(dimension -> unmatched.merge(dimension, 1L, Long::sum));
        boolean inSession = false;
        var time = Instants.ofMicros(record.eventMicros());
        for (var contribution : record.contributions()) {
            var its = rows.sessions.get(contribution.view());
            if (its != null) {
                inSession = true;
                contributed++;
                its.count(contribution.key(), new Point(record.eventMicros(), record.at(), contribution.arguments()));
            } else {
                for (var window : plan.window(contribution.view()).spansOf(time)) {
                    contributed++;
                    rows.batch.get(contribution.view()).add(window, contribution, record);
                }
            }
        }
        if (inSession) {
            inSessions.put(record.at(), plan.lastEnd(record));
        } else {
            byLastEnd.merge(plan.lastEnd(record), 1L, Long::sum);
        }
    }

    /** Where the last copy counts: counts it, now that all have come. */
    private void settle() {
        if (counting != null && !counting.copies.isEmpty()) {
            counting.copies.drain(this::settle);
        }
    }

    private void settle(LastCopies.Copies copies) {
        if (copies.exit().isPresent()) {
            lead(copies.exit().get(), copies.unmatched());
        } else {
            count(copies.last(), copies.unmatched());
        }
        counting().asStreamed.settle(copies);
    }

    /** Takes in what {@code other} counted over another part of the log. */
    public void merge(Recount other) {
        settle();
        other.settle();
        resolved = null;
        rows.merge(other.rows);
        arrivals.merge(other.arrivals);
        add(other.reasons, reasons);
        add(other.splits, splits);
        add(other.unmatched, unmatched);
        other.byLastEnd.forEach((end, records) -> byLastEnd.merge(end, records, Long::sum));
        inSessions.putAll(other.inSessions);
        fates = fates.plus(other.fates);
    }

    private static void add(Map<String, Long> counts, Map<String, Long> into) {
        counts.forEach((name, count) -> into.merge(name, count, Long::sum));
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        settle();
        out.defaultWriteObject();
    }

    public Fates fates() {
        settle();
        return fates;
    }

    /** Quarantined records by rule. */
    public Map<String, Long> reasons() {
        return reasons;
    }

    /** Records that were led out of the pipeline, by branch. */
    public Map<String, Long> splits() {
        settle();
        return splits;
    }

    /** Records without a row in a dimension, by dimension. */
    public Map<String, Long> unmatched() {
        settle();
        return unmatched;
    }

    /** Records on which the modes part, each counted once for a kind. */
    public Map<Deviation, Long> deviantRecords() {
        return resolvedRows().deviations.records();
    }

    /** Records counted in a window that has not closed at watermark {@code close}. */
    public long waiting(long close) {
        settle();
        var open = new HashSet<Coordinates>();
        inSessions.forEach((at, end) -> {
            if (end > close) {
                open.add(at);
            }
        });
        rows.sessions
                .values()
                .forEach(its -> its.forEachOfBatch((window, points) -> {
                    if (Watermarks.endMicros(window) > close) {
                        points.forEach(point -> open.add(point.at()));
                    }
                }));
        return open.size()
                + byLastEnd.tailMap(close, false).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }

    /** When each window's records came; empty after a count as a batch only, and where the last copy of a record counts. */
    public Arrivals arrivals() {
        settle();
        return arrivals;
    }

    /** The batch's rows of every view, top views too; open or closed as the stream's closing watermark says. */
    public List<ResultRow> batchRows(Watermarks at) {
        return new Rows(plan, at).all(resolvedRows().batch);
    }

    /** The rows the stream must have written. */
    public List<ResultRow> streamRows(Watermarks at) {
        var rows = new Rows(plan, at);
        return rows.written(rows.all(resolvedRows().stream));
    }

    /** Why a row of a grouped view differs; empty if no record deviates. */
    public Map<Deviation, Deviants> deviations(String view, Span window, List<@Nullable Object> key) {
        return resolvedRows().deviations(view, window, key);
    }

    private CountedRows resolvedRows() {
        settle();
        var known = resolved;
        if (known == null) {
            known = rows.resolved();
            resolved = known;
        }
        return known;
    }

    /** Hands over what was counted so far if it has become much; to be asked after each record. */
    public void handOverMuch(Handover to) {
        if (contributed >= Handover.MUCH) {
            handOverRows(to);
        }
    }

    /**
     * Hands over everything that belongs to a row, after the last record. What stays are counts, which do not grow with records or
     * rows: fates, reasons, arrivals, and records by deviation as far as they are known without sessions.
     */
    public void handOver(Handover to) {
        if (counting != null && !counting.copies.isEmpty()) {
            counting.copies.drain(copies -> {
                settle(copies);
                handOverMuch(to);
            });
        }
        handOverRows(to);
        if (counting != null) {
            counting.seen.clear();
        }
    }

    public void handOverRows(Handover to) {
        resolved = null;
        contributed = 0;
        rows.drain(to.rows());
        rows.deviations.drainFound(to.marks()::deviating);
        inSessions.forEach((at, end) -> {
            if (end > to.close()) {
                to.marks().waiting(at);
            }
        });
        inSessions.clear();
    }
}
