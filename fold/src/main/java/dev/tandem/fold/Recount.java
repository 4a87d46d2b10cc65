package dev.tandem.fold;

import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
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
        DUP_HORIZON
    }

    /** A row of a grouped view: the view's number, the window and the key. */
    public record RowOf(int view, Span window, List<@Nullable Object> key) implements Serializable {}

    /** How many records deviated, and where the first of them stand. */
    public record Deviants(long records, List<Coordinates> examples) implements Serializable {
        Deviants plus(Deviants other) {
            var all = new ArrayList<>(examples);
            all.addAll(other.examples);
            return new Deviants(
                    records + other.records,
                    all.stream().sorted().limit(MOST_EXAMPLES).toList());
        }
    }

    private final FoldPlan plan;
    /** Not sent along: only the counting needs it. */
    private final transient @Nullable Map<Long, Watermarks> ledger;

    private final List<Groups> batch;
    private final List<Groups> stream;
    private final Set<Identity> seen = new HashSet<>();
    private final Map<RowOf, Map<Deviation, Deviants>> deviations = new HashMap<>();
    private final Map<Deviation, Long> deviantRecords = new TreeMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private final TreeMap<Long, Long> byLastEnd = new TreeMap<>();
    private Fates fates = Fates.NONE;

    private Recount(FoldPlan plan, @Nullable Map<Long, Watermarks> ledger) {
        this.plan = plan;
        this.ledger = ledger;
        this.batch = plan.emptyGroups();
        this.stream = plan.emptyGroups();
    }

    /** Counts as a batch only. */
    public static Recount ofBatch(FoldPlan plan) {
        return new Recount(plan, null);
    }

    /** Counts as both; {@code ledger} has the watermarks of each micro-batch. */
    public static Recount ofBoth(FoldPlan plan, Map<Long, Watermarks> ledger) {
        return new Recount(plan, ledger);
    }

    /** Takes one landed record; {@code as} is what the stream did with it. */
    public void take(Prepared record, long microBatch, Landed.As as) {
        boolean counted = countAsBatch(record);
        boolean streamed = as == Landed.As.KEPT && record.rejection().isEmpty() && !record.filtered();
        if (ledger != null && (counted || streamed)) {
            var then = ledger.get(microBatch);
            if (then == null) {
                throw new IllegalStateException("Cannot recount record %s: the ledger does not know its micro-batch %d"
                        .formatted(record.at(), microBatch));
            }
            countAsStream(record, then, counted, streamed);
        }
    }

    private boolean countAsBatch(Prepared record) {
        if (record.rejection().isPresent()) {
            reasons.merge(record.rejection().get().reason(), 1L, Long::sum);
            fates = fates.plus(new Fates(1, 0, 1, 0, 0, 0, 0));
            return false;
        }
        if (record.filtered()) {
            fates = fates.plus(new Fates(1, 0, 0, 0, 0, 1, 0));
            return false;
        }
        if (record.identity().isPresent() && !seen.add(record.identity().get())) {
            fates = fates.plus(new Fates(1, 0, 0, 1, 0, 0, 0));
            return false;
        }
        fates = fates.plus(new Fates(1, 1, 0, 0, 0, 0, 0));
        var time = Instants.ofMicros(record.eventMicros());
        for (var contribution : record.contributions()) {
            for (var window : plan.window(contribution.view()).spansOf(time)) {
                batch.get(contribution.view()).add(window, contribution);
            }
        }
        byLastEnd.merge(plan.lastEnd(record), 1L, Long::sum);
        return true;
    }

    private void countAsStream(Prepared record, Watermarks then, boolean counted, boolean streamed) {
        var time = Instants.ofMicros(record.eventMicros());
        var kinds = new HashSet<Deviation>();
        for (var contribution : record.contributions()) {
            int view = contribution.view();
            var windows = plan.window(view).spansOf(time);
            boolean someOpen = windows.stream().anyMatch(window -> !then.refuses(window));
            for (var window : windows) {
                boolean taken = streamed && !then.refuses(window);
                if (taken) {
                    stream.get(view).add(window, contribution);
                }
                if (taken != counted) {
                    var kind = taken
                            ? Deviation.DUP_HORIZON
                            : streamed && someOpen ? Deviation.LATE_PARTIAL : Deviation.LATE;
                    kinds.add(kind);
                    note(new RowOf(view, window, contribution.key()), kind, new Deviants(1, List.of(record.at())));
                }
            }
        }
        kinds.forEach(kind -> deviantRecords.merge(kind, 1L, Long::sum));
    }

    private void note(RowOf row, Deviation kind, Deviants deviants) {
        deviations.computeIfAbsent(row, key -> new TreeMap<>()).merge(kind, deviants, Deviants::plus);
    }

    /** Takes in what {@code other} counted over another part of the log. */
    public void merge(Recount other) {
        for (int view = 0; view < batch.size(); view++) {
            batch.get(view).merge(other.batch.get(view));
            stream.get(view).merge(other.stream.get(view));
        }
        other.deviations.forEach((row, kinds) -> kinds.forEach((kind, deviants) -> note(row, kind, deviants)));
        other.deviantRecords.forEach((kind, records) -> deviantRecords.merge(kind, records, Long::sum));
        other.reasons.forEach((reason, records) -> reasons.merge(reason, records, Long::sum));
        other.byLastEnd.forEach((end, records) -> byLastEnd.merge(end, records, Long::sum));
        fates = fates.plus(other.fates);
    }

    public Fates fates() {
        return fates;
    }

    /** Quarantined records by rule. */
    public Map<String, Long> reasons() {
        return reasons;
    }

    /** Records on which the modes part, each counted once for a kind. */
    public Map<Deviation, Long> deviantRecords() {
        return deviantRecords;
    }

    /** Records counted in a window that has not closed at watermark {@code close}. */
    public long waiting(long close) {
        return byLastEnd.tailMap(close, false).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The batch's rows of every view, top views too; open or closed as the stream's closing watermark says. */
    public List<ResultRow> batchRows(Watermarks at) {
        return rows(batch, at);
    }

    /** The rows the stream must have written. */
    public List<ResultRow> streamRows(Watermarks at) {
        return rows(stream, at);
    }

    private List<ResultRow> rows(List<Groups> groups, Watermarks at) {
        var rows = new ArrayList<ResultRow>();
        for (int view = 0; view < groups.size(); view++) {
            int number = view;
            var name = plan.grouped().get(view).name();
            groups.get(view).forEach((window, inWindow) -> {
                var status = at.closes(window) ? ResultRow.Status.CLOSED : ResultRow.Status.OPEN;
                inWindow.forEach((key, group) ->
                        rows.add(new ResultRow(name, window, key, group.values(), status, 1, group.events())));
                for (var ranked : plan.topsOf(number)) {
                    long rank = 0;
                    for (var best : new Ranking(ranked).best(inWindow)) {
                        rows.add(new ResultRow(
                                ranked.view().name(),
                                window,
                                List.of(++rank),
                                best.values(),
                                status,
                                1,
                                best.events()));
                    }
                }
            });
        }
        return rows;
    }

    /** Why a row of a grouped view differs; empty if no record deviates. */
    public Map<Deviation, Deviants> deviations(String view, Span window, List<@Nullable Object> key) {
        for (int index = 0; index < plan.grouped().size(); index++) {
            if (plan.grouped().get(index).name().equals(view)) {
                return deviations.getOrDefault(new RowOf(index, window, key), Map.of());
            }
        }
        return Map.of();
    }
}
