package dev.tandem.app.run;

import dev.tandem.engine.landed.LogSearch;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.Recount;
import dev.tandem.fold.recount.RowFilter;
import dev.tandem.fold.recount.RowShares;
import dev.tandem.parity.explain.RowEvidence.Counted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of one view counted again from the records that decide them: up to the cut of the batch in both modes, and up to the
 * stream's last micro-batch as the stream must have. Of the log only those records are held, and of those only dedup keys and, in
 * views of sessions and where the last copy counts, their contributions.
 */
final class RowRecount {
    /**
     * The end offsets of the modes.
     *
     * @param last the end of what the stream has committed
     * @param cut the end of what the batch has counted
     */
    record Ends(EndOffsets last, EndOffsets cut, Map<Long, Watermarks> ledger) {
        Watermarks at(EndOffsets end) {
            return ledger.getOrDefault(end.microBatch(), Watermarks.NONE);
        }

        boolean isAfterCut(Coordinates at) {
            return at.position() >= cut.positions().getOrDefault(at.partition(), 0L);
        }
    }

    private final FoldPlan plan;
    private final Ends ends;
    private final RowFilter filter;
    private final RowShares nowShares;
    private final RowShares cutShares;
    private final Recount now;
    private final Recount cut;
    private final Copies copies;

    /** {@code records} of each share of a row are shown. */
    RowRecount(FoldPlan plan, Ends ends, Set<RowKey> rows, int records) {
        this.plan = plan;
        this.ends = ends;
        filter = RowFilter.of(plan, rows);
        nowShares = new RowShares(plan, rows, new RowShares.Selection(ends::isAfterCut, records));
        cutShares = new RowShares(plan, rows, new RowShares.Selection(at -> true, records));
        now = Recount.ofBoth(plan, ends.ledger()).tellingTo(nowShares);
        cut = Recount.ofBoth(plan, ends.ledger()).tellingTo(cutShares);
        copies = new Copies(plan.keep());
    }

    /** Where records have dedup keys all copies are read: the copies of a record that matters may look like none that does. */
    Counts read(LogSearch log) {
        if (plan.horizonMicros() > 0) {
            log.read(ends.last(), filter, this::take);
        } else {
            log.read(ends.last(), filter.packed()::takes, this::take);
        }
        now.tellRest(nowShares);
        cut.tellRest(cutShares);
        return new Counts(rows(now, nowShares, ends.last()), rows(cut, cutShares, ends.cut()), copies);
    }

    private void take(Prepared record, long microBatch, Landed.As as) {
        copies.take(record);
        var part = forTheRows(record);
        now.take(part, microBatch, as);
        if (microBatch <= ends.cut().microBatch()) {
            cut.take(part, microBatch, as);
        }
    }

    /** What was counted: up to the stream's last micro-batch, and up to the cut of the batch. */
    record Counts(Rows now, Rows cut, Copies copies) {}

    /** The measures of all rows that a recount has in each mode. */
    record Rows(
            RowShares shares, Map<RowKey, List<@Nullable Object>> stream, Map<RowKey, List<@Nullable Object>> batch) {
        Counted of(RowKey row) {
            return new Counted(shares, Optional.ofNullable(stream.get(row)), Optional.ofNullable(batch.get(row)));
        }
    }

    /** Without what the record contributes to other rows, so that those are not held. */
    private Prepared forTheRows(Prepared record) {
        return new Prepared(
                record.at(),
                record.arrivedMillis(),
                record.raw(),
                record.rejection(),
                record.exit(),
                record.eventMicros(),
                record.identity(),
                record.landKey(),
                record.contributions().stream().filter(filter::hasKey).toList(),
                record.fields(),
                record.unmatched());
    }

    private Rows rows(Recount recount, RowShares shares, EndOffsets end) {
        var at = ends.at(end);
        return new Rows(shares, measures(recount.streamRows(at)), measures(recount.batchRows(at)));
    }

    private Map<RowKey, List<@Nullable Object>> measures(List<ResultRow> rows) {
        var views = new HashMap<String, Integer>();
        plan.grouped().forEach(it -> views.put(it.name(), views.size()));
        var measures = new HashMap<RowKey, List<@Nullable Object>>();
        for (var row : rows) {
            var view = views.get(row.view());
            if (view != null) {
                measures.put(new RowKey(view, row.window(), row.key()), row.measures());
            }
        }
        return measures;
    }
}
