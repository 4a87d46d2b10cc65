package dev.tandem.fold.stream;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.WindowBounds;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.group.TopRanks;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The report of a partition by group key to the driver about one micro-batch.
 *
 * @param waiting records that wait for sessions of this partition
 * @param lastEnd the end of its last open window that can end, {@link Long#MIN_VALUE} if there is none
 * @param groups how many groups are open
 */
record GroupReport(
        List<ResultRow> rows,
        List<ResultRow.Id> gone,
        List<TopRanks.Local> tops,
        Set<Span> closed,
        long waiting,
        long lastEnd,
        long groups) {
    byte[] packed(FoldPlan plan) {
        var blocks = new RowBlocks(plan);
        var out = new BlockWriter(64 + 96 * rows.size());
        out.writeInt(rows.size());
        rows.forEach(row -> blocks.write(row, out));
        out.writeInt(gone.size());
        for (var row : gone) {
            out.writeByte(plan.number(row.view()));
            write(row.window(), out);
            out.sizedValues(row.key());
        }
        out.writeInt(tops.size());
        tops.forEach(it -> it.write(out));
        out.writeInt(closed.size());
        closed.forEach(it -> write(it, out));
        out.writeLong(waiting);
        out.writeLong(lastEnd);
        out.writeLong(groups);
        return out.toByteArray();
    }

    private static void write(Span window, BlockWriter out) {
        out.writeLong(WindowBounds.start(window));
        out.writeLong(Watermarks.endMicros(window));
    }

    private static Span span(BlockReader in) {
        return WindowBounds.span(in.readLong(), in.readLong());
    }

    static GroupReport of(byte[] packed, FoldPlan plan) {
        var in = new BlockReader(packed);
        var blocks = new RowBlocks(plan);
        var rows = new ArrayList<ResultRow>();
        for (int left = in.readInt(); left > 0; left--) {
            rows.add(blocks.read(in));
        }
        var gone = new ArrayList<ResultRow.Id>();
        for (int left = in.readInt(); left > 0; left--) {
            gone.add(new ResultRow.Id(plan.grouped().get(in.readByte()).name(), span(in), in.sizedValues()));
        }
        var tops = new ArrayList<TopRanks.Local>();
        for (int left = in.readInt(); left > 0; left--) {
            tops.add(TopRanks.Local.read(in));
        }
        var closed = new HashSet<Span>();
        for (int left = in.readInt(); left > 0; left--) {
            closed.add(span(in));
        }
        return new GroupReport(rows, gone, tops, closed, in.readLong(), in.readLong(), in.readLong());
    }
}
