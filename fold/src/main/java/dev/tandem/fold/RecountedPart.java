package dev.tandem.fold;

import dev.tandem.fold.Recount.Deviants;
import dev.tandem.fold.Recount.Deviation;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.model.Window.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of grouped views in one part of a recount, made from what recounts have handed over. Top views need the rows of all
 * parts, so what they choose from is sent on. One thread.
 */
public final class RecountedPart {
    private final FoldPlan plan;
    private final Watermarks at;
    private final CountedRows counted;

    public RecountedPart(FoldPlan plan, Watermarks at) {
        this.plan = plan;
        this.at = at;
        this.counted = new CountedRows(plan);
    }

    /** Takes the next block of the part. */
    public void take(byte[] block) {
        counted.take(new BlockReader(block));
    }

    /** The rows of a part, and why the modes part in them. */
    public static final class Resolved {
        private final Rows rows;
        private final CountedRows counted;

        private Resolved(Rows rows, CountedRows counted) {
            this.rows = rows;
            this.counted = counted;
        }

        /** The batch's rows of those grouped views that are among {@code views}. */
        public List<ResultRow> batchRows(Set<String> views) {
            return rows.grouped(counted.batch, views);
        }

        /** The rows of those grouped views that the stream must have written. */
        public List<ResultRow> streamRows(Set<String> views) {
            return rows.written(rows.grouped(counted.stream, views));
        }

        /** Why a row of a grouped view differs. */
        public Map<Deviation, Deviants> reasons(String view, Span window, List<@Nullable Object> key) {
            return counted.deviations(view, window, key);
        }
    }

    /**
     * Ends the part.
     *
     * @param marks as in {@link Handover}
     * @param tops takes what top views choose from; {@link RankedPart} reads it
     */
    public Resolved resolve(PartWriter marks, PartWriter tops) {
        var resolved = counted.resolved();
        var marking = new Marks(marks);
        resolved.deviations.drainFound(marking::deviating);
        counted.sessions
                .values()
                .forEach(its -> its.forEachOfBatch((window, points) -> {
                    if (Watermarks.endMicros(window) > at.close()) {
                        points.forEach(point -> marking.waiting(point.at()));
                    }
                }));
        var ranks = new Candidates(plan, tops);
        ranks.offer(true, resolved.batch);
        ranks.offer(false, resolved.stream);
        ranks.offer(resolved.deviations);
        return new Resolved(new Rows(plan, at), resolved);
    }
}
