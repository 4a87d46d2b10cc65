package dev.tandem.fold.stream;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.WindowBounds;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;

/** Writes rows of a plan's grouped views as bytes, and reads them. */
public record RowBlocks(FoldPlan plan) {
    /** Appends a row to {@code out}. */
    public void write(ResultRow row, BlockWriter out) {
        out.writeByte(number(row.view()));
        out.writeLong(WindowBounds.start(row.window()));
        out.writeLong(Watermarks.endMicros(row.window()));
        out.sizedValues(row.key());
        out.sizedValues(row.measures());
        out.writeText(row.status().name());
        out.writeInt(row.revision());
        out.writeLong(row.events());
    }

    /** The number of a grouped view in the plan. */
    public int number(String view) {
        return plan.number(view);
    }

    /** Reads a row that {@link #write} wrote, and goes past it. */
    public ResultRow read(BlockReader in) {
        return new ResultRow(
                plan.grouped().get(in.readByte()).name(),
                WindowBounds.span(in.readLong(), in.readLong()),
                in.sizedValues(),
                in.sizedValues(),
                Status.valueOf(in.readText()),
                in.readInt(),
                in.readLong());
    }
}
