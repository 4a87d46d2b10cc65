package dev.tandem.fold.batch;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.group.Group;
import dev.tandem.fold.group.Ranking;
import dev.tandem.fold.group.TopRanks;
import dev.tandem.fold.group.Waiting;
import dev.tandem.fold.stream.GroupMove;
import dev.tandem.fold.stream.KeyReport;
import dev.tandem.fold.stream.OpenViews;
import dev.tandem.fold.stream.OpenViews.Witness;
import dev.tandem.fold.stream.PartialGroups;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of the partitions by group key of a batch: merges groups and sessions, none of which closes. One thread. */
public final class BatchGroupPart {
    private final FoldPlan plan;
    private final OpenViews views;
    private @Nullable Coordinates ticketOf;
    private Waiting.@Nullable Ticket ticket;

    /** For the plan of the stream. */
    public BatchGroupPart(FoldPlan plan) {
        this.plan = plan.forBatch();
        views = new OpenViews(this.plan);
    }

    /** Takes in the blocks that the partitions by dedup key have sent for a part of the log. */
    public void take(List<byte[]> blocks) {
        for (var block : blocks) {
            var in = new BlockReader(block);
            for (var moves = KeyReport.part(in); moves.hasMore(); ) {
                count(GroupMove.read(moves));
            }
            PartialGroups.merge(in, views, Witness.NONE);
        }
    }

    private void count(GroupMove move) {
        views.countInSession(move.part(), move.contribution(), move.waits(), ticket(move));
    }

    private Waiting.@Nullable Ticket ticket(GroupMove move) {
        if (plan.sessionsTogether() && !move.by().equals(ticketOf)) {
            ticketOf = move.by();
            ticket = new Waiting.Ticket(move.fixedEnd());
        }
        return ticket;
    }

    /** The rows of grouped views, open or closed as watermark {@code at} says; made one at a time. */
    public Iterator<ResultRow> rows(Watermarks at) {
        return IntStream.range(0, plan.grouped().size())
                .boxed()
                .flatMap(view -> views.of(view).all().flatMap(it -> rows(view, it, at)))
                .iterator();
    }

    private Stream<ResultRow> rows(
            int view, Map.Entry<Span, Map<List<@Nullable Object>, Group>> window, Watermarks at) {
        var name = plan.grouped().get(view).name();
        var span = window.getKey();
        var status = at.closes(span) ? Status.CLOSED : Status.OPEN;
        return window.getValue().entrySet().stream()
                .flatMap(
                        it -> plan.values(view, span, it.getKey(), it.getValue().values()).stream()
                                .map(values -> new ResultRow(
                                        name,
                                        span,
                                        it.getKey(),
                                        values,
                                        status,
                                        1,
                                        it.getValue().events())));
    }

    /** What this partition offers to top views: N candidates for each window. {@link BatchTotals#tops} reads it. */
    public byte[] offers() {
        var locals = new ArrayList<TopRanks.Local>();
        for (int top = 0; top < plan.tops().size(); top++) {
            int number = top;
            int view = plan.viewOf(plan.tops().get(top));
            var ranking = new Ranking(plan, view, plan.tops().get(top));
            views.of(view)
                    .forEach((window, groups) ->
                            locals.add(new TopRanks.Local(number, window, ranking.candidates(window, groups))));
        }
        var out = new BlockWriter();
        locals.forEach(it -> it.write(out));
        return out.toByteArray();
    }

    /** Records that wait for nothing but sessions of this partition that end after {@code close}. */
    public long waiting(long close) {
        return views.waitingInSessions(close);
    }

    public long size() {
        return views.size();
    }
}
