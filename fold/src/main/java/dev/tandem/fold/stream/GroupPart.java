package dev.tandem.fold.stream;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.StateSink;
import dev.tandem.fold.block.StateSource;
import dev.tandem.fold.group.Waiting;
import dev.tandem.fold.stream.OpenViews.Moment;
import dev.tandem.fold.stream.OpenViews.Witness;
import dev.tandem.model.Window.Span;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of the partitions by group key: merges what the partitions by dedup key send into its open windows, closes windows, and says
 * which rows change. Its state is the open windows of its keys. One thread.
 */
public final class GroupPart {
    private final FoldPlan plan;
    private final OpenViews views;
    private @Nullable Coordinates ticketOf;
    private Waiting.@Nullable Ticket ticket;

    public GroupPart(FoldPlan plan) {
        this.plan = plan;
        this.views = new OpenViews(plan);
    }

    /** Takes in the blocks of a micro-batch and gives a report for {@link StreamProgress}. */
    public byte[] take(List<byte[]> blocks, Watermarks watermarks) {
        var rows = new RowChanges(plan, views, watermarks);
        var moment = Moment.now(watermarks);
        var merging = readers(blocks);
        for (var move : moves(merging)) {
            apply(move, moment, rows);
        }
        merging.forEach(it -> PartialGroups.merge(it, views, rows));
        rows.settle();
        views.waiting().closedBy(watermarks.close());
        return report(rows).packed(plan);
    }

    private GroupReport report(RowChanges rows) {
        return new GroupReport(
                rows.rows(),
                rows.gone(),
                rows.tops(),
                rows.closed(),
                views.waiting().records(),
                views.lastEnd(),
                views.size());
    }

    private static List<BlockReader> readers(List<byte[]> blocks) {
        var readers = new ArrayList<BlockReader>();
        blocks.forEach(block -> readers.add(new BlockReader(block)));
        return readers;
    }

    /** The moves of all blocks in landed order; afterwards each reader is at its groups. */
    private static List<GroupMove> moves(List<BlockReader> readers) {
        var moves = new ArrayList<GroupMove>();
        for (var reader : readers) {
            var its = KeyReport.part(reader);
            while (its.hasMore()) {
                moves.add(GroupMove.read(its));
            }
        }
        moves.sort(GroupMove.AS_LANDED);
        return moves;
    }

    private void apply(GroupMove move, Moment moment, Witness witness) {
        if (move.kind() == GroupMove.Kind.TAKE_BACK) {
            views.takeBack(move.part(), moment, witness);
        } else {
            views.place(move.part(), move.contribution(), ticket(move), moment, witness);
        }
    }

    /** One ticket for all sessions of a record. */
    private Waiting.@Nullable Ticket ticket(GroupMove move) {
        if (!move.waits()) {
            return null;
        }
        if (ticket == null || !move.by().equals(ticketOf)) {
            ticket = views.waiting().enter(move.fixedEnd());
            ticketOf = move.by();
        }
        return ticket;
    }

    /** A row that was written before a restart, with its last revision. */
    public record WrittenRow(String view, Span window, List<@Nullable Object> key, int revision)
            implements Serializable {
        public WrittenRow {
            // A part of another list would not be serializable.
            key = new ArrayList<>(key);
        }
    }

    /** What a restart knows of a stream that has stopped: the watermarks of each micro-batch, and those of the last. */
    public record Stopped(Map<Long, Watermarks> ledger, Watermarks last) implements Serializable {}

    /**
     * Puts the state together again from what {@link KeyPart.Replay} makes of the landed log: of all of it, or, where {@link #read}
     * was called before, of the micro-batches after the one whose state was read. The report has what top views choose from.
     */
    public byte[] rebuild(List<byte[]> blocks, List<WrittenRow> written, Stopped stopped) {
        var merging = readers(blocks);
        views.closeFixed(stopped.last().close());
        long number = Long.MIN_VALUE;
        var last = stopped.last();
        for (var move : moves(merging)) {
            var then = stopped.ledger().getOrDefault(move.number(), last);
            if (move.number() != number) {
                number = move.number();
                views.closeSessions(then.late(), last);
                views.dropEmpty();
            }
            apply(move, new Moment(then, last.close()), Witness.NONE);
        }
        merging.forEach(it -> PartialGroups.merge(it, views, Witness.NONE));
        written.forEach(this::continueRevision);
        views.closeSessions(last.close(), last);
        views.dropEmpty();
        views.waiting().closedBy(last.close());
        return rebuilt(last).packed(plan);
    }

    private GroupReport rebuilt(Watermarks last) {
        var rows = new RowChanges(plan, views, last);
        for (int view = 0; view < plan.grouped().size(); view++) {
            rows.offerAll(view);
        }
        return new GroupReport(
                List.of(), List.of(), rows.tops(), Set.of(), views.waiting().records(), views.lastEnd(), views.size());
    }

    private void continueRevision(WrittenRow row) {
        for (int view = 0; view < plan.grouped().size(); view++) {
            if (plan.grouped().get(view).name().equals(row.view())) {
                var group = views.of(view).in(row.window()).get(row.key());
                if (group != null) {
                    group.continueFrom(row.revision());
                }
            }
        }
    }

    /** Writes the state as it is after a micro-batch. */
    public void write(StateSink sink) {
        views.write(sink);
    }

    /** Takes in what {@link #write} of the same partition wrote; this must be new. */
    public void read(StateSource source) {
        views.read(source);
    }

    /** How many groups are open. */
    public long size() {
        return views.size();
    }
}
