package dev.tandem.fold.recount;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.group.Ranking;
import dev.tandem.fold.group.Rows;
import dev.tandem.fold.group.TopRanks;
import dev.tandem.fold.recount.Recount.Deviants;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of top views in some windows, ranked from what all parts of a recount offer. One thread. */
public final class RankedPart {
    /** A top view's number and a window. */
    private record Place(int top, Span window) {}

    private final FoldPlan plan;
    private final Rows rows;
    private final Map<Place, List<Ranking.Candidate>> batch = new HashMap<>();
    private final Map<Place, List<Ranking.Candidate>> stream = new HashMap<>();
    private final Set<RowKey> asked = new HashSet<>();
    private final Deviations deviations = new Deviations();

    public RankedPart(FoldPlan plan, Watermarks at) {
        this.plan = plan;
        this.rows = new Rows(plan, at);
    }

    /**
     * Announces that the causes of the rows ranked in {@code row}, a stored row, will be asked for. To be called before the
     * blocks are read, so that causes of other rows are not kept.
     */
    public void ask(ResultRow row) {
        for (var top : plan.tops()) {
            if (top.view().name().equals(row.view())) {
                int view = plan.viewOf(top);
                int keys = plan.grouped().get(view).keys().size();
                asked.add(new RowKey(view, row.window(), row.measures().subList(0, keys)));
            }
        }
    }

    /** Takes the next block of the part. */
    public void take(byte[] block) {
        for (var in = new BlockReader(block); in.hasMore(); ) {
            int kind = in.readByte();
            if (kind == Candidates.DEVIATION) {
                CountedRows.deviation(in, (row, deviation, deviants) -> {
                    if (asked.contains(row)) {
                        deviations.note(row, deviation, deviants);
                    }
                });
            } else {
                var local = TopRanks.Local.read(in);
                (kind == Candidates.BATCH ? batch : stream)
                        .computeIfAbsent(new Place(local.top(), local.window()), place -> new ArrayList<>())
                        .addAll(local.candidates());
            }
        }
    }

    /** The batch's rows of the top views that are among {@code views}. */
    public List<ResultRow> batchRows(Set<String> views) {
        return ranked(batch, views);
    }

    /** The rows of those views that the stream must have written. */
    public List<ResultRow> streamRows(Set<String> views) {
        return rows.written(ranked(stream, views));
    }

    private List<ResultRow> ranked(Map<Place, List<Ranking.Candidate>> candidates, Set<String> views) {
        var made = new ArrayList<ResultRow>();
        candidates.forEach((place, its) -> {
            var top = plan.tops().get(place.top());
            if (views.contains(top.view().name())) {
                rows.ranks(top, place.window(), new Ranking(plan, plan.viewOf(top), top).best(its), made);
            }
        });
        return made;
    }

    /** Why a row of a ranked view differs. */
    public Map<Deviation, Deviants> reasons(String view, Span window, List<@Nullable Object> key) {
        int number = plan.number(view);
        return number < 0 ? Map.of() : deviations.of(new RowKey(number, window, key));
    }
}
