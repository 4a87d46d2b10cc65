package dev.tandem.fold.recount;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.group.Groups;
import dev.tandem.fold.group.Ranking;
import dev.tandem.fold.group.TopRanks;
import java.util.List;

/**
 * Sends what one part of the rows offers to top views to the parts that rank: its first N groups in each window, and the rows that
 * deviate, since they may explain why ranks do. {@link RankedPart} reads it.
 */
final class Candidates {
    static final int BATCH = 0;
    static final int STREAM = 1;
    static final int DEVIATION = 2;

    private final FoldPlan plan;
    private final PartWriter tops;
    private final RowParts parts;

    Candidates(FoldPlan plan, PartWriter tops) {
        this.plan = plan;
        this.tops = tops;
        this.parts = new RowParts(tops.parts());
    }

    void offer(boolean ofBatch, List<Groups> groups) {
        for (int top = 0; top < plan.tops().size(); top++) {
            int number = top;
            var ranked = plan.tops().get(top);
            int view = plan.viewOf(ranked);
            var ranking = new Ranking(plan, view, ranked);
            groups.get(view).forEach((window, inWindow) -> {
                var local = new TopRanks.Local(number, window, ranking.candidates(window, inWindow));
                var out = tops.next(parts.ofRanks(ranked.view().name(), window));
                out.writeByte(ofBatch ? BATCH : STREAM);
                local.write(out);
            });
        }
    }

    void offer(Deviations deviations) {
        deviations.forEach((row, kinds) -> {
            for (var ranked : plan.topsOf(row.view())) {
                var out = tops.next(parts.ofRanks(ranked.view().name(), row.window()));
                CountedRows.write(new RowKey(row.view(), row.window(), row.key()), kinds, DEVIATION, out);
            }
        });
    }
}
