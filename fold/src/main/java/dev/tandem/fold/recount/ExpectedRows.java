package dev.tandem.fold.recount;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.stream.RowBlocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What both modes must have stored in one part of the rows of grouped views, and why they differ. */
public record ExpectedRows(List<ResultRow> stream, List<ResultRow> batch, ComparedPart.Reasons reasons) {
    /** Reads what {@link RecountedPart.Resolved#write} wrote. */
    public static ExpectedRows read(FoldPlan plan, BlockReader in) {
        var stream = rows(plan, in);
        var batch = rows(plan, in);
        var deviations = new Deviations();
        for (int left = in.readInt(); left > 0; left--) {
            CountedRows.deviation(in, deviations::note);
        }
        return new ExpectedRows(stream, batch, (view, window, key) -> {
            int number = plan.number(view);
            return number < 0 ? Map.of() : deviations.of(new RowKey(number, window, key));
        });
    }

    private static List<ResultRow> rows(FoldPlan plan, BlockReader in) {
        var blocks = new RowBlocks(plan);
        var rows = new ArrayList<ResultRow>();
        for (int left = in.readInt(); left > 0; left--) {
            rows.add(blocks.read(in));
        }
        return rows;
    }

    /** Writes the rows of one mode. */
    static void write(FoldPlan plan, List<ResultRow> rows, BlockWriter out) {
        var blocks = new RowBlocks(plan);
        out.writeInt(rows.size());
        rows.forEach(row -> blocks.write(row, out));
    }
}
